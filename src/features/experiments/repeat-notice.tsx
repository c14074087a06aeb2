/** How training a run once more went: under way, identical, apart, or why it cannot be. */
import { X } from 'lucide-react';
import type { RunRepeat } from '../../domain/run.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import type { RepeatState } from '../../state/runs-state.ts';
import { useApp } from '../../state/use-app.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import { Notice, type NoticeTone } from '../../ui/primitives/notice-list.tsx';
import styles from './runs-room.module.css';
import { useRunShelf } from './use-run-shelf.ts';

export function RepeatNotice() {
  const t = useTranslate();
  const withShelf = useRunShelf();
  const repeat = useApp((state) => state.runs.repeat);
  const sentences = useSentences(repeat);
  return (
    <div role="status" aria-label={t('runs.repeat')}>
      {repeat.status !== 'none' && (
        <Notice
          tone={toneOf(repeat)}
          action={
            repeat.status === 'running' ? null : (
              <IconButton
                label={t('common.dismiss')}
                icon={X}
                size="small"
                onPress={() => {
                  withShelf((shelf) => {
                    shelf.forgetRepeat();
                  });
                }}
              />
            )
          }
        >
          <div className={styles.sentences}>
            {sentences.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
        </Notice>
      )}
    </div>
  );
}

function toneOf(repeat: RepeatState): NoticeTone {
  if (repeat.status === 'done') return repeat.result.identical ? 'success' : 'warning';
  return repeat.status === 'refused' || repeat.status === 'unfinished' ? 'warning' : 'info';
}

function useSentences(repeat: RepeatState): readonly string[] {
  const t = useTranslate();
  const apart = useApartText();
  switch (repeat.status) {
    case 'none':
      return [];
    case 'running':
      return [t('runs.repeating', { name: repeat.name })];
    case 'unfinished':
      return [t('runs.repeat-unfinished', { name: repeat.name })];
    case 'refused':
      return [
        t('runs.repeat-refused', { name: repeat.name }),
        ...repeat.reasons.map((reason) => t(`runs.reason.${reason}`)),
      ];
    case 'done': {
      const { result, otherBackend } = repeat;
      const { name, comparedEpochs: epochs } = result;
      if (result.identical) return [t('runs.repeat-identical', { name, epochs })];
      return [apart(result), t(otherBackend ? 'runs.repeat-backend' : 'runs.repeat-same-backend')];
    }
  }
}

function useApartText(): (result: RunRepeat) => string {
  const t = useTranslate();
  const formats = useFormats();
  return ({ name, firstDifference, lossGap, accuracyGap }) =>
    firstDifference === null
      ? t('runs.repeat-weights', { name })
      : t('runs.repeat-apart', {
          name,
          first: firstDifference,
          loss: formats.significant(lossGap, 2),
          accuracy: formats.percent(accuracyGap, 1),
        });
}
