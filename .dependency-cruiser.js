/**
 * Who may import whom (docs/ARCHITECTURE.md has the table). Every rule here is broken once on
 * purpose in tools/boundary-fixture; the check fails if a rule does not notice.
 */

/** For each layer: the layers it may import besides itself, and the packages. */
const LAYERS = {
  domain: { layers: [], packages: [] },
  protocol: { layers: ['domain'], packages: [] },
  formats: { layers: ['domain'], packages: ['fflate', 'onnx-proto', 'zod'] },
  worker: {
    layers: ['formats', 'protocol', 'domain'],
    packages: ['@tensorflow', '@tensorflow-models', 'onnxruntime-web'],
  },
  /** A document of its own: the web page that an export writes. Only its way to run is shared. */
  page: { layers: ['domain', 'worker'], packages: ['@tensorflow'] },
  engine: { layers: ['protocol', 'domain'], packages: [] },
  storage: { layers: ['domain', 'formats'], packages: ['idb'] },
  i18n: { layers: ['domain'], packages: ['intl-messageformat', 'react'] },
  ui: {
    layers: ['i18n', 'domain'],
    packages: [
      'react',
      'react-dom',
      'react-is',
      'react-aria',
      'react-aria-components',
      'react-stately',
      'lucide-react',
      'recharts',
      'qrcode-generator',
    ],
  },
  pwa: { layers: [], packages: ['workbox-window', 'virtual:pwa-register'] },
  state: {
    layers: ['engine', 'storage', 'formats', 'protocol', 'domain'],
    packages: ['zustand', 'react'],
  },
  features: {
    layers: ['state', 'ui', 'i18n', 'domain', 'protocol'],
    packages: ['react', 'react-dom', 'react-aria', 'react-aria-components', 'lucide-react'],
  },
  app: {
    layers: [
      'features',
      'state',
      'ui',
      'i18n',
      'pwa',
      'engine',
      'storage',
      'formats',
      'protocol',
      'domain',
    ],
    packages: ['react', 'react-dom', 'react-aria', 'react-aria-components', 'lucide-react'],
  },
};

/** Unit tests may reach across; src/testing is for them alone. */
const TESTS = ['\\.test\\.tsx?$', '^src/testing/'];
/** The file that a package's import ends in. */
const packagePath = (name) => `(^|/)node_modules/(@types/)?${name}(/|$)|^${name}$`;

function layerRule([layer, { layers, packages }]) {
  const ownStyles = layer === 'ui' || layer === 'features' || layer === 'app' ? ['\\.css$'] : [];
  return {
    name: `${layer}-imports`,
    comment: `src/${layer} may import: ${[layer, ...layers, ...packages].join(', ')}`,
    severity: 'error',
    from: { path: `^src/${layer}/`, pathNot: TESTS },
    to: {
      // What is not there has a rule of its own.
      couldNotResolve: false,
      pathNot: [
        ...[layer, ...layers].map((name) => `^src/${name}/`),
        ...packages.map(packagePath),
        ...ownStyles,
      ],
    },
  };
}

export default {
  forbidden: [
    ...Object.entries(LAYERS).map(layerRule),
    {
      name: 'unknown-layer',
      comment: 'Every folder of src has its row in the table.',
      severity: 'error',
      from: { path: '^src/', pathNot: [`^src/(${Object.keys(LAYERS).join('|')}|testing)/`] },
      to: {},
    },
    {
      name: 'features-apart',
      comment: 'A feature never imports another feature: what they share belongs into state or ui.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/', pathNot: TESTS },
      to: { path: '^src/features/', pathNot: '^src/features/$1/' },
    },
    {
      name: 'tensorflow-in-worker-only',
      comment: 'The main thread must never load tfjs. What tests share (src/testing) may.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(worker|testing|page)/' },
      to: { path: '@tensorflow' },
    },
    {
      name: 'recharts-in-charts-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/ui/charts/' },
      to: { path: packagePath('recharts') },
    },
    {
      name: 'idb-in-storage-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/storage/' },
      to: { path: packagePath('idb') },
    },
    {
      name: 'no-circular',
      comment: 'Modules in a circle start in an order that depends on who was asked for first.',
      severity: 'error',
      from: { path: '^src/' },
      // Types are gone before anything starts.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-tests-in-product',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'not-resolvable',
      severity: 'error',
      from: { path: '^src/' },
      // `?url`: the build's address of a file.
      to: { couldNotResolve: true, pathNot: ['^virtual:', '\\?url$'] },
    },
    {
      name: 'no-node-in-product',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^tools/boundary-fixture' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'],
    },
  },
};
