/** Put in by the build (vite.config.ts): the version in package.json. */
declare const __APP_VERSION__: string;

/** Bundled by the build (tools/vite/export-scripts.ts). */
declare module 'virtual:export-scripts' {
  /** The whole script of the exported web page. */
  export const pageScript: string;
  /** An ES module: photos to the network's square. */
  export const preprocessModule: string;
}
