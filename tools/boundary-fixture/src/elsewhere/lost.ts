// Wrong: no row in the table.
import '../domain/circle-a.ts';
export const lost = 1;
