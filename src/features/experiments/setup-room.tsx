/** The panel of set-ups as links: one that came, to look at first; otherwise the one of this project. */
import { hyperparametersMessages } from '../../i18n/en/hyperparameters.ts';
import { runsMessages } from '../../i18n/en/runs.ts';
import { setupMessages } from '../../i18n/en/setup.ts';
import { addMessages } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { dismissSetup } from '../../state/services/setup-link.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { Panel } from '../../ui/primitives/panel.tsx';
import { SetupPreview } from './setup-preview.tsx';
import { SetupRefused } from './setup-refused.tsx';
import { SetupShare } from './setup-share.tsx';

addMessages(hyperparametersMessages);
addMessages(runsMessages);
addMessages(setupMessages);

export function SetupRoom() {
  const t = useTranslate();
  const app = useAppHandle();
  const setup = useApp((state) => state.setup);
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  const isShared = setup.status === 'none';
  return (
    <Panel
      isOpen
      title={t(isShared ? 'setup.share-title' : 'setup.title')}
      description={t(isShared ? 'setup.share-text' : 'setup.text')}
      onClose={() => {
        dismissSetup(app);
        setOpenPanel(null);
      }}
    >
      {setup.status === 'none' && <SetupShare />}
      {setup.status === 'refused' && <SetupRefused refused={setup} />}
      {setup.status === 'ready' && <SetupPreview setup={setup.setup} defaulted={setup.defaulted} />}
    </Panel>
  );
}
