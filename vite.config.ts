import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { readAppVersion } from './tools/repository.ts';
import { exportScripts } from './tools/vite/export-scripts.ts';
import { modelIndex } from './tools/vite/model-index.ts';
import { policyMeta } from './tools/vite/policy-meta.ts';
import { pwaOptions } from './tools/vite/pwa-options.ts';
import { stampBuild } from './tools/vite/stamp-build.ts';
import { wasmFiles } from './tools/vite/wasm-files.ts';
import { widgetLocales } from './tools/vite/widget-locales.ts';

export default defineConfig({
  // Relative, so that a school can put the build into any folder of its server.
  base: './',
  plugins: [
    react(),
    widgetLocales(['en-US']),
    wasmFiles(),
    modelIndex(),
    exportScripts(),
    policyMeta(),
    VitePWA(pwaOptions),
    stampBuild(),
  ],
  define: { __APP_VERSION__: JSON.stringify(readAppVersion()) },
  resolve: {
    // Two copies register every kernel twice (tfjs#7700).
    dedupe: [
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-layers',
      '@tensorflow/tfjs-converter',
      '@tensorflow/tfjs-backend-cpu',
    ],
  },
  // 'iife' would inline every dynamic import of the engine into one script.
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // Read by the size check.
    manifest: true,
    sourcemap: false,
    // The engine's parts are large and come after the first screen; the size check judges.
    chunkSizeWarningLimit: 1500,
  },
  server: { port: 5173 },
});
