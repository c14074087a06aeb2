/** What an exported file is called when nobody says otherwise. */
import { safeSegment } from '../../formats/safe-file-names.ts';
import type { ExportKind } from '../store-types.ts';

const ENDINGS: Readonly<Record<ExportKind, string>> = {
  project: '.headstart',
  'class-folders': '.zip',
  'side-folders': '-split.zip',
  'teachable-machine': '.tm',
};

export function exportFileName(projectName: string, kind: ExportKind): string {
  return `${safeSegment(projectName, 'project')}${ENDINGS[kind]}`;
}
