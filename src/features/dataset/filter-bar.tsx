/** Search, filter and order in one quiet line; what is hidden is said below it. */
import { ListFilter, Search } from 'lucide-react';
import { useMemo } from 'react';
import type { ClassId, PhotoOriginKind, Side } from '../../domain/photo.ts';
import { filterCount, PHOTO_SORTS, WHOLE_VIEW, type PhotoView } from '../../domain/photo-view.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { ClassPhotos } from '../../state/selectors/photos-by-class.ts';
import { Button } from '../../ui/primitives/button.tsx';
import { Popover } from '../../ui/primitives/popover.tsx';
import { Select, type SelectOption } from '../../ui/primitives/select.tsx';
import styles from './filter-bar.module.css';

export interface Flagged {
  /** In any finding. */
  readonly any: ReadonlySet<string>;
  /** Of the finding shown in the grids last, if one was. */
  readonly one: ReadonlySet<string> | null;
}

export interface FilterBarProps {
  readonly entries: readonly ClassPhotos[];
  readonly view: PhotoView;
  readonly flagged: Flagged;
  readonly shown: { readonly shown: number; readonly total: number };
  readonly onChange: (view: PhotoView) => void;
}

export function FilterBar({ entries, view, flagged, shown, onChange }: FilterBarProps) {
  const t = useTranslate();
  const count = filterCount(view) - (view.search.trim() === '' ? 0 : 1);
  return (
    <div role="group" aria-label={t('browse.tools')} className={styles.tools}>
      <div className={styles.search}>
        <Search aria-hidden="true" />
        <input
          type="search"
          className={styles.input}
          aria-label={t('browse.search')}
          placeholder={t('browse.search')}
          value={view.search}
          onChange={(event) => {
            onChange({ ...view, search: event.currentTarget.value });
          }}
        />
      </div>
      <Popover
        label={t('browse.tools')}
        trigger={
          <Button size="small" icon={ListFilter}>
            {count === 0 ? t('browse.filter') : t('browse.filter-count', { n: count })}
          </Button>
        }
      >
        <Choices entries={entries} view={view} flagged={flagged} onChange={onChange} />
      </Popover>
      <p role="status" className={filterCount(view) === 0 ? 'visually-hidden' : styles.shown}>
        {filterCount(view) === 0 ? '' : t('browse.shown', { n: shown.shown, total: shown.total })}
      </p>
      {filterCount(view) === 0 ? null : (
        <Button
          size="small"
          variant="quiet"
          onPress={() => {
            onChange({ ...WHOLE_VIEW, sort: view.sort });
          }}
        >
          {t('browse.show-all')}
        </Button>
      )}
    </div>
  );
}

/** A select's values are texts; this one means "whatever". */
const ANY = 'any';

function Choices({ entries, view, flagged, onChange }: Omit<FilterBarProps, 'shown'>) {
  const t = useTranslate();
  const origins = useMemo(() => {
    const found = new Set<PhotoOriginKind>();
    for (const { photos } of entries) for (const { origin } of photos) found.add(origin.kind);
    return [...found];
  }, [entries]);
  const any: SelectOption<typeof ANY> = { value: ANY, label: t('browse.any') };
  const onlyValue = view.only === null ? ANY : view.only === flagged.one ? 'one' : 'all';
  return (
    <div className={styles.choices}>
      <Select<ClassId>
        label={t('browse.filter-class')}
        value={view.classId ?? ANY}
        options={[any, ...entries.map(({ info }) => ({ value: info.id, label: info.name }))]}
        onChange={(id) => {
          onChange({ ...view, classId: id === ANY ? null : id });
        }}
      />
      <Select<Side | typeof ANY>
        label={t('browse.filter-side')}
        value={view.side ?? ANY}
        options={[
          any,
          ...(['train', 'validation', 'test'] as const).map((side) => ({
            value: side,
            label: t(`browse.side-${side}`),
          })),
        ]}
        onChange={(side) => {
          onChange({ ...view, side: side === ANY ? null : side });
        }}
      />
      <Select<PhotoOriginKind | typeof ANY>
        label={t('browse.filter-origin')}
        value={view.origin ?? ANY}
        options={[
          any,
          ...origins.map((kind) => ({ value: kind, label: t(`browse.origin-${kind}`) })),
        ]}
        onChange={(origin) => {
          onChange({ ...view, origin: origin === ANY ? null : origin });
        }}
      />
      <Select<'all' | 'one' | typeof ANY>
        label={t('browse.filter-flagged')}
        value={onlyValue}
        options={[
          any,
          { value: 'all', label: t('browse.flagged-any') },
          ...(flagged.one === null
            ? []
            : [{ value: 'one' as const, label: t('browse.flagged-one') }]),
        ]}
        onChange={(which) => {
          const only = which === ANY ? null : which === 'one' ? flagged.one : flagged.any;
          onChange({ ...view, only });
        }}
      />
      <Select
        label={t('browse.sort')}
        value={view.sort}
        options={PHOTO_SORTS.map((sort) => ({ value: sort, label: t(`browse.sort-${sort}`) }))}
        onChange={(sort) => {
          onChange({ ...view, sort });
        }}
      />
    </div>
  );
}
