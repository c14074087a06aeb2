/** Over the photo or the camera of the try-out room: where the answer comes from. */
import { addMessages } from '../../i18n/messages.ts';
import { explainMessages } from '../../i18n/en/explain.ts';
import { useApp } from '../../state/use-app.tsx';
import { EvidenceLayer } from './evidence-layer.tsx';
import { useShownLook } from './use-shown-look.ts';

addMessages(explainMessages);

export function TryOverlay() {
  const look = useShownLook();
  const classes = useApp((state) => state.prediction?.classes ?? null);
  const isCamera = useApp((state) => state.prediction?.source === 'camera');
  const isMirrored = useApp((state) => state.trySettings.isMirrored);
  // The picture has changed and its own evidence is not here yet.
  const isWorking = useApp((state) => state.predictStatus === 'working');
  if (look === null || classes === null || isWorking) return null;
  return <EvidenceLayer look={look} classes={classes} isMirrored={isCamera && isMirrored} />;
}
