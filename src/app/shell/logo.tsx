/** Two curves parting: training solid, validation dashed. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--surface-3)" />
      <path
        d="M6 8c5 9 10 15 20 16"
        fill="none"
        stroke="var(--training)"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <path
        d="M6 8c4 6 8 8 11 7s6-3 9-4"
        fill="none"
        stroke="var(--validation)"
        strokeWidth="3"
        strokeLinecap="round"
        strokeDasharray="4 4.5"
      />
    </svg>
  );
}
