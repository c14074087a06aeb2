/** A text as a QR code, dark on light in both themes: many cameras read no other. */
import { useEffect, useState } from 'react';
import styles from './qr-code.module.css';

export interface QrCodeProps {
  readonly text: string;
  readonly label: string;
  /** Said when the text is too long for any code. */
  readonly failedText: string;
}

interface Drawing {
  readonly size: number;
  readonly path: string;
}

/** Modules of empty edge that the standard asks for. */
const QUIET = 4;

export function QrCode({ text, label, failedText }: QrCodeProps) {
  const [drawing, setDrawing] = useState<Drawing | 'failed' | null>(null);
  useEffect(() => {
    let isCurrent = true;
    drawQr(text).then(
      (drawn) => {
        if (isCurrent) setDrawing(drawn);
      },
      () => {
        if (isCurrent) setDrawing('failed');
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [text]);
  if (drawing === 'failed') return <p>{failedText}</p>;
  if (drawing === null) return <div className={styles.code} />;
  const side = drawing.size + 2 * QUIET;
  return (
    <svg
      className={styles.code}
      data-paper=""
      role="img"
      aria-label={label}
      viewBox={`${String(-QUIET)} ${String(-QUIET)} ${String(side)} ${String(side)}`}
      shapeRendering="crispEdges"
    >
      <rect className={styles.paper} x={-QUIET} y={-QUIET} width={side} height={side} />
      <path className={styles.ink} d={drawing.path} />
    </svg>
  );
}

/** In a chunk of its own. Rejects when the text does not fit into the largest code. */
async function drawQr(text: string): Promise<Drawing> {
  const { default: qrcode } = await import('qrcode-generator');
  // Level M still reads with a seventh of it covered; 0: the smallest code that holds the text.
  const code = qrcode(0, 'M');
  code.addData(text, 'Byte');
  code.make();
  const size = code.getModuleCount();
  let path = '';
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (code.isDark(row, column)) path += `M${String(column)} ${String(row)}h1v1h-1z`;
    }
  }
  return { size, path };
}
