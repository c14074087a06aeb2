/** Put in by the build (vite.config.ts): the version in package.json. */
declare const __APP_VERSION__: string;
