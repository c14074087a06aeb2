/** The one sentence of a finding. */
import type { Finding } from '../../../domain/finding.ts';
import type { ClassInfo } from '../../../domain/photo.ts';
import type { Translate } from '../../../i18n/translate.ts';

export function findingText(
  { kind, sets, photoIds, classIds, figures }: Finding,
  classes: readonly ClassInfo[],
  t: Translate,
): string {
  const nameOf = (i: number): string => classes.find((info) => info.id === classIds[i])?.name ?? '';
  const name = nameOf(0);
  switch (kind) {
    case 'leak':
    case 'two-classes':
    case 'nearly-two-classes':
    case 'near-copies':
    case 'recordings':
      return t(`findings.${kind}`, { n: sets.length });
    case 'few-photos':
      return t('findings.few-photos', { name, ...figures });
    case 'one-group': {
      const isRecording = figures['isRecording'] === 1;
      return t(isRecording ? 'findings.one-group-recording' : 'findings.one-group', { name });
    }
    case 'imbalance':
      return t('findings.imbalance', { small: name, large: nameOf(1), ...figures });
    case 'same-background':
    case 'same-size':
      return t(`findings.${kind}`, { name, ...figures });
    case 'exact-copies':
      return t('findings.exact-copies', figures);
    case 'one-colour':
    case 'dark':
    case 'bright':
    case 'blurred':
    case 'tiny':
      return t(`findings.${kind}`, { n: photoIds.length });
  }
}
