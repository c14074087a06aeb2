/** Which class a file on its way in belongs to; classes are made when their first photo is taken. */
import { normaliseClassName } from '../../domain/class-names.ts';
import type { ClassId, ClassInfo } from '../../domain/photo.ts';
import type { IntakeTarget } from '../store-types.ts';

interface ClassMaker {
  readonly classes: () => readonly ClassInfo[];
  /** Without a name it gets the next free one. */
  readonly add: (name: string | null) => ClassId;
}

/** For the files of one drop, by the folder they lay in; null where no class is meant for them. */
export function createClassFinder(
  target: IntakeTarget,
  maker: ClassMaker,
): (folder: string | null) => ClassId | null {
  let made: ClassId | null = null;
  return (folder) => {
    if (target.kind === 'class') return target.classId;
    if (target.kind === 'new-class') return (made ??= maker.add(null));
    const name = normaliseClassName(folder ?? '');
    if (name === '') return target.loose;
    return maker.classes().find((info) => info.name === name)?.id ?? maker.add(name);
  };
}
