import { describe, expect, it } from 'vitest';
import { scriptsInHtml, scriptsOfPage } from './initial-scripts.ts';

const html = `<head>
  <link rel="icon" href="./icons/icon.svg">
  <script type="module" crossorigin src="./assets/index-1.js"></script>
  <link rel="modulepreload" crossorigin href="./assets/react-2.js">
  <link rel="stylesheet" href="./assets/index-3.css">
</head>`;

const manifest = {
  'index.html': {
    file: 'assets/index-1.js',
    imports: ['_react'],
    dynamicImports: ['src/charts.tsx'],
  },
  _react: { file: 'assets/react-2.js', imports: ['_shared'] },
  _shared: { file: 'assets/shared-4.js', imports: ['_react'] },
  'src/charts.tsx': { file: 'assets/charts-5.js', imports: ['_react'] },
};

describe('initial scripts', () => {
  it('reads scripts and preloads, not icons and styles', () => {
    expect(scriptsInHtml(html)).toEqual(['assets/index-1.js', 'assets/react-2.js']);
  });

  it('follows static imports, circles included, and leaves lazy ones out', () => {
    expect(scriptsOfPage(html, manifest)).toEqual([
      'assets/index-1.js',
      'assets/react-2.js',
      'assets/shared-4.js',
    ]);
  });

  it('fails rather than measure nothing', () => {
    expect(() => scriptsOfPage('<p>', manifest)).toThrow('no script');
    expect(() => scriptsOfPage(html, {})).toThrow('assets/index-1.js');
  });
});
