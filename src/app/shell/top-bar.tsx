/** Project name (edit in place) and the chips that open their panels. */
import {
  Boxes,
  Cpu,
  FolderOpen,
  HardDrive,
  Moon,
  RefreshCw,
  Share2,
  Sun,
  SunMoon,
  WifiOff,
  type LucideIcon,
} from 'lucide-react';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import type { OpenPanel, Theme } from '../../state/store-types.ts';
import { isNearlyFull } from '../../state/services/storage-usage.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { Chip } from '../../ui/primitives/chip.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import { InlineEdit } from '../../ui/primitives/inline-edit.tsx';
import { Logo } from './logo.tsx';
import styles from './top-bar.module.css';

const NEXT_THEME: Readonly<Record<Theme, Theme>> = {
  system: 'light',
  light: 'dark',
  dark: 'system',
};
const THEME_ICONS: Readonly<Record<Theme, LucideIcon>> = {
  system: SunMoon,
  light: Sun,
  dark: Moon,
};

export function TopBar() {
  const t = useTranslate();
  const name = useApp((state) => state.projectName);
  const rename = useApp((state) => state.renameProject);
  return (
    <header className={styles.bar}>
      <span className={styles.brand}>
        <Logo />
        <h1 className={styles.product}>{t('shell.product')}</h1>
      </span>
      <div className={styles.name}>
        <ProjectsButton />
        <InlineEdit
          label={t('shell.project-name')}
          value={name}
          onCommit={(value) => {
            rename(value);
            return value.trim() === '' ? t('shell.name-empty') : null;
          }}
        />
      </div>
      <div className={styles.chips}>
        <UpdateButton />
        <BackboneChip />
        <BackendChip />
        <OfflineChip />
        <StorageChip />
        <ShareButton />
        <ThemeButton />
      </div>
    </header>
  );
}

function usePanel(panel: Exclude<OpenPanel, null>) {
  const isOpen = useApp((state) => state.openPanel === panel);
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  return {
    isOpen,
    onPress: () => {
      setOpenPanel(isOpen ? null : panel);
    },
  };
}

function BackboneChip() {
  const t = useTranslate();
  const status = useApp((state) => state.backboneStatus);
  const card = useApp((state) =>
    state.backbones.find(
      ({ id }) => state.backboneStatus.kind !== 'none' && id === state.backboneStatus.backboneId,
    ),
  );
  const tone = { none: 'busy', loading: 'busy', ready: 'ok', failed: 'error' } as const;
  return (
    <Chip
      {...usePanel('backbone')}
      name={t('shell.backbone')}
      value={card?.name ?? t('shell.none')}
      statusText={t(`shell.backbone-${status.kind}`)}
      status={tone[status.kind]}
      icon={Boxes}
    />
  );
}

function BackendChip() {
  const t = useTranslate();
  const { inUse, surveying } = useApp((state) => state.backends);
  const tampered = useApp((state) => state.canvasTampered);
  const statusText = tampered
    ? t('shell.canvas-tampered')
    : t(surveying === null ? 'shell.backend-in-use' : 'shell.backend-measuring');
  return (
    <Chip
      {...usePanel('backend')}
      name={t('shell.backends')}
      value={inUse === null ? t('shell.none') : t(`backends.name.${inUse.embedding}`)}
      statusText={statusText}
      status={tampered ? 'warning' : inUse === null || surveying !== null ? 'busy' : 'ok'}
      icon={Cpu}
    />
  );
}

function OfflineChip() {
  const t = useTranslate();
  const offline = useApp((state) => state.offline);
  const tone = { unsupported: 'idle', preparing: 'busy', ready: 'ok' } as const;
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  return (
    <Chip
      name={t('shell.offline')}
      value={t(`shell.offline-${offline}`)}
      shownText={t(`shell.offline-text-${offline}`)}
      statusText=""
      status={tone[offline]}
      icon={WifiOff}
      isOpen={false}
      onPress={() => {
        setOpenPanel('storage');
      }}
    />
  );
}

function StorageChip() {
  const t = useTranslate();
  const formats = useFormats();
  const usage = useApp((state) => state.storage);
  const nearlyFull = usage !== null && isNearlyFull(usage);
  return (
    <Chip
      {...usePanel('storage')}
      name={t('shell.storage')}
      value={usage === null ? t('shell.none') : formats.bytes(usage.usedBytes)}
      statusText={nearlyFull ? t('shell.storage-nearly-full') : ''}
      status={nearlyFull ? 'warning' : 'ok'}
      icon={HardDrive}
    />
  );
}

function ShareButton() {
  const t = useTranslate();
  const { isOpen, onPress } = usePanel('share');
  const isExporting = useApp((state) => state.exporting !== null);
  return (
    <span className={styles.share}>
      <Button
        variant="secondary"
        size="small"
        icon={Share2}
        aria-expanded={isOpen}
        onPress={onPress}
      >
        {t(isExporting ? 'shell.sharing' : 'shell.share')}
      </Button>
    </span>
  );
}

function ProjectsButton() {
  const t = useTranslate();
  const { isOpen, onPress } = usePanel('projects');
  return (
    <IconButton
      icon={FolderOpen}
      label={t('shell.projects')}
      aria-expanded={isOpen}
      onPress={onPress}
    />
  );
}

function ThemeButton() {
  const t = useTranslate();
  const theme = useApp((state) => state.theme);
  const setTheme = useApp((state) => state.setTheme);
  return (
    <IconButton
      icon={THEME_ICONS[theme]}
      label={t(`shell.theme-${theme}`)}
      onPress={() => {
        setTheme(NEXT_THEME[theme]);
      }}
    />
  );
}

function UpdateButton() {
  const t = useTranslate();
  const ready = useApp((state) => state.updateReady);
  const apply = useApp((state) => state.applyUpdate);
  if (!ready) return null;
  return (
    <Button variant="secondary" size="small" icon={RefreshCw} onPress={apply}>
      {t('shell.update-now')}
    </Button>
  );
}
