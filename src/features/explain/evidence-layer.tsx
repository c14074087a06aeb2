/** The overlay of one look, described for those who cannot see it. */
import { useMemo } from 'react';
import type { ClassInfo } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import type { Look } from '../../state/services/close-look.ts';
import { useApp } from '../../state/use-app.tsx';
import { EvidenceCanvas } from './evidence-canvas.tsx';
import { evidenceView } from './evidence-view.ts';

interface EvidenceLayerProps {
  readonly look: Look;
  readonly classes: readonly ClassInfo[];
  readonly isMirrored?: boolean;
}

export function EvidenceLayer({ look, classes, isMirrored = false }: EvidenceLayerProps) {
  const t = useTranslate();
  const { classId, layer, strength } = useApp((state) => state.why);
  const view = useMemo(
    () => evidenceView(look, classes, { classId, layer }, isMirrored),
    [look, classes, classId, layer, isMirrored],
  );
  if (view === null) return null;
  const { name } = view.shownClass;
  const labelKey =
    view.layer === 'hiding' ? 'explain.overlay-label-hiding' : 'explain.overlay-label';
  return (
    <EvidenceCanvas
      map={view.map}
      scale={view.scale}
      strength={strength}
      marked={view.marked}
      isMirrored={isMirrored}
      label={
        view.place === null
          ? t('explain.overlay-label-none', { name })
          : t(labelKey, { name, place: t(`explain.place-${view.place}`) })
      }
    />
  );
}
