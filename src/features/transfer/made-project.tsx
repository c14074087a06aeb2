/** A project that was made of pictures, some of which were left out: which ones, and the way into it. */
import { refusalText } from '../../i18n/refusal-text.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { Refusal } from '../../state/store-types.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import styles from './transfer.module.css';

const SHOWN_REFUSALS = 100;

interface MadeProjectProps {
  readonly name: string;
  readonly photos: number;
  readonly refusals: readonly Refusal[];
}

export function MadeProject({ name, photos, refusals }: MadeProjectProps) {
  const t = useTranslate();
  const open = useApp((state) => state.openMadeProject);
  const more = refusals.length - SHOWN_REFUSALS;
  return (
    <section className={styles.section}>
      <p role="status">{t('transfer.made', { name, photos, left: refusals.length })}</p>
      <div className={styles.actions}>
        <Button
          variant="primary"
          onPress={() => {
            void open().then(() => {
              window.location.reload();
            });
          }}
        >
          {t('transfer.open-made', { name })}
        </Button>
      </div>
      <ul className={styles.list} aria-label={t('transfer.skipped')}>
        {refusals.slice(0, SHOWN_REFUSALS).map((refusal, i) => (
          <li key={i} className={styles.stacked}>
            <bdi>{refusal.fileName}</bdi>
            <span className={styles.muted}>{refusalText(t, refusal)}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles.muted}>{t('transfer.made-more', { n: more })}</p>}
    </section>
  );
}
