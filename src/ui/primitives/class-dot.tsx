/** The colour of a class beside its name. Decoration: the name says it in words. */
import { classColor } from '../tokens/class-color.ts';
import styles from './class-dot.module.css';

export function ClassDot({ colorIndex }: { readonly colorIndex: number }) {
  return (
    <span
      className={styles.dot}
      style={{ background: classColor(colorIndex) }}
      aria-hidden="true"
    />
  );
}
