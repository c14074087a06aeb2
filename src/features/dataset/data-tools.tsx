/** Under the heading: what was found in the data, and which photos are shown in what order. */
import { memo, useCallback, useEffect, useMemo, useState } from 'react';
import type { Finding } from '../../domain/finding.ts';
import type { PhotoId } from '../../domain/photo.ts';
import { filterCount, viewPhotos, WHOLE_VIEW, type PhotoView } from '../../domain/photo-view.ts';
import { browseMessages } from '../../i18n/en/browse.ts';
import { findingsMessages } from '../../i18n/en/findings.ts';
import { addMessages } from '../../i18n/messages.ts';
import type { ClassPhotos } from '../../state/selectors/photos-by-class.ts';
import { createFindingsService } from '../../state/services/findings-service.ts';
import { useAppHandle } from '../../state/use-app.tsx';
import { useFindings } from '../../state/use-findings.ts';
import { FilterBar } from './filter-bar.tsx';
import { FindingsSection } from './findings/findings-section.tsx';
import type { Arrange } from './use-arranged.ts';

addMessages(browseMessages);
addMessages(findingsMessages);

export interface DataToolsProps {
  readonly entries: readonly ClassPhotos[];
  /** How the grids are arranged from now on (null: as they are), and what is selected with it. */
  readonly onShow: (arrange: Arrange | null, selected: Iterable<PhotoId>) => void;
}

const NONE: readonly PhotoId[] = [];

export const DataTools = memo(function DataTools({ entries, onShow }: DataToolsProps) {
  const app = useAppHandle();
  const [service] = useState(() => createFindingsService(app));
  useEffect(() => service.start(), [service]);
  const any = useFindings(service, (state) => state.flagged);
  const [one, setOne] = useState<ReadonlySet<PhotoId> | null>(null);
  const [view, setView] = useState<PhotoView>(WHOLE_VIEW);
  const change = useCallback(
    (next: PhotoView, selected: Iterable<PhotoId> = NONE) => {
      setView(next);
      onShow(toArrange(next), selected);
    },
    [onShow],
  );
  const showFinding = useCallback(
    (finding: Finding) => {
      const only = new Set(finding.photoIds);
      setOne(only);
      change({ ...WHOLE_VIEW, only }, only);
    },
    [change],
  );
  useGoneClass(entries, view, change);
  const shown = useMemo(() => countShown(entries, view), [entries, view]);
  const flagged = useMemo(() => ({ any, one }), [any, one]);
  return (
    <>
      <FindingsSection service={service} onShow={showFinding} />
      <FilterBar entries={entries} view={view} flagged={flagged} shown={shown} onChange={change} />
    </>
  );
});

function toArrange(view: PhotoView): Arrange | null {
  if (filterCount(view) === 0 && view.sort === 'added') return null;
  return ({ info, photos }) => viewPhotos(info.id, photos, view);
}

function countShown(entries: readonly ClassPhotos[], view: PhotoView) {
  let total = 0;
  let shown = 0;
  const unsorted: PhotoView = { ...view, sort: 'added' };
  for (const { info, photos } of entries) {
    total += photos.length;
    shown += viewPhotos(info.id, photos, unsorted)?.length ?? 0;
  }
  return { shown, total };
}

/** A filter on a class that was removed or merged would leave an empty room. */
function useGoneClass(
  entries: readonly ClassPhotos[],
  view: PhotoView,
  change: (view: PhotoView) => void,
): void {
  const { classId } = view;
  const isGone = classId !== null && !entries.some(({ info }) => info.id === classId);
  useEffect(() => {
    if (isGone) change({ ...view, classId: null });
  }, [isGone, view, change]);
}
