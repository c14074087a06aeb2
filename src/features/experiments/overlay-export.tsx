/** The chart and its numbers as files. */
import { Download, FileImage, FileSpreadsheet, Image } from 'lucide-react';
import type { RefObject } from 'react';
import type { Run } from '../../domain/run.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { runFileName } from '../../state/services/run-files.ts';
import { saveChart, type ChartFileKind } from '../../ui/charts/save-chart.ts';
import { MenuButton } from '../../ui/primitives/menu.tsx';
import { saveCurves } from './save-runs.ts';
import type { TellOutcome } from './use-outcome.ts';

export interface OverlayExportProps {
  readonly drawing: RefObject<SVGSVGElement | null>;
  readonly curves: readonly Pick<Run, 'name' | 'metrics'>[];
  /** What the files are called. */
  readonly name: string;
  readonly tell: TellOutcome;
}

export function OverlayExport({ drawing, curves, name, tell }: OverlayExportProps) {
  const t = useTranslate();

  async function save(kind: ChartFileKind | 'csv'): Promise<void> {
    const fileName = runFileName(name, kind);
    try {
      if (kind === 'csv') saveCurves(curves, fileName);
      else await saveChart(drawing.current, kind, fileName);
      tell({ key: 'runs.saved', name: fileName });
    } catch {
      tell({ key: 'runs.not-saved' });
    }
  }

  return (
    <MenuButton
      label={t('runs.save')}
      icon={Download}
      actions={[
        { id: 'svg', label: t('runs.save-svg'), icon: FileImage },
        { id: 'png', label: t('runs.save-png'), icon: Image },
        { id: 'csv', label: t('runs.save-csv'), icon: FileSpreadsheet },
      ]}
      onAction={(kind) => {
        void save(kind);
      }}
    />
  );
}
