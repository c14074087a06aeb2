/**
 * An area that takes dropped files and shows so while they hover over it. Hands over the raw
 * DataTransfer (folders are read from it by the capture room, within the drop event). Always put a
 * FileButton inside or beside it: not everybody drags.
 */
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './drop-zone.module.css';

export interface DropZoneProps {
  readonly label: string;
  readonly onDrop: (data: DataTransfer) => void;
  /** `framed` is an invitation with a dashed edge; `bare` shows nothing until something hovers. */
  readonly look?: 'framed' | 'bare';
  /** Shown over the area while files hover, e.g. "Add to ants". */
  readonly hint?: string | undefined;
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
}

function carriesFiles(data: DataTransfer): boolean {
  return data.types.includes('Files');
}

export function DropZone({
  label,
  onDrop,
  look = 'framed',
  hint,
  isDisabled = false,
  children,
}: DropZoneProps) {
  const [isOver, setIsOver] = useState(false);
  // Children fire their own enter and leave; only the outermost pair counts.
  const depth = useRef(0);

  function leave(): void {
    depth.current = 0;
    setIsOver(false);
  }

  const handlers = {
    onDragEnter(event: DragEvent) {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      event.stopPropagation();
      depth.current++;
      setIsOver(true);
    },
    onDragOver(event: DragEvent) {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      event.stopPropagation();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDragLeave() {
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) leave();
    },
    onDrop(event: DragEvent) {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      event.stopPropagation();
      leave();
      onDrop(event.dataTransfer);
    },
  };

  return (
    <div
      role="group"
      aria-label={label}
      className={classNames(styles.zone, styles[look])}
      data-over={isOver ? '' : undefined}
      {...(isDisabled ? {} : handlers)}
    >
      {children}
      {isOver && hint ? (
        <div className={styles.hint} aria-hidden="true">
          <span>{hint}</span>
        </div>
      ) : null}
    </div>
  );
}
