// Wrong twice: state below ui, and charts are drawn in ui/charts.
import 'recharts';
import '../state/slice.ts';
export const button = 1;
