import type { VitePWAOptions } from 'vite-plugin-pwa';
import { BUILT_IN_BACKBONE } from '../repository.ts';

/**
 * Just above the largest file that has to work offline: the built-in backbone's weights. Workbox
 * leaves larger files out, so the build fails instead of being offline-ready in name only.
 */
const LARGEST_PRECACHED_BYTES = 2_000_000;

const DAY_SECONDS = 24 * 60 * 60;

const backboneFolder = BUILT_IN_BACKBONE.replaceAll('.', '\\.');

/**
 * Precached: everything that the first visit needs to become offline-ready. Self-hosted backbones
 * are kept when they are first used; downloaded ones are kept by the app itself.
 */
export const pwaOptions: Partial<VitePWAOptions> = {
  registerType: 'prompt',
  // The app registers it itself (src/pwa), without a script that the policy would have to allow.
  injectRegister: false,
  strategies: 'generateSW',
  filename: 'sw.js',
  includeManifestIcons: false,
  workbox: {
    globPatterns: [
      'index.html',
      'assets/**/*.{js,css,woff2,svg,png}',
      'wasm/*.wasm',
      `models/${BUILT_IN_BACKBONE}/*.{json,bin}`,
      'icons/*',
    ],
    globIgnores: ['**/*.map'],
    maximumFileSizeToCacheInBytes: LARGEST_PRECACHED_BYTES,
    dontCacheBustURLsMatching: /^assets\//,
    cleanupOutdatedCaches: true,
    // The first visit is served from the cache from then on; an update still waits to be asked for.
    clientsClaim: true,
    skipWaiting: false,
    navigateFallback: 'index.html',
    navigateFallbackDenylist: [/\/(?:models|wasm|assets|icons)\//],
    // The backend can be chosen in the address; it is the same page.
    ignoreURLParametersMatching: [/./],
    sourcemap: false,
    runtimeCaching: [
      {
        // What is on offer may change at any time; the last answer serves when the server is gone.
        urlPattern: /\/models\/(?:index|[^/]+\/manifest)\.json$/,
        handler: 'NetworkFirst',
        options: { cacheName: 'model-lists', networkTimeoutSeconds: 4 },
      },
      {
        urlPattern: new RegExp(`/models/(?!${backboneFolder}/)[^/]+/`),
        handler: 'CacheFirst',
        options: {
          cacheName: 'self-hosted-models',
          cacheableResponse: { statuses: [200] },
          expiration: { maxEntries: 200, maxAgeSeconds: 180 * DAY_SECONDS },
        },
      },
    ],
  },
  manifest: {
    id: './',
    name: 'Headstart',
    short_name: 'Headstart',
    description:
      'Train an image classifier in the browser, see when it stops learning and starts memorising, and try it.',
    lang: 'en',
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#10182b',
    theme_color: '#10182b',
    categories: ['education'],
    icons: [
      { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      {
        src: 'icons/icon-maskable-512.png',
        sizes: '512x512',
        type: 'image/png',
        purpose: 'maskable',
      },
      { src: 'icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
  },
};
