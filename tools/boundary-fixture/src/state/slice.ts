// Wrong: layer.
import '../i18n/plain.ts';
export const slice = 1;
