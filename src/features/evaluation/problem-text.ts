/** Why a number cannot be given, and the way out, in words. */
import type { Translate } from '../../i18n/translate.ts';
import type { EvaluationProblem } from '../../state/evaluation-state.ts';

export function problemText(t: Translate, problem: EvaluationProblem): string {
  switch (problem.code) {
    case 'other-classes':
      return t('evaluation.problem-other-classes', { names: problem.names.join(', ') });
    case 'not-embedded':
      return t('evaluation.problem-not-embedded', { count: problem.count });
    case 'too-few-groups':
      return t('evaluation.problem-too-few-groups', {
        groups: problem.groups,
        folds: problem.folds,
      });
    case 'failed':
      return t('evaluation.problem-failed', { code: problem.errorCode });
    default:
      return t(`evaluation.problem-${problem.code}`);
  }
}
