// Wrong: the domain imports nothing of ours.
import '../ui/button.ts';
export const rule = 1;
