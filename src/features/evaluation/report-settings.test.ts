import { describe, expect, it } from 'vitest';
import { DEFAULT_HYPERPARAMETERS, HYPERPARAMETER_KEYS } from '../../domain/hyperparameter-specs.ts';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import { allMessages } from '../../i18n/all-messages.ts';
import { createFormats } from '../../i18n/formats.ts';
import { createTranslate } from '../../i18n/translate.ts';
import { settingRows } from './report-settings.ts';

const t = createTranslate('en', allMessages);
const formats = createFormats('en');

describe('settings in the report', () => {
  it('go by the names that they have on screen', () => {
    const settings = {
      ...DEFAULT_HYPERPARAMETERS,
      augmentCopies: 2,
      optimizer: 'momentum' as const,
    };
    const rows = new Map(settingRows(t, formats, settings));
    expect(rows.size).toBe(HYPERPARAMETER_KEYS.length);
    expect(rows.get('Learning rate')).toBe('0.003');
    expect(rows.get('Optimizer')).toBe(t('hyperparameters.optimizer.momentum'));
    expect(rows.get('Hidden units')).toBe('0');
    for (const key of HYPERPARAMETER_KEYS) expect(rows.has(key)).toBe(false);
    for (const value of rows.values()) expect(value).not.toMatch(/^(?:true|false|)$/);
  });

  it('leave out what did nothing', () => {
    const rows = new Map(settingRows(t, formats, DEFAULT_HYPERPARAMETERS));
    expect(rows.get('Optimizer')).toBe('AdamW');
    expect(rows.get('Augmented copies')).toBe('0');
    expect(rows.has(t('hyperparameters.augmentFlip.name'))).toBe(false);
    expect(rows.has(t('hyperparameters.momentum.name'))).toBe(false);
  });

  it('are all there for a run stored before there were as many', () => {
    const { augmentCopies: _copies, ...older } = DEFAULT_HYPERPARAMETERS;
    const rows = new Map(settingRows(t, formats, older as Hyperparameters));
    expect(rows.get('Augmented copies')).toBe('0');
  });
});
