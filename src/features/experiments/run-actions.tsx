/** What can be done with one run: the menu at the end of its row. */
import {
  FileJson,
  FileSpreadsheet,
  MonitorPlay,
  Repeat,
  SlidersHorizontal,
  Trash2,
} from 'lucide-react';
import type { RunSummary } from '../../domain/run-summary.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { MenuButton, type MenuAction } from '../../ui/primitives/menu.tsx';
import { saveRun } from './save-runs.ts';
import type { TellOutcome } from './use-outcome.ts';
import { useRunShelf } from './use-run-shelf.ts';

type ActionId = 'open' | 'settings' | 'repeat' | 'json' | 'csv' | 'delete';

export function RunActions({ run, tell }: { run: RunSummary; tell: TellOutcome }) {
  const t = useTranslate();
  const app = useAppHandle();
  const withShelf = useRunShelf();
  const setView = useApp((state) => state.setView);
  const isBusy = useApp((state) =>
    ['preparing', 'running', 'paused'].includes(state.training.status),
  );
  const isReader = useApp((state) => state.tab.role === 'reader');
  const isOnScreen = useApp((state) => state.currentRun?.id === run.id);
  const actions: readonly MenuAction<ActionId>[] = [
    { id: 'open', label: t('runs.open'), icon: MonitorPlay, isDisabled: isBusy },
    {
      id: 'settings',
      label: t('runs.take-settings'),
      icon: SlidersHorizontal,
      isDisabled: isReader,
    },
    { id: 'repeat', label: t('runs.repeat'), icon: Repeat, isDisabled: isBusy || isReader },
    { id: 'json', label: t('runs.save-json'), icon: FileJson, startsGroup: true },
    { id: 'csv', label: t('runs.save-csv'), icon: FileSpreadsheet },
    {
      id: 'delete',
      label: t('runs.delete'),
      icon: Trash2,
      tone: 'danger',
      startsGroup: true,
      isDisabled: isReader || (isBusy && isOnScreen),
    },
  ];

  function act(id: ActionId): void {
    switch (id) {
      case 'open':
        withShelf(async (shelf) => {
          if (await shelf.open(run.id)) setView('train');
          else tell({ key: 'runs.busy' });
        });
        break;
      case 'settings':
        withShelf((shelf) => {
          const isTaken = shelf.takeSettings(run.id);
          tell({ key: isTaken ? 'runs.taken' : 'runs.not-taken', name: run.name });
        });
        break;
      case 'repeat':
        withShelf((shelf) => shelf.repeat(run.id));
        break;
      case 'json':
      case 'csv':
        saveRun(app, run.id, id).then(
          (name) => {
            tell({ key: 'runs.saved', name });
          },
          () => {
            tell({ key: 'runs.not-saved' });
          },
        );
        break;
      case 'delete':
        withShelf((shelf) => shelf.remove(run.id));
    }
  }

  return (
    <MenuButton
      label={t('runs.actions', { name: run.name })}
      actions={actions}
      onAction={act}
      size="small"
    />
  );
}
