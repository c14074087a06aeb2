// Wrong: the exported page must not pull in the app's protocol.
export { plain } from '../protocol/plain.ts';
