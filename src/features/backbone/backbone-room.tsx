/** The panel of backbones: what is loaded, what else there is, and how to get it. */
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { EmptyState } from '../../ui/primitives/empty-state.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { Panel } from '../../ui/primitives/panel.tsx';
import { Boxes } from 'lucide-react';
import { BackboneItem } from './backbone-item.tsx';
import styles from './backbone-room.module.css';
import { groupBackbones } from './backbone-state.ts';
import { BackboneStatusLine } from './backbone-status-line.tsx';
import { backboneMessages } from '../../i18n/en/backbone.ts';
import { addMessages } from '../../i18n/messages.ts';

addMessages(backboneMessages);

export function BackboneRoom() {
  const t = useTranslate();
  const cards = useApp((state) => state.backbones);
  const photoCount = useApp((state) => state.photos.size);
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  return (
    <Panel
      isOpen
      width="wide"
      title={t('backbone.title')}
      description={t('backbone.description')}
      onClose={() => {
        setOpenPanel(null);
      }}
    >
      <BackboneStatusLine />
      {photoCount > 0 && (
        <Notice tone="info">
          <p>{t('backbone.reembed', { n: photoCount })}</p>
        </Notice>
      )}
      {cards.length === 0 && <EmptyState icon={Boxes} title={t('backbone.none')} />}
      {groupBackbones(cards).map((group) => (
        <section key={group.kind} className={styles.group}>
          <h3 className={styles.groupTitle}>{t(`backbone.group.${group.kind}`)}</h3>
          {group.kind === 'download' && (
            <p className={styles.groupText}>{t('backbone.group-text.download')}</p>
          )}
          <ul role="list" className={styles.list}>
            {group.cards.map((card) => (
              <BackboneItem key={card.id} card={card} />
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  );
}
