import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'dist-lib/',
      'coverage/',
      'node_modules/',
      'playwright-report/',
      'test-results/',
      'public/',
      'bench/results/',
      // Wrong on purpose: it proves that the boundary check sees what it should.
      'tools/boundary-fixture/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        {
          'ts-ignore': true,
          'ts-nocheck': true,
          // Only to prove that a wrong call does not compile.
          'ts-expect-error': 'allow-with-description',
        },
      ],
      // Noise: a number in a template is what one means nearly every time.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Noise: `() => setOpen(true)` is the idiom of event handlers.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // Handlers of React take async functions; the promise is handled inside them.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      // Noise: store actions and services are closures in object literals; none of them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Spreading a string into its code points is how their number is bounded.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // `Record<never, never>` is the protocol's word for a request without a payload.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // With noUncheckedIndexedAccess a loop over typed arrays in a hot path has to assert.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      // `== null` for "null or undefined" is the one use that says more than `===`.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    rules: {
      // Speaks about what the React Compiler would do; it is not used here.
      'react-hooks/preserve-manual-memoization': 'off',
    },
  },
  {
    // Browsers call these with objects that the types cannot know; tools talk on the console.
    files: ['tools/**', 'e2e/**', 'bench/**', 'pretraining/**', '*.config.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'e2e/**'],
    rules: {
      'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Playwright's fixtures are functions named `use`, which are no hooks.
    files: ['e2e/**'],
    rules: { 'no-empty-pattern': 'off' },
  },
);
