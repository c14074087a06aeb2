/** What is known about one photo, and what can be changed. */
import { Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import type { Photo, PhotoId, Side } from '../../domain/photo.ts';
import { sideOfRank } from '../../domain/split-rank.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp, useThumbnail } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { SegmentedControl } from '../../ui/primitives/segmented-control.tsx';
import { Select } from '../../ui/primitives/select.tsx';
import type { PreviewActions } from './photo-preview.tsx';
import styles from './photo-preview.module.css';
import { useStoredPicture } from './use-preview-pictures.ts';

export interface PreviewFactsProps {
  readonly photo: Photo;
  readonly actions: PreviewActions;
  readonly onShow: (id: PhotoId) => void;
}

export function PreviewFacts({ photo, actions, onShow }: PreviewFactsProps) {
  const t = useTranslate();
  const classes = useApp((state) => state.classes);
  return (
    <section className={styles.facts} aria-label={t('browse.facts')}>
      <Select
        label={t('browse.class')}
        value={photo.classId}
        options={classes.map((info) => ({ value: info.id, label: info.name }))}
        onChange={(id) => {
          actions.giveClass(classes.findIndex((info) => info.id === id));
        }}
      />
      <SideChoice photo={photo} onPin={actions.pin} />
      <Numbers photo={photo} />
      <Group photo={photo} onShow={onShow} />
      <div className={styles.ends}>
        <Button size="small" icon={Trash2} onPress={actions.remove}>
          {t('browse.delete')}
        </Button>
        <p className={styles.quiet}>{t('browse.keys')}</p>
      </div>
    </section>
  );
}

function SideChoice({
  photo,
  onPin,
}: {
  readonly photo: Photo;
  readonly onPin: PreviewActions['pin'];
}) {
  const t = useTranslate();
  const split = useApp((state) => state.split);
  const offersTest = split.testShare > 0 || photo.side === 'test';
  const sides: readonly Side[] = offersTest
    ? ['train', 'validation', 'test']
    : ['train', 'validation'];
  const { splitRank } = photo;
  const bySplit = splitRank === undefined ? photo.side : sideOfRank(splitRank, split);
  return (
    <SegmentedControl<Side | 'auto'>
      label={t('browse.side')}
      value={photo.pinned ? photo.side : 'auto'}
      segments={[
        {
          value: 'auto',
          label: t('browse.side-auto', {
            side: t(`browse.side-${photo.pinned ? bySplit : photo.side}`),
          }),
        },
        ...sides.map((side) => ({ value: side, label: t(`browse.side-${side}`) })),
      ]}
      onChange={(side) => {
        onPin(side === 'auto' ? null : side);
      }}
    />
  );
}

function Numbers({ photo }: { readonly photo: Photo }) {
  const t = useTranslate();
  const formats = useFormats();
  const stored = useStoredPicture(photo);
  const { width, height } = photo;
  const rows = [
    [t('browse.origin'), t(`browse.origin-${photo.origin.kind}`)],
    [
      t('browse.size'),
      stored === null
        ? t('browse.size-only', { width, height })
        : t('browse.size-value', { width, height, bytes: formats.bytes(stored.bytes) }),
    ],
    [t('browse.added'), t('browse.added-value', { at: photo.addedAt })],
  ] as const;
  return (
    <dl className={styles.numbers}>
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const SHOWN_MEMBERS = 11;

function Group({
  photo,
  onShow,
}: {
  readonly photo: Photo;
  readonly onShow: PreviewFactsProps['onShow'];
}) {
  const t = useTranslate();
  const photos = useApp((state) => state.photos);
  const { groupId, id } = photo;
  const others = useMemo(
    () => [...photos.values()].filter((each) => each.groupId === groupId && each.id !== id),
    [photos, groupId, id],
  );
  if (others.length === 0) return null;
  const { burstId } = photo.origin;
  const isRecording =
    burstId !== undefined && others.every((each) => each.origin.burstId === burstId);
  return (
    <div className={styles.group}>
      <p>{t(isRecording ? 'browse.group-recording' : 'browse.group', { n: others.length })}</p>
      <div className={styles.members}>
        {others.slice(0, SHOWN_MEMBERS).map((each) => (
          <Member key={each.id} photo={each} onShow={onShow} />
        ))}
        {others.length > SHOWN_MEMBERS ? (
          <span className={styles.quiet}>
            {t('browse.group-more', { n: others.length - SHOWN_MEMBERS })}
          </span>
        ) : null}
      </div>
    </div>
  );
}

function Member({
  photo,
  onShow,
}: {
  readonly photo: Photo;
  readonly onShow: PreviewFactsProps['onShow'];
}) {
  const t = useTranslate();
  const url = useThumbnail(photo.imageHash);
  return (
    <button
      type="button"
      className={styles.member}
      aria-label={t('browse.group-open', { file: photo.name })}
      onClick={() => {
        onShow(photo.id);
      }}
    >
      {url === null ? null : <img src={url} alt="" />}
    </button>
  );
}
