/** The map itself: zoom, move, lasso, and a keyboard that goes from photo to photo. */
import { Maximize, Minus, Plus } from 'lucide-react';
import {
  useCallback,
  useEffect,
  useMemo,
  useState,
  type KeyboardEvent,
  type RefCallback,
} from 'react';
import { nextInDirection, type Direction } from '../../domain/map-geometry.ts';
import type { PhotoId } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useAppHandle } from '../../state/use-app.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import { createMapPictures } from './map-pictures.ts';
import type { MapPoint } from './map-points.ts';
import { MapStage, type MapTool } from './map-stage.ts';
import styles from './photo-map.module.css';

export interface MapCanvasProps {
  readonly points: readonly MapPoint[];
  readonly tool: MapTool;
  readonly hasPictures: boolean;
  readonly selected: ReadonlySet<PhotoId>;
  readonly focusedId: PhotoId | null;
  readonly onFocus: (id: PhotoId | null) => void;
  readonly onHover: (id: PhotoId | null) => void;
  readonly onSelect: (ids: readonly PhotoId[], mode: 'replace' | 'add' | 'toggle') => void;
}

const ZOOM_STEP = 1.5;
const KEY_DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

export function MapCanvas(props: MapCanvasProps) {
  const { points, focusedId, onFocus, onSelect } = props;
  const t = useTranslate();
  const { stage, attach } = useStage(props);

  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = KEY_DIRECTIONS[event.key];
    if (direction !== undefined) {
      const from = points.findIndex((point) => point.id === focusedId);
      const next = points[nextInDirection(points, from, direction)];
      if (next !== undefined) {
        onFocus(next.id);
        stage?.reveal(next);
      }
    } else if (event.key === ' ' || event.key === 'Enter') {
      if (focusedId !== null) onSelect([focusedId], 'toggle');
    } else if (event.key === '+' || event.key === '=') stage?.zoomBy(ZOOM_STEP);
    else if (event.key === '-') stage?.zoomBy(1 / ZOOM_STEP);
    else if (event.key === '0') stage?.fit();
    else if (event.key === 'Escape') onSelect([], 'replace');
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.map}>
      <div
        ref={attach}
        role="application"
        aria-label={t('explain.map-canvas', { n: points.length })}
        tabIndex={0}
        className={styles.frame}
        data-tool={props.tool}
        onKeyDown={onKeyDown}
      >
        <canvas role="img" aria-label={t('explain.map-drawing', { n: points.length })} />
      </div>
      <div className={styles.zoom}>
        <IconButton
          label={t('explain.map-zoom-in')}
          icon={Plus}
          size="small"
          onPress={() => stage?.zoomBy(ZOOM_STEP)}
        />
        <IconButton
          label={t('explain.map-zoom-out')}
          icon={Minus}
          size="small"
          onPress={() => stage?.zoomBy(1 / ZOOM_STEP)}
        />
        <IconButton
          label={t('explain.map-fit')}
          icon={Maximize}
          size="small"
          onPress={() => stage?.fit()}
        />
      </div>
    </div>
  );
}

/** The stage paints and listens by itself: at sixty frames a second React would be in the way. */
function useStage(props: MapCanvasProps): {
  readonly stage: MapStage | null;
  readonly attach: RefCallback<HTMLDivElement>;
} {
  const { thumbnails } = useAppHandle();
  const { points, tool, hasPictures, selected, focusedId, onFocus, onHover, onSelect } = props;
  const [stage, setStage] = useState<MapStage | null>(null);
  const attach = useCallback((frame: HTMLDivElement) => {
    const canvas = frame.querySelector('canvas');
    if (canvas === null) return;
    const created = new MapStage(frame, canvas);
    setStage(created);
    return () => {
      created.dispose();
    };
  }, []);
  const pictures = useMemo(
    () =>
      stage !== null && hasPictures ? createMapPictures(thumbnails, () => stage.schedule()) : null,
    [stage, hasPictures, thumbnails],
  );
  useEffect(() => () => pictures?.dispose(), [pictures]);
  useEffect(() => {
    stage?.update({
      points,
      tool,
      selected,
      focusedId,
      picture: pictures === null ? null : (point) => pictures.get(point.photo.imageHash),
      onFocus,
      onHover,
      onSelect,
    });
  }, [stage, points, tool, selected, focusedId, pictures, onFocus, onHover, onSelect]);
  return { stage, attach };
}
