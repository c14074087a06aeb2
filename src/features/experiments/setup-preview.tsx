/** What a set-up would change, to take over or to leave. */
import { useState } from 'react';
import { SAMPLE_CLASSES } from '../../domain/sample-set.ts';
import type { HyperparameterKey } from '../../domain/hyperparameter-specs.ts';
import { toMessageKey } from '../../i18n/messages.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { acceptSetup, dismissSetup, setupOf } from '../../state/services/setup-link.ts';
import type { Setup } from '../../state/setup-state.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { Switch } from '../../ui/primitives/switch.tsx';
import { setupLines } from './setup-fields.ts';
import styles from './setup-room.module.css';

export interface SetupPreviewProps {
  readonly setup: Setup;
  readonly defaulted: readonly HyperparameterKey[];
}

export function SetupPreview({ setup, defaulted }: SetupPreviewProps) {
  const t = useTranslate();
  const app = useAppHandle();
  const hasPhotos = useApp((state) => state.photos.size > 0);
  const [draws, setDraws] = useState(!hasPhotos);
  const isBusy = useApp(
    (state) =>
      state.tab.role === 'reader' ||
      state.intake !== null ||
      ['preparing', 'running', 'paused'].includes(state.training.status),
  );
  const { sampleSet } = setup;
  const classNames =
    sampleSet === null
      ? null
      : SAMPLE_CLASSES[sampleSet.theme].map((key) =>
          t(toMessageKey(`samples.class.${sampleSet.theme}.${key}`, 'errors.unknown')),
        );
  return (
    <>
      <Lines setup={setup} />
      {defaulted.length > 0 && (
        <p className={styles.muted}>{t('setup.defaulted', { n: defaulted.length })}</p>
      )}
      <Remarks setup={setup} hasPhotos={hasPhotos} />
      {sampleSet !== null && classNames !== null && (
        <section className={styles.section} aria-label={t('setup.samples')}>
          <h3 className={styles.heading}>{t('setup.samples')}</h3>
          <p>
            {t('setup.samples-text', {
              theme: t(`samples.theme.${sampleSet.theme}`),
              n: sampleSet.photosPerClass * classNames.length,
            })}
          </p>
          <Switch
            isSelected={draws}
            onChange={setDraws}
            description={hasPhotos ? t('setup.draw-beside') : undefined}
          >
            {t('setup.draw')}
          </Switch>
        </section>
      )}
      <div className={styles.actions}>
        <Button
          variant="primary"
          isDisabled={isBusy}
          onPress={() => {
            void acceptSetup(app, draws ? classNames : null);
          }}
        >
          {t('setup.accept')}
        </Button>
        <Button
          variant="quiet"
          onPress={() => {
            dismissSetup(app);
          }}
        >
          {t('setup.refuse')}
        </Button>
      </div>
      {isBusy && <p className={styles.muted}>{t('setup.busy')}</p>}
    </>
  );
}

function Lines({ setup }: { setup: Setup }) {
  const t = useTranslate();
  const formats = useFormats();
  const { store } = useAppHandle();
  // As it was when the link was opened: the preview stands still while it is read.
  const [here] = useState(() => setupOf(store.getState()));
  const lines = setupLines(t, formats, setup, here);
  const differs = lines.some(({ valueHere }) => valueHere !== null);
  return (
    <section className={styles.section} aria-label={t('setup.settings')}>
      <h3 className={styles.heading}>{t('setup.settings')}</h3>
      <p className={styles.muted}>{t(differs ? 'setup.changes' : 'setup.same')}</p>
      <dl className={styles.lines}>
        {lines.map(({ id, name, value, valueHere }) => (
          <div key={id} className={styles.line} data-differs={valueHere !== null}>
            <dt>{name}</dt>
            <dd className="tabular">
              <bdi>{value}</bdi>
              {valueHere !== null && (
                <span className={styles.muted}>{t('setup.now', { value: valueHere })}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Remarks({ setup, hasPhotos }: { setup: Setup; hasPhotos: boolean }) {
  const t = useTranslate();
  const seed = useApp((state) => state.split.seed);
  const isHere = useApp((state) => state.availableBackbones.has(setup.backboneId));
  return (
    <>
      {hasPhotos && seed !== setup.split.seed && (
        <p className={styles.muted}>{t('setup.resplit')}</p>
      )}
      {setup.sampleSet !== null && (
        <p className={styles.muted}>{t('setup.split-anew', { n: setup.pinned })}</p>
      )}
      {!isHere && <p>{t('setup.backbone-missing', { name: setup.backboneId })}</p>}
    </>
  );
}
