/** One finding: a sentence, pictures as evidence, and what can be done, each with one press. */
import { Images, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Finding } from '../../../domain/finding.ts';
import type { PhotoId } from '../../../domain/photo.ts';
import { useTranslate } from '../../../i18n/use-translate.ts';
import { useApp } from '../../../state/use-app.tsx';
import { Button } from '../../../ui/primitives/button.tsx';
import { IconButton } from '../../../ui/primitives/icon-button.tsx';
import { ClashList } from './clash-list.tsx';
import { Evidence } from './evidence.tsx';
import { FindingActions } from './finding-actions.tsx';
import { findingText } from './finding-text.ts';
import styles from './findings.module.css';

export interface FindingCardProps {
  readonly finding: Finding;
  readonly doubtful: ReadonlySet<PhotoId>;
  readonly onShow: (finding: Finding) => void;
  readonly onDismiss: (finding: Finding) => void;
  readonly children: ReactNode;
}

/** What falsifies the score, and what only wants a look. */
const WRONG = ['leak', 'two-classes', 'nearly-two-classes'];

export function FindingCard({ finding, doubtful, onShow, onDismiss, children }: FindingCardProps) {
  const t = useTranslate();
  const classes = useApp((state) => state.classes);
  const { kind, photoIds } = finding;
  const text = findingText(finding, classes, t);
  const isClash = kind === 'two-classes' || kind === 'nearly-two-classes';
  const doubts = kind === 'near-copies' ? doubtfulSets(finding, doubtful).length : 0;
  return (
    <article
      className={styles.card}
      data-tone={WRONG.includes(kind) ? 'wrong' : 'doubt'}
      data-kind={kind}
    >
      <header className={styles.cardHead}>
        <p className={styles.sentence}>
          {text}
          {kind === 'same-background' ? <Swatch finding={finding} /> : null}
        </p>
        <IconButton
          label={t('findings.dismiss', { what: text })}
          icon={X}
          size="small"
          onPress={() => {
            onDismiss(finding);
          }}
        />
      </header>
      {isClash ? <ClashList finding={finding} /> : <Evidence finding={finding} />}
      {doubts === 0 ? null : <p className={styles.quiet}>{t('findings.doubt', { n: doubts })}</p>}
      <div className={styles.actions}>
        <FindingActions finding={finding} doubtful={doubtful} />
        {photoIds.length === 0 ? null : (
          <Button
            size="small"
            variant="quiet"
            icon={Images}
            onPress={() => {
              onShow(finding);
            }}
          >
            {t('findings.show')}
          </Button>
        )}
      </div>
      {children}
    </article>
  );
}

/** Sets with a member that the backbone sees apart from the others. */
export function doubtfulSets(
  finding: Finding,
  doubtful: ReadonlySet<PhotoId>,
): readonly (readonly PhotoId[])[] {
  return finding.sets.filter((set) => set.some((id) => doubtful.has(id)));
}

function Swatch({ finding }: { readonly finding: Finding }) {
  const t = useTranslate();
  const { red = 0, green = 0, blue = 0 } = finding.figures;
  const channels = [red, green, blue].map((value) => Math.round(value * 255));
  return (
    <span
      role="img"
      aria-label={t('findings.same-background-swatch')}
      className={styles.swatch}
      style={{ background: `rgb(${channels.join(' ')})` }}
    />
  );
}
