/** Hides parts of the picture, one after the other, and says what the answer rests on. */
import { EyeOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { OcclusionResult, OcclusionVerdict } from '../../domain/occlusion.ts';
import type { ClassInfo } from '../../domain/photo.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import type { Look } from '../../state/services/close-look.ts';
import { checkOcclusion } from '../../state/services/occlusion-check.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { ProgressBar } from '../../ui/primitives/progress-bar.tsx';
import styles from './explain.module.css';

interface HidingCheckProps {
  readonly look: Look;
  readonly classes: readonly ClassInfo[];
  readonly onResult: (result: OcclusionResult) => void;
}

export function HidingCheck({ look, classes, onResult }: HidingCheckProps) {
  const t = useTranslate();
  const { progress, hasFailed, start, cancel } = useHiding(look, onResult);
  return (
    <div className={styles.hiding}>
      {progress !== null ? (
        <ProgressBar
          label={t('explain.hide-progress')}
          done={progress.done}
          total={progress.total}
          onCancel={cancel}
          cancelLabel={t('explain.hide-cancel')}
        />
      ) : (
        <>
          <Button icon={EyeOff} onPress={start}>
            {t('explain.hide-button')}
          </Button>
          {look.occlusion === null && <p className={styles.note}>{t('explain.hide-hint')}</p>}
        </>
      )}
      <div role="status" aria-label={t('explain.hide-result')} className={styles.sentence}>
        {hasFailed && t('explain.hide-failed')}
        {look.occlusion !== null && (
          <VerdictText verdict={look.occlusion.verdict} classes={classes} />
        )}
      </div>
    </div>
  );
}

interface HidingRun {
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly hasFailed: boolean;
  readonly start: () => void;
  readonly cancel: () => void;
}

function useHiding(look: Look, onResult: (result: OcclusionResult) => void): HidingRun {
  const { engine } = useAppHandle().services;
  const setWhy = useApp((state) => state.setWhy);
  const [progress, setProgress] = useState<HidingRun['progress']>(null);
  const [failedFor, setFailedFor] = useState<Look | null>(null);
  const running = useRef<AbortController | null>(null);
  const { pixels } = look;
  // Another picture, or the panel is closed: what is under way is about nothing on screen.
  useEffect(
    () => () => {
      running.current?.abort();
    },
    [pixels],
  );

  async function run(): Promise<void> {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setFailedFor(null);
    setProgress({ done: 0, total: 1 });
    try {
      const onProgress = (done: number, total: number): void => setProgress({ done, total });
      const result = await checkOcclusion(engine, look, onProgress, controller.signal);
      if (controller.signal.aborted) return;
      onResult(result);
      setWhy({ layer: 'hiding' });
    } catch {
      if (!controller.signal.aborted) setFailedFor(look);
    } finally {
      if (running.current === controller) {
        running.current = null;
        setProgress(null);
      }
    }
  }

  return {
    progress,
    hasFailed: failedFor === look,
    start: () => void run(),
    cancel: () => {
      running.current?.abort();
      running.current = null;
      setProgress(null);
    },
  };
}

interface VerdictTextProps {
  readonly verdict: OcclusionVerdict;
  readonly classes: readonly ClassInfo[];
}

function VerdictText({ verdict, classes }: VerdictTextProps) {
  const t = useTranslate();
  const formats = useFormats();
  const nameOf = (index: number): string => classes[index]?.name ?? '';
  const before = nameOf(verdict.before.classIndex);
  const beforePercent = formats.probability(verdict.before.probability);
  if (verdict.kind === 'nowhere') {
    return <p>{t('explain.hide-nowhere', { before, beforePercent })}</p>;
  }
  const values = {
    before,
    beforePercent,
    after: nameOf(verdict.after.classIndex),
    afterPercent: formats.probability(verdict.after.probability),
    leftPercent: formats.probability(verdict.left),
    area: formats.percent(verdict.area),
  };
  return <p>{t(`explain.hide-${verdict.kind}`, values)}</p>;
}
