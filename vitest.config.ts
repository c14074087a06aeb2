import { defineConfig } from 'vitest/config';
import { exportScripts } from './tools/vite/export-scripts.ts';

export default defineConfig({
  plugins: [exportScripts()],
  define: { __APP_VERSION__: JSON.stringify('0.0.0-test') },
  test: {
    environment: 'node',
    setupFiles: ['src/testing/vitest-setup.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts', 'pretraining/*.test.ts'],
    exclude: ['tools/boundary-fixture/**', 'node_modules/**'],
    // Two slow cores have to do; a test that needs more is too slow for this ring.
    testTimeout: 20_000,
    restoreMocks: true,
    passWithNoTests: false,
  },
});
