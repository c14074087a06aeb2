/** One plain sentence that reads the curves, what it rests on, and the two knobs to try. */
import { useLayoutEffect, useRef, type RefObject } from 'react';
import { wilsonInterval } from '../../domain/classification-metrics.ts';
import type { Diagnosis, DiagnosisKnob } from '../../domain/diagnosis.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import styles from './curve-reading.module.css';
import { useRunView, type RunView } from './use-run-view.ts';
import { useStillWhilePressed } from './use-still-while-pressed.ts';

export function CurveReading() {
  const t = useTranslate();
  const view = useRunView();
  // With live retraining the new run is under way before this could be read.
  const isStale = useApp((state) => state.runIsStale && !state.lab.liveRetrain);
  const { diagnosis } = view;
  const sentence = useSentence(diagnosis);
  const evidence = useEvidence(view);
  const box = useSteadyHeight(view.isRunning);
  useStillWhilePressed(box);
  return (
    <div ref={box} className={styles.reading} data-code={diagnosis?.code ?? 'none'}>
      <div role="status" aria-label={t('training.reading')} className={styles.sentence}>
        {/* While it runs the curves speak for themselves; a sentence a second would be noise. */}
        {view.isRunning ? t('training.reading.running') : sentence}
      </div>
      {!view.isRunning &&
        evidence.map((line) => (
          <p key={line} className={styles.evidence}>
            {line}
          </p>
        ))}
      {!view.isRunning && diagnosis !== null && <Suggestion diagnosis={diagnosis} />}
      {!view.isRunning && isStale && <p className={styles.stale}>{t('training.stale')}</p>}
    </div>
  );
}

/**
 * Keeps the height from before while a run is under way and says less: with live retraining the knobs
 * below would jump away under the pointer.
 */
function useSteadyHeight(isRunning: boolean): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const settledPx = useRef(0);
  // Watched rather than asked for after each rendering, which would make the browser lay out the page.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    if (isRunning) {
      element.style.minBlockSize = `${String(settledPx.current)}px`;
      return undefined;
    }
    element.style.minBlockSize = '';
    const observer = new ResizeObserver(() => {
      settledPx.current = element.offsetHeight;
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [isRunning]);
  return box;
}

function useSentence(diagnosis: Diagnosis | null): string {
  const t = useTranslate();
  const formats = useFormats();
  if (diagnosis === null) return t('training.reading.none');
  const { code, sinceEpoch, evidence } = diagnosis;
  return t(`training.reading.${code}`, {
    since: sinceEpoch ?? 0,
    n: evidence.validationCount,
    low: formats.percent(evidence.interval?.low ?? 0),
    high: formats.percent(evidence.interval?.high ?? 1),
    train: formats.percent(evidence.trainAccuracy),
    validation: formats.percent(evidence.validationAccuracy ?? 0),
  });
}

/** What is in use and how good it was; what stopping saved, in numbers. */
function useEvidence({ points, bestEpoch, stoppedEpoch, diagnosis }: RunView): readonly string[] {
  const t = useTranslate();
  const formats = useFormats();
  const run = useApp((state) => state.currentRun);
  // The epoch whose head is really in use: the best by the settings of now, or the nearest kept one.
  const ruleEpoch = useApp((state) => state.lab.ruleEpoch);
  const signalLines = useSignalLines(diagnosis);
  if (run === null || diagnosis === null) return [];
  const lines: string[] = signalLines;
  const best = points.find((point) => point.epoch === (ruleEpoch ?? run.bestEpoch));
  const last = points.at(-1);
  const { validationCount } = diagnosis.evidence;
  if (best?.validationAccuracy != null && diagnosis.code !== 'too-few-validation') {
    const interval = wilsonInterval(
      Math.round(best.validationAccuracy * validationCount),
      validationCount,
    );
    lines.push(
      t('training.reading.accuracy', {
        percent: formats.percent(best.validationAccuracy),
        epoch: best.epoch,
        low: formats.percent(interval.low),
        high: formats.percent(interval.high),
        n: validationCount,
      }),
    );
  }
  const bestLoss = best?.validationLoss ?? null;
  const lastLoss = last?.validationLoss ?? null;
  if (
    best &&
    last &&
    bestLoss !== null &&
    lastLoss !== null &&
    stoppedEpoch !== null &&
    last.epoch > best.epoch
  ) {
    lines.push(
      t('training.saved', {
        stop: stoppedEpoch,
        best: best.epoch,
        bestLoss: formats.significant(bestLoss, 3),
        last: last.epoch,
        lastLoss: formats.significant(lastLoss, 3),
      }),
    );
  } else if (best !== undefined) {
    lines.push(t('training.best-kept', { best: best.epoch }));
  }
  if (best !== undefined && bestEpoch !== null && best.epoch !== bestEpoch) {
    lines.push(t('lab.nearest-kept', { best: bestEpoch, used: best.epoch }));
  }
  return lines;
}

function Suggestion({ diagnosis }: { diagnosis: Diagnosis }) {
  const t = useTranslate();
  const stopsEarly = useApp((state) => state.hyperparameters.earlyStopping);
  // What is switched on already is no advice.
  const isStopped = stopsEarly && diagnosis.suggestedKnobs.includes('earlyStopping');
  const [first, second] = isStopped
    ? (['more-photos', 'weightDecay'] as const)
    : diagnosis.suggestedKnobs;
  if (first === undefined) return null;
  const nameOf = (knob: DiagnosisKnob): string =>
    knob === 'more-photos' || knob === 'validation-share' || knob === 'sides' || knob === 'labels'
      ? t(`training.knob.${knob}`)
      : t(`hyperparameters.${knob}.name`);
  return (
    <p className={styles.evidence}>
      {second === undefined
        ? t('training.reading.try-one', { first: nameOf(first) })
        : t('training.reading.try', { first: nameOf(first), second: nameOf(second) })}{' '}
      {t(isStopped ? 'training.why.overfitting-stopped' : `training.why.${diagnosis.code}`)}
    </p>
  );
}

/** Names of disputed photos in the sentence; the rest are counted. */
const MOST_NAMES = 4;

/** What is known beside the curves, where the diagnosis rests on it or mentions it. */
function useSignalLines(diagnosis: Diagnosis | null): string[] {
  const t = useTranslate();
  const signals = useApp((state) => state.runSignals);
  const photos = useApp((state) => state.photos);
  if (diagnosis === null || signals === null) return [];
  const lines: string[] = [];
  const says = (code: 'leak-suspected' | 'noisy-labels'): boolean =>
    diagnosis.code === code || diagnosis.also.includes(code);
  if (says('leak-suspected') && signals.leakedIds.length > 0) {
    lines.push(t('training.reading.leaked', { n: signals.leakedIds.length }));
  }
  if (says('noisy-labels')) {
    const n = signals.disputedIds.length;
    const names = signals.disputedIds
      .slice(0, MOST_NAMES)
      .flatMap((id) => photos.get(id)?.name ?? [])
      .join(', ');
    const key = n > MOST_NAMES ? 'training.reading.disputed-more' : 'training.reading.disputed';
    lines.push(t(key, { n, names }));
  }
  return lines;
}
