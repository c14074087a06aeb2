import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REACT_ARIA_STYLES, cspHash, headerPolicy, metaPolicy } from './content-security-policy.ts';
import { fromRoot } from './repository.ts';

/** Reads the style sheets out of the installed react-aria as the browser will see them. */
function installedStyle(file: string): string {
  const source = readFileSync(fromRoot('node_modules/react-aria/dist/private', file), 'utf8');
  const template = /style\.textContent = `([^`]*)`/.exec(source)?.[1];
  if (template === undefined) throw new Error(`no style sheet found in ${file}`);
  return template
    .replace(/\$\{([^}]*)\}/g, (_whole, name: string) => {
      const value = source.split('\n').find((line) => line.startsWith(`const ${name} = '`));
      const text = value?.split("'")[1];
      if (text === undefined) throw new Error(`no constant ${name} in ${file}`);
      return text;
    })
    .trim();
}

describe('content security policy', () => {
  it('names the style sheets that the installed react-aria injects', () => {
    expect([
      installedStyle('interactions/usePress.mjs'),
      installedStyle('overlays/usePreventScroll.mjs'),
    ]).toEqual(REACT_ARIA_STYLES);
  });

  it('lets nothing be evaluated or styled inline', () => {
    for (const policy of [metaPolicy(), headerPolicy()]) {
      expect(policy).not.toContain("'unsafe-inline'");
      expect(policy).not.toContain("'unsafe-eval'");
      expect(policy).toContain("object-src 'none'");
      expect(policy).not.toContain('*');
    }
  });

  it('forbids framing where a browser honours it: in the header', () => {
    expect(headerPolicy()).toContain("frame-ancestors 'none'");
    expect(metaPolicy()).not.toContain('frame-ancestors');
  });

  it('hashes as the specification says', () => {
    expect(cspHash("alert('Hello, world.');")).toBe(
      "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='",
    );
  });
});
