/**
 * What a set of files would become: which pictures, in which class, what is left out and why. Looks
 * at names only, so that a person can decide before anything is opened.
 */
import { normaliseClassName } from '../domain/class-names.ts';
import type { LabelRow } from './label-table.ts';
import { parseSampleName } from './teachable-machine.ts';
import type { SkippedEntry } from './zip-archive.ts';

export type ImportLayout = 'class-folders' | 'flat' | 'teachable-machine' | 'csv';
export type ImportNote = 'sides-merged' | 'one-class' | 'rows-without-picture';

export interface PlannedPicture<Member> {
  readonly member: Member;
  readonly name: string;
  readonly className: string;
}

export interface ImportPlan<Member> {
  readonly layout: ImportLayout;
  readonly pictures: readonly PlannedPicture<Member>[];
  /** In the order in which they will be made. */
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  readonly skipped: readonly SkippedEntry[];
  readonly notes: readonly ImportNote[];
}

interface Named {
  readonly parts: readonly string[];
}

const PICTURE_NAME = /\.(jpe?g|jfif|png|webp|gif|bmp|avif|heic|heif|tiff?)$/i;
const SIDE_FOLDERS = /^(train(ing)?|val(id(ation)?)?|test(ing)?|eval(uation)?)$/i;

export function isPictureName(name: string): boolean {
  return PICTURE_NAME.test(name);
}

/**
 * @param sourceName of the file that holds them, without its ending: the class of loose pictures
 * @param labels rows of a table of labels lying beside the pictures; null when there is none
 */
export function planImport<Member extends Named>(
  sourceName: string,
  members: readonly Member[],
  labels: readonly LabelRow[] | null,
): ImportPlan<Member> {
  const isPicture = ({ parts }: Named): boolean => isPictureName(parts.at(-1) ?? '');
  const pictures = members.filter(isPicture);
  const others = members.filter((member) => !isPicture(member));
  const skipped = others.map((member) => skip(member, 'not-a-picture'));
  if (labels !== null) return planByTable(pictures, labels, skipped);
  const samples = pictures.map((member) => parseSampleName(member.parts.join('/')));
  if (samples.length > 0 && samples.every((sample) => sample !== null)) {
    return planSamples(pictures, samples, skipped);
  }
  return planFolders(sourceName, pictures, skipped);
}

function skip({ parts }: Named, code: SkippedEntry['code']): SkippedEntry {
  return { name: parts.join('/'), code };
}

function finish<Member>(
  layout: ImportLayout,
  pictures: readonly PlannedPicture<Member>[],
  skipped: readonly SkippedEntry[],
  notes: readonly ImportNote[] = [],
): ImportPlan<Member> {
  // A Map: a class may be called "__proto__".
  const counts = new Map<string, number>();
  for (const { className } of pictures) counts.set(className, (counts.get(className) ?? 0) + 1);
  const classes = [...counts].map(([name, count]) => ({ name, count }));
  return { layout, pictures, classes, skipped, notes };
}

function planFolders<Member extends Named>(
  sourceName: string,
  members: readonly Member[],
  skipped: SkippedEntry[],
): ImportPlan<Member> {
  const isFlat = members.every((member) => member.parts.length === 1);
  const pictures: PlannedPicture<Member>[] = [];
  const sides = new Set<string>();
  for (const member of members) {
    const name = member.parts.at(-1) ?? '';
    const folder = isFlat ? sourceName : (member.parts.at(-2) ?? '');
    const className = normaliseClassName(folder) || normaliseClassName(sourceName);
    if (className === '' || (!isFlat && member.parts.length === 1)) {
      skipped.push(skip(member, 'no-class'));
      continue;
    }
    const side = member.parts.at(-3) ?? '';
    if (SIDE_FOLDERS.test(side)) sides.add(side.toLowerCase());
    pictures.push({ member, name, className });
  }
  const notes: ImportNote[] = sides.size > 0 ? ['sides-merged'] : [];
  if (isFlat && pictures.length > 0) notes.push('one-class');
  return finish(isFlat ? 'flat' : 'class-folders', pictures, skipped, notes);
}

function planSamples<Member extends Named>(
  members: readonly Member[],
  samples: readonly { label: string; index: number }[],
  skipped: readonly SkippedEntry[],
): ImportPlan<Member> {
  const byLabel = new Map<string, { picture: PlannedPicture<Member>; index: number }[]>();
  members.forEach((member, i) => {
    const { label, index } = samples[i] as { label: string; index: number };
    const className = normaliseClassName(label) || '?';
    const own = byLabel.get(className) ?? [];
    own.push({ picture: { member, name: member.parts.at(-1) ?? '', className }, index });
    byLabel.set(className, own);
  });
  const pictures = [...byLabel.values()].flatMap((own) =>
    own.sort((a, b) => a.index - b.index).map(({ picture }) => picture),
  );
  return finish(
    'teachable-machine',
    pictures,
    skipped.filter(({ name }) => name !== 'manifest.json'),
  );
}

function planByTable<Member extends Named>(
  members: readonly Member[],
  rows: readonly LabelRow[],
  skipped: SkippedEntry[],
): ImportPlan<Member> {
  // A row names a picture by its whole path, by the end of it, or by the bare file name.
  const labelOf = new Map(rows.map(({ file, label }) => [file, label]));
  const used = new Set<string>();
  const pictures: PlannedPicture<Member>[] = [];
  for (const member of members) {
    const endings = member.parts.map((_, i) => member.parts.slice(i).join('/'));
    const found = endings.find((ending) => labelOf.has(ending));
    const className = found === undefined ? '' : normaliseClassName(labelOf.get(found) ?? '');
    if (found === undefined || className === '') {
      skipped.push(skip(member, 'not-in-csv'));
      continue;
    }
    used.add(found);
    pictures.push({ member, name: member.parts.at(-1) ?? '', className });
  }
  const notes: ImportNote[] = used.size < labelOf.size ? ['rows-without-picture'] : [];
  return finish('csv', pictures, skipped, notes);
}

/** Whether the table speaks about these pictures at all; any other table is no label table. */
export function tableNamesPictures(rows: readonly LabelRow[], members: readonly Named[]): boolean {
  const names = new Set(members.map((member) => member.parts.at(-1)));
  return rows.some(({ file }) => names.has(file.split('/').at(-1)));
}
