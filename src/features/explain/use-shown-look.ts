/** What the model was asked about last, with its evidence; null while nobody wants to know why. */
import type { Look } from '../../state/services/close-look.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';

export function useShownLook(): Look | null {
  const { closeLook } = useAppHandle().tools;
  // The look itself is kept beside the store; its revision says when to read it again.
  useApp((state) => state.why.revision);
  const isOn = useApp((state) => state.why.isOn);
  const { shown } = closeLook;
  return isOn && shown?.evidence !== undefined ? shown : null;
}
