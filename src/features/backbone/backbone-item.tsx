/** One backbone of the list: what it is, what it costs, and what can be done with it. */
import { useId } from 'react';
import type { BackboneCard } from '../../domain/backbone-card.ts';
import { toMessageKey } from '../../i18n/messages.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { BackboneActions } from './backbone-actions.tsx';
import { BackboneDownloadRow } from './backbone-download-row.tsx';
import styles from './backbone-item.module.css';
import { backboneReach, backboneState } from './backbone-state.ts';

export function BackboneItem({ card }: { readonly card: BackboneCard }) {
  const t = useTranslate();
  const titleId = useId();
  const state = useApp((app) => backboneState(card.id, app));
  const isHere = useApp((app) => app.availableBackbones.has(card.id));
  const isCurrent = state === 'in-use' || state === 'loading';
  const origin = card.source.kind === 'download' && isHere ? 'downloaded' : card.source.kind;
  return (
    <li
      className={styles.item}
      aria-labelledby={titleId}
      aria-current={isCurrent}
      data-backbone-id={card.id}
      data-state={state}
    >
      <div className={styles.head}>
        <h4 id={titleId} className={styles.name}>
          {card.name}
        </h4>
        <Tags card={card} isInUse={state === 'in-use'} />
      </div>
      <p className={styles.summary}>
        {t(toMessageKey(card.summaryKey, 'backbone.summary.self-hosted'))}
      </p>
      <Facts card={card} />
      <p className={styles.origin}>
        {t(`backbone.origin.${origin}`, {
          publisher: card.source.publisher,
          licence: card.licence,
        })}
      </p>
      <BackboneDownloadRow card={card} />
      <BackboneActions card={card} state={state} />
    </li>
  );
}

function Tags({ card, isInUse }: { readonly card: BackboneCard; readonly isInUse: boolean }) {
  const t = useTranslate();
  const reach = useApp((app) => backboneReach(card, app));
  return (
    <span className={styles.tags}>
      {isInUse && (
        <span className={styles.tag} data-tone="accent">
          {t('backbone.tag.in-use')}
        </span>
      )}
      <span className={styles.tag} data-tone={reach === 'offline' ? 'success' : 'neutral'}>
        {t(`backbone.tag.${reach}`)}
      </span>
    </span>
  );
}

function Facts({ card }: { readonly card: BackboneCard }) {
  const t = useTranslate();
  const formats = useFormats();
  const facts = [
    ['size', formats.bytes(card.totalBytes)],
    ['input', t('backbone.fact.input-value', { side: card.inputSize })],
    ['width', formats.number(card.embedding.width)],
    [
      'work',
      t('backbone.fact.work-value', { millions: formats.number(Math.round(card.multiplyAddsM)) }),
    ],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(([key, value]) => (
        <div key={key} className={styles.fact}>
          <dt className={styles.factName}>{t(`backbone.fact.${key}`)}</dt>
          <dd className={styles.factValue}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
