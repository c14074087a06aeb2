import { describe, expect, it } from 'vitest';
import { isMessageKey } from '../../i18n/messages.ts';
import { offlineReason } from './offline-reason.ts';

const SECURE = { isSecure: true, hasServiceWorker: true };

describe('offlineReason', () => {
  it('passes on what is known', () => {
    expect(offlineReason('ready', SECURE)).toBe('ready');
    expect(offlineReason('preparing', SECURE)).toBe('preparing');
  });

  it('names the address before the browser: there, the browser is not at fault', () => {
    expect(offlineReason('unsupported', { isSecure: false, hasServiceWorker: false })).toBe(
      'insecure',
    );
    expect(offlineReason('unsupported', { isSecure: true, hasServiceWorker: false })).toBe(
      'no-support',
    );
    expect(offlineReason('unsupported', SECURE)).toBe('failed');
  });
});

describe('notices of the state layer', () => {
  it.each(['full', 'run-not-saved', 'nearly-full', 'edit-not-saved'])('has storage.%s', (name) => {
    expect(isMessageKey(`storage.${name}`)).toBe(true);
  });
});
