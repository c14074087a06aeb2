// Wrong twice: another feature, and a layer below state.
import '../two/room.ts';
import '../../engine/other.ts';
export const one = 1;
