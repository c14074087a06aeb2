/** The panel of backends: what was measured on this device, what is used, and how to choose. */
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Panel } from '../../ui/primitives/panel.tsx';
import { BackendDetails } from './backend-details.tsx';
import { BackendOverride } from './backend-override.tsx';
import { BackendSurvey } from './backend-survey.tsx';
import { BackendTable } from './backend-table.tsx';
import { TamperedWarning } from './tampered-warning.tsx';

export function BackendRoom() {
  const t = useTranslate();
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  const isTampered = useApp((state) => state.canvasTampered);
  return (
    <Panel
      isOpen
      width="wide"
      title={t('backends.title')}
      description={t('backends.description')}
      onClose={() => {
        setOpenPanel(null);
      }}
    >
      {isTampered && <TamperedWarning />}
      <BackendTable />
      <BackendSurvey />
      <BackendOverride />
      <BackendDetails />
    </Panel>
  );
}
