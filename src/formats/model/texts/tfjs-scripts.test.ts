import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withheldBy, type AnswerLimits } from '../../../domain/said-or-not.ts';
import { PREDICT_MODULE, TEACHABLE_EXAMPLE_PAGE } from './tfjs-scripts.ts';

type Rule = (limits: AnswerLimits, probabilities: readonly number[]) => string | null;

/** The function as it stands in the written file. */
function ruleIn(text: string): Rule {
  const source = /function withheldBy[^]*?\n\}/.exec(text)?.[0];
  if (source === undefined) throw new Error('the script has no such function');
  return runInNewContext(`(${source})`) as Rule;
}

const WORDS = { unsure: 'I don’t know', below: 'Not sure' } as const;

describe.each([
  ['the loader of the TensorFlow.js export', PREDICT_MODULE],
  ['the example of the Teachable Machine export', TEACHABLE_EXAMPLE_PAGE],
])('%s', (_name, text) => {
  it('withholds what Headstart withholds', () => {
    const rule = ruleIn(text);
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const rows = fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, fc.option(share), fc.boolean(), (pairs, abstainBelow, hasThresholds) => {
        const limits = {
          abstainBelow,
          thresholds: hasThresholds ? pairs.map(([, limit]) => limit) : null,
        };
        const probabilities = pairs.map(([probability]) => probability);
        const wanted = withheldBy(limits, probabilities);
        expect(rule(limits, probabilities)).toBe(wanted === null ? null : WORDS[wanted]);
      }),
    );
  });
});
