/**
 * The curves follow: while the large ones are scrolled out of sight, small ones stay at the top, so that
 * turning a knob or going to an epoch is seen to do something.
 */
import { ArrowUp } from 'lucide-react';
import { useEffect, useState, type RefObject } from 'react';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { MiniCurves } from '../../ui/charts/mini-curves.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import styles from './curves-in-sight.module.css';
import { useRunView } from './use-run-view.ts';

/** With less of the large curves in sight than this, the small ones show more. */
const ENOUGH_PX = 150;
const THRESHOLDS = Array.from({ length: 41 }, (_, i) => i / 40);

export function CurvesInSight({ curves }: { readonly curves: RefObject<HTMLElement | null> }) {
  const isAbove = useIsAbove(curves);
  return isAbove ? <Dock curves={curves} /> : null;
}

function Dock({ curves }: { readonly curves: RefObject<HTMLElement | null> }) {
  const t = useTranslate();
  const formats = useFormats();
  const { points, ghost, bestEpoch, stoppedEpoch, isRunning } = useRunView();
  const chosenEpoch = useApp((state) => state.lab.chosenEpoch);
  if (points.length === 0) return null;
  const shared = {
    points,
    ghost: ghost ?? [],
    bestEpoch,
    stoppedEpoch,
    cursorEpoch: isRunning ? null : chosenEpoch,
  };
  return (
    <div className={styles.anchor} data-curves-dock>
      <div className={styles.dock}>
        <MiniCurves
          {...shared}
          title={t('charts.loss')}
          metric="loss"
          formatValue={(value) => formats.significant(value, 3)}
        />
        <MiniCurves
          {...shared}
          title={t('charts.accuracy')}
          metric="accuracy"
          formatValue={(value) => formats.percent(value)}
        />
        <IconButton
          label={t('training.back-to-curves')}
          icon={ArrowUp}
          onPress={() => {
            curves.current?.scrollIntoView({ block: 'start' });
          }}
        />
      </div>
    </div>
  );
}

/** Whether the element has left upwards, out of whatever scrolls around it. */
function useIsAbove(target: RefObject<HTMLElement | null>): boolean {
  const [isAbove, setAbove] = useState(false);
  useEffect(() => {
    const element = target.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1);
        if (entry === undefined) return;
        const { intersectionRect, boundingClientRect, rootBounds } = entry;
        const middle = (rootBounds?.height ?? window.innerHeight) / 2;
        setAbove(intersectionRect.height < ENOUGH_PX && boundingClientRect.top < middle);
      },
      { threshold: THRESHOLDS },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [target]);
  return isAbove;
}
