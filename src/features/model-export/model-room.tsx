/** The view of the model as a thing of its own: what it leaves as, what comes in, how it goes on. */
import { addMessages } from '../../i18n/messages.ts';
import { modelExportMessages } from '../../i18n/en/model-export.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { ModelExportKind } from '../../state/model-export-state.ts';
import { modelExportObstacle } from '../../state/services/model-export/export-obstacle.ts';
import { useApp } from '../../state/use-app.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { ContinueTraining } from './continue-training.tsx';
import { ExportCard } from './export-card.tsx';
import styles from './model-room.module.css';
import { OpenModel } from './open-model.tsx';

addMessages(modelExportMessages);

const KINDS: readonly ModelExportKind[] = [
  'web-page',
  'tfjs',
  'teachable-machine',
  'onnx',
  'head',
  'python',
];

export function ModelRoom() {
  const t = useTranslate();
  const obstacle = useApp(modelExportObstacle);
  const isStale = useApp((state) => state.currentRun !== null && state.runIsStale);
  return (
    <section aria-label={t('export.title')} className={styles.room}>
      <h2 className={styles.title}>{t('export.title')}</h2>
      <p className={styles.muted}>{t('export.intro')}</p>
      {obstacle === null ? (
        <Which />
      ) : (
        <Notice tone="info">
          <p>{t(`export.obstacle.${obstacle}`)}</p>
        </Notice>
      )}
      <EmptyClasses />
      {obstacle === null && isStale && <p className={styles.muted}>{t('export.stale')}</p>}
      <h3 className={styles.heading}>{t('export.kinds')}</h3>
      <ul role="list" className={styles.cards}>
        {KINDS.map((kind) => (
          <ExportCard key={kind} kind={kind} isBlocked={obstacle !== null} />
        ))}
      </ul>
      <Saved />
      <OpenModel />
      <ContinueTraining />
    </section>
  );
}

function Which() {
  const t = useTranslate();
  const run = useApp((state) => state.currentRun);
  const epoch = useApp((state) => state.lab.chosenEpoch ?? state.lab.ruleEpoch);
  if (run === null) return null;
  const values = { name: run.name, epoch: epoch ?? run.bestEpoch, classes: run.classes.length };
  const key = run.opened === undefined ? 'export.which' : 'export.which-opened';
  return <p>{t(key, values)}</p>;
}

/** Classes without photos are no part of a model; the person should know before the export says so. */
function EmptyClasses() {
  const t = useTranslate();
  const run = useApp((state) => state.currentRun);
  const classes = useApp((state) => state.classes);
  if (run === null) return null;
  const known = new Set(run.classes.map((info) => info.id));
  const missing = classes.filter((info) => !known.has(info.id)).map((info) => info.name);
  if (missing.length === 0) return null;
  return (
    <Notice tone="warning">
      <p>{t('export.empty-classes', { names: missing.join(', ') })}</p>
    </Notice>
  );
}

function Saved() {
  const t = useTranslate();
  const saved = useApp((state) => state.modelExport.saved);
  return (
    <p role="status" aria-label={t('export.status')}>
      {saved === null ? '' : t('export.saved', { name: saved })}
    </p>
  );
}
