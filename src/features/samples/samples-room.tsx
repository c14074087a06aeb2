/** The panel that draws a sample set: theme, size, difficulty, wrong labels, with examples to look at. */
import { useEffect, useState } from 'react';
import {
  DEFAULT_SAMPLE_SETTINGS,
  SAMPLE_CLASSES,
  SAMPLE_LIMITS,
  SAMPLE_SIZE_PX,
  SAMPLE_THEMES,
  type SampleSetSettings,
  type SampleTheme,
} from '../../domain/sample-set.ts';
import { toMessageKey } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { NumberSlider, type CommitVerdict } from '../../ui/primitives/number-slider.tsx';
import { Panel } from '../../ui/primitives/panel.tsx';
import { SegmentedControl } from '../../ui/primitives/segmented-control.tsx';
import { Skeleton } from '../../ui/primitives/skeleton.tsx';
import styles from './samples-room.module.css';

const LIMITS = { ...SAMPLE_LIMITS, photosPerClass: { min: 5, max: 500 } } as const;
const PREVIEWS_PER_CLASS = 3;
/** Beyond the pictures of any set, so that the examples are never among those added. */
const PREVIEW_FROM_INDEX = 1_000_000;

export function SamplesRoom() {
  const t = useTranslate();
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  const addSampleSet = useApp((state) => state.addSampleSet);
  const [settings, setSettings] = useState<SampleSetSettings>(DEFAULT_SAMPLE_SETTINGS);
  const classNames = useSampleClassNames(settings.theme);
  const close = (): void => {
    setOpenPanel(null);
  };
  const set =
    (key: 'photosPerClass' | 'difficulty' | 'labelNoise') =>
    (value: number): CommitVerdict => {
      if (Number.isNaN(value)) return 'not-a-number';
      const { min, max } = LIMITS[key];
      if (value < min || value > max) return 'out-of-range';
      setSettings({ ...settings, [key]: key === 'photosPerClass' ? Math.round(value) : value });
      return 'ok';
    };
  const knob = (key: 'photosPerClass' | 'difficulty' | 'labelNoise', step: number) => ({
    value: settings[key],
    defaultValue: DEFAULT_SAMPLE_SETTINGS[key],
    scale: {
      ...LIMITS[key],
      step,
      scale: 'linear',
      integer: key === 'photosPerClass',
      logFloor: null,
    } as const,
    onCommit: set(key),
  });

  return (
    <Panel
      isOpen
      title={t('samples.title')}
      description={t('samples.description')}
      onClose={close}
      footer={
        <Button
          variant="primary"
          fullWidth
          onPress={() => {
            // A different seed each time would make a class's runs hard to compare; the set is its settings.
            void addSampleSet(settings, classNames);
            close();
          }}
        >
          {t('samples.add', { n: settings.photosPerClass * classNames.length })}
        </Button>
      }
    >
      <div className={styles.panel}>
        <SegmentedControl
          label={t('samples.theme')}
          value={settings.theme}
          segments={SAMPLE_THEMES.map((theme) => ({
            value: theme,
            label: t(`samples.theme.${theme}`),
          }))}
          onChange={(theme) => {
            setSettings({ ...settings, theme });
          }}
        />
        <p className={styles.text}>{t(`samples.theme-text.${settings.theme}`)}</p>
        <Previews settings={settings} classNames={classNames} />
        <NumberSlider
          label={t('samples.count')}
          explanation={t('samples.count-text')}
          {...knob('photosPerClass', 5)}
        />
        <NumberSlider
          label={t('samples.difficulty')}
          explanation={t('samples.difficulty-text')}
          percent
          {...knob('difficulty', 0.05)}
        />
        <NumberSlider
          label={t('samples.noise')}
          explanation={t('samples.noise-text')}
          percent
          {...knob('labelNoise', 0.05)}
        />
      </div>
    </Panel>
  );
}

function useSampleClassNames(theme: SampleTheme): readonly string[] {
  const t = useTranslate();
  return SAMPLE_CLASSES[theme].map((key) =>
    t(toMessageKey(`samples.class.${theme}.${key}`, 'errors.unknown')),
  );
}

interface PreviewsProps {
  readonly settings: SampleSetSettings;
  readonly classNames: readonly string[];
}

function Previews({ settings, classNames }: PreviewsProps) {
  const t = useTranslate();
  const { theme, difficulty, seed } = settings;
  const urls = usePreviewUrls(theme, difficulty, seed);
  return (
    <div className={styles.previews}>
      {classNames.map((name, c) => (
        <figure key={name} className={styles.example} aria-label={t('samples.preview', { name })}>
          <div className={styles.pictures}>
            {Array.from({ length: PREVIEWS_PER_CLASS }, (_, i) => {
              const url = urls?.[c * PREVIEWS_PER_CLASS + i];
              return url === undefined ? (
                <Skeleton key={i} shape="box" width="100%" height="100%" />
              ) : (
                <img key={i} className={styles.picture} src={url} alt="" />
              );
            })}
          </div>
          <figcaption className={styles.caption}>{name}</figcaption>
        </figure>
      ))}
    </div>
  );
}

const LET_GO_AFTER_MS = 1000;

/** Draws the examples again a moment after a slider rests. */
function usePreviewUrls(theme: SampleTheme, difficulty: number, seed: number) {
  const { services } = useAppHandle();
  const [urls, setUrls] = useState<readonly string[] | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    let made: string[] = [];
    const timer = setTimeout(() => {
      const draws = SAMPLE_CLASSES[theme].flatMap((_, drawnClass) =>
        Array.from({ length: PREVIEWS_PER_CLASS }, (__, i) =>
          services.engine.drawSample(
            {
              theme,
              drawnClass,
              index: PREVIEW_FROM_INDEX + i,
              difficulty,
              seed,
              size: SAMPLE_SIZE_PX,
            },
            abort.signal,
          ),
        ),
      );
      Promise.all(draws)
        .then((blobs) => {
          if (abort.signal.aborted) return;
          made = blobs.map((blob) => services.createObjectUrl(blob));
          setUrls(made);
        })
        .catch(() => undefined); // closed or changed meanwhile
    }, 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
      setUrls(null);
      // Not at once: pictures that the browser has only begun to load would be missing.
      setTimeout(() => {
        for (const url of made) services.revokeObjectUrl(url);
      }, LET_GO_AFTER_MS);
    };
  }, [services, theme, difficulty, seed]);
  return urls;
}
