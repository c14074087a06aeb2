/** A piece of the line that stands for a run. */
import styles from './overlay-chart.module.css';

export function OverlaySample({ slot }: { readonly slot: number }) {
  return (
    <svg className={styles.sample} width={26} height={10} viewBox="0 0 26 10" aria-hidden="true">
      <path d="M1 5H25" className={styles.line} data-slot={slot} />
    </svg>
  );
}
