/** A chart of the training view as a file. What draws it is fetched when it is asked for. */
import { Download, FileImage, Image } from 'lucide-react';
import { useState } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import type { ChartSavingProps } from '../../ui/charts/curve-chart.tsx';
import type { ChartFileKind } from '../../ui/charts/save-chart.ts';
import { MenuButton } from '../../ui/primitives/menu.tsx';

export function ChartSaving({ title, drawing }: ChartSavingProps) {
  const t = useTranslate();
  const projectName = useApp((state) => state.projectName);
  const [outcome, setOutcome] = useState<{ isSaved: boolean; name: string } | null>(null);

  async function save(kind: ChartFileKind): Promise<void> {
    let name = '';
    try {
      const [{ saveChart }, { runFileName }] = await Promise.all([
        import('../../ui/charts/save-chart.ts'),
        import('../../state/services/run-files.ts'),
      ]);
      name = runFileName(`${projectName} ${title}`, kind);
      await saveChart(drawing.current, kind, name);
      setOutcome({ isSaved: true, name });
    } catch {
      setOutcome({ isSaved: false, name });
    }
  }

  return (
    <>
      <MenuButton<ChartFileKind>
        label={t('lab.save-chart', { title })}
        icon={Download}
        size="small"
        actions={[
          { id: 'svg', label: t('lab.save-svg'), icon: FileImage },
          { id: 'png', label: t('lab.save-png'), icon: Image },
        ]}
        onAction={(kind) => {
          void save(kind);
        }}
      />
      {/* The browser itself shows a download; a failure nobody else would mention. */}
      <span role="status" className={outcome?.isSaved === false ? undefined : 'visually-hidden'}>
        {outcome === null
          ? ''
          : outcome.isSaved
            ? t('lab.chart-saved', { name: outcome.name })
            : t('lab.chart-not-saved')}
      </span>
    </>
  );
}
