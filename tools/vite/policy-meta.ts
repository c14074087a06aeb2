import type { Plugin } from 'vite';
import { metaPolicy } from '../content-security-policy.ts';

/** The encoding has to be named within the first 1024 bytes, so the policy comes right after it. */
const CHARSET_TAG = '<meta charset="utf-8" />';

/**
 * Writes the content security policy into index.html, before anything that it rules. Builds only:
 * the development server injects inline scripts and styles of its own.
 */
export function policyMeta(): Plugin {
  return {
    name: 'headstart:policy-meta',
    apply: 'build',
    transformIndexHtml(html) {
      if (!html.includes(CHARSET_TAG)) throw new Error(`index.html has no ${CHARSET_TAG}`);
      const tag = `<meta http-equiv="Content-Security-Policy" content="${metaPolicy()}" />`;
      return html.replace(CHARSET_TAG, `${CHARSET_TAG}\n    ${tag}`);
    },
  };
}
