/** The words of the trade in plain words. Opens at the term that was asked for; a field narrows it down. */
import { useEffect, useRef, useState } from 'react';
import { curveSketches } from '../../domain/curve-sketch.ts';
import { GLOSSARY_GROUP_NAMES, GLOSSARY_GROUPS, type GlossaryTerm } from '../../domain/glossary.ts';
import { glossaryMessages } from '../../i18n/en/glossary.ts';
import { addMessages, toMessageKey } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { CurveSketchPair } from '../../ui/primitives/curve-sketch.tsx';
import { Panel } from '../../ui/primitives/panel.tsx';
import { TextField } from '../../ui/primitives/text-field.tsx';
import styles from './glossary-room.module.css';

addMessages(glossaryMessages);

export function GlossaryRoom() {
  const t = useTranslate();
  const target = useApp((state) => state.glossaryTerm);
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  const [query, setQuery] = useState('');
  // A link pressed while the panel is open must find its term, whatever was typed before.
  const [shownTarget, setShownTarget] = useState(target);
  if (shownTarget !== target) {
    setShownTarget(target);
    setQuery('');
  }
  const wanted = query.trim().toLocaleLowerCase();
  const matches = (term: GlossaryTerm): boolean =>
    wanted === '' ||
    t(`glossary.${term}.name`).toLocaleLowerCase().includes(wanted) ||
    t(`glossary.${term}.text`).toLocaleLowerCase().includes(wanted);
  const groups = GLOSSARY_GROUP_NAMES.map((name) => ({
    name,
    terms: GLOSSARY_GROUPS[name].filter(matches),
  })).filter(({ terms }) => terms.length > 0);

  return (
    <Panel
      isOpen
      title={t('glossary.title')}
      onClose={() => {
        setOpenPanel(null);
      }}
    >
      <TextField label={t('glossary.find')} value={query} onChange={setQuery} />
      {groups.length === 0 && <p role="status">{t('glossary.none', { query })}</p>}
      {groups.map(({ name, terms }) => (
        <section key={name} className={styles.group} aria-label={t(`glossary.group.${name}`)}>
          <h3 className={styles.groupTitle}>{t(`glossary.group.${name}`)}</h3>
          {terms.map((term) => (
            <Term key={term} term={term} isTarget={term === target && wanted === ''} />
          ))}
        </section>
      ))}
    </Panel>
  );
}

interface TermProps {
  readonly term: GlossaryTerm;
  readonly isTarget: boolean;
}

function Term({ term, isTarget }: TermProps) {
  const t = useTranslate();
  const article = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isTarget) return undefined;
    // A frame later: a panel that opens takes the focus for itself first.
    const frame = requestAnimationFrame(() => {
      article.current?.scrollIntoView({ block: 'start' });
      article.current?.focus({ preventScroll: true });
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [isTarget]);
  const textKey = `glossary.${term}.text` as const;
  const curvesKey = toMessageKey(`glossary.${term}.curves`, textKey);
  const sketches = curveSketches(term);
  return (
    <article
      ref={article}
      tabIndex={-1}
      aria-label={t(`glossary.${term}.name`)}
      className={styles.term}
      data-target={isTarget}
    >
      <h4 className={styles.name}>{t(`glossary.${term}.name`)}</h4>
      <p>{t(textKey)}</p>
      {curvesKey !== textKey && (
        <p className={styles.curves}>
          <strong>{t('glossary.curves')}:</strong> {t(curvesKey)}
        </p>
      )}
      {sketches !== null && (
        <CurveSketchPair
          pair={sketches}
          captions={[t('glossary.little'), t('glossary.much')]}
          label={t('glossary.sketch')}
        />
      )}
    </article>
  );
}
