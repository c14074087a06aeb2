/** A figure of the report on screen. The file's is made of the same shapes (`report-html`). */
import styles from './report-tab.module.css';
import { FIGURE_HEIGHT, FIGURE_WIDTH, figureShapes, type ReportFigure } from './report-figure.ts';

export function ReportDrawing({ figure }: { readonly figure: ReportFigure }) {
  return (
    <svg
      role="img"
      aria-label={figure.title}
      className={styles.figure}
      viewBox={`0 0 ${String(FIGURE_WIDTH)} ${String(FIGURE_HEIGHT)}`}
    >
      {figureShapes(figure).map((shape, index) =>
        shape.kind === 'path' ? (
          <path key={index} data-tone={shape.tone} data-dashed={shape.isDashed} d={shape.d} />
        ) : (
          <text
            key={index}
            data-tone={shape.tone}
            x={shape.x}
            y={shape.y}
            textAnchor={shape.anchor}
          >
            {shape.text}
          </text>
        ),
      )}
    </svg>
  );
}
