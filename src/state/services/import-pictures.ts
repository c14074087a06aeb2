/** Looks into archives, or at pictures with a table of labels, and says what they would become. */
import { ArchiveError } from '../../formats/archive-error.ts';
import {
  isPictureName,
  planImport,
  tableNamesPictures,
  type ImportPlan,
} from '../../formats/import-plan.ts';
import { parseLabelTable, type LabelRow } from '../../formats/label-table.ts';
import { stemOf } from '../../formats/safe-file-names.ts';
import { checkManifest, MANIFEST_NAME, parseSampleName } from '../../formats/teachable-machine.ts';
import { openZip, type SkippedEntry, type ZipArchive } from '../../formats/zip-archive.ts';
import { EngineError } from '../../protocol/errors.ts';
import type { ImportPreview, IncomingFile, LazyPicture } from '../store-types.ts';

const MAX_TABLE_BYTES = 16 * 2 ** 20;
const MAX_MANIFEST_BYTES = 2 ** 20;
const EXAMPLES_PER_REASON = 3;

interface Member {
  readonly parts: readonly string[];
  readonly bytes: number;
  read(signal?: AbortSignal): Promise<Blob | Uint8Array<ArrayBuffer>>;
}

export interface ReadImport {
  readonly preview: ImportPreview;
  readonly pictures: readonly LazyPicture[];
  readonly origin: 'zip' | 'teachable-machine' | 'folder';
}

/** Throws ArchiveError, 'no-pictures' when nothing would come of it. */
export async function readArchive(name: string, file: Blob): Promise<ReadImport> {
  const archive = await openZip(file);
  const manifest = archive.members.find(({ parts }) => parts.join('/') === MANIFEST_NAME);
  if (manifest !== undefined && manifest.bytes <= MAX_MANIFEST_BYTES) {
    checkManifest(new TextDecoder().decode(await manifest.read()));
  }
  return readMembers(name, archive.members, archive.skipped);
}

/** Pictures dropped in folders, or together with a table of labels. */
export async function readDroppedFiles(files: readonly IncomingFile[]): Promise<ReadImport> {
  const members = files.map(({ file, name, folder }): Member => ({
    parts: folder === null ? [name] : [folder, name],
    // Asked only where it counts: for a file on disk the browser looks it up, at a cost that a
    // thousand of them made felt.
    get bytes() {
      return file.size;
    },
    read: () => Promise.resolve(file),
  }));
  const table = files.find(({ name }) => isTableName(name));
  const name = table?.name ?? folderNames(files);
  return { ...(await readMembers(name, members, [])), origin: 'folder' };
}

const NAMED_FOLDERS = 3;

function folderNames(files: readonly IncomingFile[]): string {
  const folders = [...new Set(files.flatMap(({ folder }) => folder ?? []))];
  const more = folders.length > NAMED_FOLDERS ? ', …' : '';
  return `${folders.slice(0, NAMED_FOLDERS).join(', ')}${more}`;
}

export function isTableName(name: string): boolean {
  return /\.(csv|tsv)$/i.test(name);
}

async function readMembers(
  name: string,
  members: readonly Member[],
  skipped: ZipArchive['skipped'],
): Promise<ReadImport> {
  const { table, rows } = await findLabels(members);
  const rest = members.filter((member) => member !== table);
  const plan = planImport(stemOf(name), rest, rows);
  if (plan.pictures.length === 0) throw new ArchiveError('no-pictures');
  const isProject = plan.layout === 'teachable-machine';
  return {
    preview: toPreview(name, plan, skipped),
    pictures: plan.pictures.map(({ member, name: pictureName, className }) => ({
      name: isProject ? sampleFileName(pictureName) : pictureName,
      folder: className,
      open: (signal) => openMember(member, signal),
    })),
    origin: isProject ? 'teachable-machine' : 'zip',
  };
}

/** The first table that speaks about the pictures beside it; others are just files. */
async function findLabels(
  members: readonly Member[],
): Promise<{ table: Member | null; rows: readonly LabelRow[] | null }> {
  const pictures = members.filter(({ parts }) => isPictureName(parts.at(-1) ?? ''));
  for (const table of members) {
    if (!isTableName(table.parts.at(-1) ?? '') || table.bytes > MAX_TABLE_BYTES) continue;
    const content = await table.read();
    const bytes = content instanceof Blob ? await content.arrayBuffer() : content;
    const rows = parseLabelTable(new TextDecoder().decode(bytes));
    if (tableNamesPictures(rows, pictures)) return { table, rows };
  }
  return { table: null, rows: null };
}

/** "cat-!-3.jpg" was never a name that anybody gave. */
function sampleFileName(name: string): string {
  const sample = parseSampleName(name);
  return sample === null ? name : `${sample.label}-${String(sample.index)}.jpg`;
}

async function openMember(member: Member, signal: AbortSignal): Promise<Blob> {
  try {
    const content = await member.read(signal);
    return content instanceof Blob ? content : new Blob([content]);
  } catch (error) {
    if (signal.aborted) throw new EngineError({ code: 'aborted', message: 'import cancelled' });
    throw error;
  }
}

function toPreview(
  name: string,
  plan: ImportPlan<Member>,
  skipped: readonly SkippedEntry[],
): ImportPreview {
  return {
    name,
    layout: plan.layout,
    classes: plan.classes,
    photoCount: plan.pictures.length,
    runCount: 0,
    skipped: groupSkipped([...skipped, ...plan.skipped]),
    notes: plan.notes,
  };
}

function groupSkipped(skipped: readonly SkippedEntry[]): ImportPreview['skipped'] {
  const groups = new Map<SkippedEntry['code'], string[]>();
  for (const { name, code } of skipped) {
    const names = groups.get(code) ?? [];
    names.push(name);
    groups.set(code, names);
  }
  return [...groups].map(([code, names]) => ({
    code,
    count: names.length,
    examples: names.slice(0, EXAMPLES_PER_REASON),
  }));
}
