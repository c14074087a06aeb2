/** All photos on one plane: look, find what lies wrong, select with a lasso and put it right. */
import { useCallback, useMemo, useState } from 'react';
import { shownVarianceShare, type MapMethod } from '../../domain/photo-map.ts';
import type { PhotoId } from '../../domain/photo.ts';
import { addMessages } from '../../i18n/messages.ts';
import { explainMessages } from '../../i18n/en/explain.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { ProgressBar } from '../../ui/primitives/progress-bar.tsx';
import { SegmentedControl } from '../../ui/primitives/segmented-control.tsx';
import { MapCanvas } from './map-canvas.tsx';
import { MapLegend } from './map-legend.tsx';
import { MapPhoto } from './map-photo.tsx';
import { MapSelectionBar } from './map-selection-bar.tsx';
import type { MapTool } from './map-stage.ts';
import { MapTable } from './map-table.tsx';
import styles from './photo-map.module.css';
import { usePhotoMap, type PhotoMapState } from './use-photo-map.ts';

addMessages(explainMessages);

export function PhotoMapTab() {
  const t = useTranslate();
  const state = usePhotoMap();
  return (
    <section aria-label={t('explain.map-title')} className={styles.tab}>
      <p className={styles.note}>{t('explain.map-intro')}</p>
      {state.share !== null && (
        <ProgressBar
          label={t('explain.map-progress')}
          done={Math.round(100 * state.share)}
          total={100}
          counts={`${String(Math.round(100 * state.share))}%`}
          onCancel={state.cancel}
          cancelLabel={t('explain.map-cancel')}
        />
      )}
      {state.share === null && state.kept === null && <NoMap state={state} />}
      {state.kept !== null && <DrawnMap state={state} />}
    </section>
  );
}

function NoMap({ state }: { readonly state: PhotoMapState }) {
  const t = useTranslate();
  const { problem, draw } = state;
  const canDraw = problem === 'failed' || problem === 'cancelled';
  return (
    <div role="status" className={styles.none}>
      <p>{t(canDraw ? `explain.map-${problem}` : 'explain.map-none')}</p>
      {canDraw && <Button onPress={() => draw('umap')}>{t('explain.map-draw')}</Button>}
    </div>
  );
}

function DrawnMap({ state }: { readonly state: PhotoMapState }) {
  const { points, kept } = state;
  const [tool, setTool] = useState<MapTool>('move');
  const [look, setLook] = useState<'points' | 'pictures'>('points');
  const [chosen, setChosen] = useState<ReadonlySet<PhotoId>>(new Set());
  const [focusedId, setFocusedId] = useState<PhotoId | null>(null);
  const [hoveredId, setHoveredId] = useState<PhotoId | null>(null);
  const select = useCallback((ids: readonly PhotoId[], mode: 'replace' | 'add' | 'toggle') => {
    setChosen((before) => changedSelection(before, ids, mode));
  }, []);
  // Photos that were deleted meanwhile are selected no more; undo brings them back.
  const selected = useMemo(
    () => new Set(points.filter((point) => chosen.has(point.id)).map((point) => point.id)),
    [points, chosen],
  );
  const shownId = hoveredId ?? focusedId;
  return (
    <>
      <MapControls state={state} tool={tool} onTool={setTool} look={look} onLook={setLook} />
      <MapSelectionBar selected={selected} onClear={() => select([], 'replace')} />
      <div className={styles.stage}>
        <MapCanvas
          points={points}
          tool={tool}
          hasPictures={look === 'pictures'}
          selected={selected}
          focusedId={focusedId}
          onFocus={setFocusedId}
          onHover={setHoveredId}
          onSelect={select}
        />
        <MapLegend points={points} />
      </div>
      {kept !== null && (
        <MapPhoto
          kept={kept}
          points={points}
          shownId={shownId}
          focusedId={focusedId}
          onFocus={setFocusedId}
        />
      )}
      <MapTable points={points} selected={selected} onGo={setFocusedId} />
    </>
  );
}

function changedSelection(
  before: ReadonlySet<PhotoId>,
  ids: readonly PhotoId[],
  mode: 'replace' | 'add' | 'toggle',
): ReadonlySet<PhotoId> {
  if (mode === 'replace') return new Set(ids);
  const next = new Set(before);
  for (const id of ids) {
    if (mode === 'toggle' && next.has(id)) next.delete(id);
    else next.add(id);
  }
  return next;
}

interface MapControlsProps {
  readonly state: PhotoMapState;
  readonly tool: MapTool;
  readonly onTool: (tool: MapTool) => void;
  readonly look: 'points' | 'pictures';
  readonly onLook: (look: 'points' | 'pictures') => void;
}

function MapControls({ state, tool, onTool, look, onLook }: MapControlsProps) {
  const t = useTranslate();
  return (
    <>
      <div className={styles.controls}>
        <SegmentedControl<MapMethod>
          label={t('explain.map-method')}
          value={state.kept?.map.method ?? 'umap'}
          onChange={state.draw}
          isDisabled={state.share !== null}
          segments={[
            { value: 'umap', label: t('explain.map-umap') },
            { value: 'pca', label: t('explain.map-pca') },
          ]}
        />
        <SegmentedControl
          label={t('explain.map-look')}
          value={look}
          onChange={onLook}
          segments={[
            { value: 'points', label: t('explain.map-points') },
            { value: 'pictures', label: t('explain.map-thumbnails') },
          ]}
        />
        <SegmentedControl
          label={t('explain.map-tool')}
          value={tool}
          onChange={onTool}
          segments={[
            { value: 'move', label: t('explain.map-tool-move') },
            { value: 'select', label: t('explain.map-tool-select') },
          ]}
        />
      </div>
      <MapRemarks state={state} />
    </>
  );
}

function MapRemarks({ state }: { readonly state: PhotoMapState }) {
  const t = useTranslate();
  const formats = useFormats();
  const unembedded = useApp((each) => each.unembedded);
  const { kept, points, share } = state;
  if (kept === null) return null;
  const placed = points.filter((point) => !kept.rowOf.has(point.id)).length;
  return (
    <div className={styles.note}>
      <p>
        {kept.map.method === 'umap'
          ? t('explain.map-umap-hint')
          : t('explain.map-pca-hint', {
              share: formats.percent(shownVarianceShare(kept.map.axes)),
            })}
      </p>
      {state.problem === 'failed' && <p>{t('explain.map-failed')}</p>}
      {unembedded > 0 && <p>{t('explain.map-unembedded', { n: unembedded })}</p>}
      {placed > 0 && (
        <p>
          {t('explain.map-placed', { n: placed })}{' '}
          <Button
            size="small"
            isDisabled={share !== null}
            onPress={() => state.draw(kept.map.method)}
          >
            {t('explain.map-draw-again')}
          </Button>
        </p>
      )}
    </div>
  );
}
