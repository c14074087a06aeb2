/** Writes what is really in use onto <html>, for measurements and scripts (docs/AUTOMATION.md). */
import { useEffect } from 'react';
import { useApp } from '../../state/use-app.tsx';

export function DocumentFacts() {
  const boot = useApp((state) => state.boot.status);
  const theme = useApp((state) => state.theme);
  const training = useApp((state) => state.training.status);
  const inUse = useApp((state) => state.backends.inUse);
  const backbone = useApp((state) =>
    state.backboneStatus.kind === 'ready' ? state.backboneStatus.backboneId : '',
  );
  const busy = useApp((state) => state.intake !== null || state.embedding !== null);

  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
  }, [theme]);

  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset['boot'] = boot;
    dataset['training'] = training;
    dataset['backendEmbedding'] = inUse?.embedding ?? '';
    dataset['backendHead'] = inUse?.head ?? '';
    dataset['backbone'] = backbone;
    dataset['busy'] = String(busy);
  }, [boot, training, inUse, backbone, busy]);

  return null;
}
