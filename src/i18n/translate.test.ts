import { describe, expect, it, vi } from 'vitest';
import { localeFromQuery } from './locale.ts';
import { allMessages } from './all-messages.ts';
import { isMessageKey, toMessageKey, type MessageKey } from './messages.ts';
import { compileMessage, createTranslate } from './translate.ts';

const catalogue = {
  photos: '{n, plural, one {# photo} other {# photos}} in {folder}',
  side: '{side, select, train {Training} other {Other}}',
  angle: 'less than < and <b>not bold</b>',
};
const key = (name: keyof typeof catalogue) => name as string as MessageKey;

describe('createTranslate', () => {
  it('handles plural, number grouping and select', () => {
    const t = createTranslate('en', catalogue);
    expect(t(key('photos'), { n: 1, folder: 'ants' })).toBe('1 photo in ants');
    expect(t(key('photos'), { n: 1200, folder: 'ants' })).toBe('1,200 photos in ants');
    expect(t(key('side'), { side: 'train' })).toBe('Training');
  });

  it('treats angle brackets as text', () => {
    const t = createTranslate('en', catalogue);
    expect(t(key('angle'))).toBe('less than < and <b>not bold</b>');
  });

  it('shows the key and reports when a value is missing', () => {
    const report = vi.fn();
    expect(createTranslate('en', catalogue, report)(key('photos'), { n: 2 })).toBe('photos');
    expect(createTranslate('en', {}, report)(key('photos'))).toBe('photos');
    expect(report).toHaveBeenCalledTimes(2);
  });

  it('pseudo-locale accents literals in every branch, keeps values, brackets the whole', () => {
    const t = createTranslate('pseudo', catalogue);
    expect(t(key('photos'), { n: 2, folder: 'ants' })).toBe('⟦2 þĥöţöš îñ ants⟧');
    expect(t(key('photos'), { n: 1, folder: 'ants' })).toBe('⟦1 þĥöţö îñ ants⟧');
  });
});

describe('the catalogue', () => {
  it('parses in both locales', () => {
    for (const [name, text] of Object.entries(allMessages)) {
      expect(() => compileMessage(text, 'en'), name).not.toThrow();
      expect(() => compileMessage(text, 'pseudo'), name).not.toThrow();
    }
  });

  it('has no empty text and keys of the form room.name', () => {
    for (const [name, text] of Object.entries(allMessages)) {
      expect(name).toMatch(/^[a-z]+(\.[A-Za-z0-9-]+)+$/);
      expect(text.trim(), name).not.toBe('');
    }
  });

  it('falls back for keys it does not know, inherited names included', () => {
    expect(isMessageKey('toString')).toBe(false);
    expect(toMessageKey('errors.from-the-future', 'common.close')).toBe('common.close');
    expect(toMessageKey('common.cancel', 'common.close')).toBe('common.cancel');
  });
});

describe('localeFromQuery', () => {
  it('knows pseudo and treats anything else as English', () => {
    expect(localeFromQuery('?locale=pseudo')).toBe('pseudo');
    expect(localeFromQuery('?locale=xx')).toBe('en');
    expect(localeFromQuery('')).toBe('en');
  });
});
