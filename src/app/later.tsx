/** A part of one room that another room shows: its code comes with its first use. */
import { lazy, Suspense, type ComponentType } from 'react';

/** With a boundary of its own: what it waits for must not hide the room around it. */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Part = lazy(async () => ({ default: await load() }));
  return function Later(props: Props) {
    return (
      <Suspense fallback={null}>
        <Part {...props} />
      </Suspense>
    );
  };
}
