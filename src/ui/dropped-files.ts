/**
 * Files out of a drop, a picker or the clipboard. Folders are walked; a file's class is the folder it
 * lies in directly, so "pets/cats/1.jpg" belongs to "cats" however deep the drop began.
 */
export interface DroppedFile {
  readonly file: File;
  readonly name: string;
  /** The folder it lies in directly; null for a file that was given by itself. */
  readonly folder: string | null;
  /** From the folder that was given on, with '/'; the bare name of a file given by itself. */
  readonly path: string;
}

/** Left behind by file managers; not worth a message each. */
const JUNK_NAMES = new Set(['.ds_store', 'thumbs.db', 'desktop.ini', '__macosx']);
/** A drop deeper or larger than this is a mistake (a whole disk), not a data set. */
const MAX_DEPTH = 8;
const MAX_FILES = 20_000;

/**
 * Must be called in the drop handler itself: the browser empties the DataTransfer right after.
 * Resolves with every file found, in the order of the folders.
 */
export function filesFromDrop(transfer: DataTransfer): Promise<readonly DroppedFile[]> {
  const entries: FileSystemEntry[] = [];
  const loose: DroppedFile[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    if (entry !== null) entries.push(entry);
    else {
      const file = item.getAsFile();
      if (file !== null) loose.push(bareFile(file));
    }
  }
  return walkEntries(entries).then((found) => [...loose, ...found]);
}

async function walkEntries(roots: readonly FileSystemEntry[]): Promise<readonly DroppedFile[]> {
  const found: DroppedFile[] = [];
  async function visit(entry: FileSystemEntry, folders: readonly string[]): Promise<void> {
    if (found.length >= MAX_FILES || folders.length > MAX_DEPTH || isJunk(entry.name)) return;
    if (isFileEntry(entry)) {
      // A file that vanished between the drop and now is skipped; the others go on.
      const file = await readFile(entry).catch(() => null);
      if (file !== null) found.push(fileIn(folders, file));
    } else if (isDirectoryEntry(entry)) {
      const inside = [...folders, entry.name];
      for (const child of await readDirectory(entry)) await visit(child, inside);
    }
  }
  for (const root of roots) await visit(root, []);
  return found;
}

/** From `<input type=file>`, with or without `webkitdirectory`. */
export function filesFromPicker(files: Iterable<File>): readonly DroppedFile[] {
  return [...files]
    .filter((file) => !isJunk(file.name))
    .map((file) =>
      fileIn(
        file.webkitRelativePath
          .split('/')
          .slice(0, -1)
          .filter((part) => part !== ''),
        file,
      ),
    );
}

export function filesFromClipboard(transfer: DataTransfer): readonly DroppedFile[] {
  return [...transfer.files].map(bareFile);
}

function bareFile(file: File): DroppedFile {
  return fileIn([], file);
}

function fileIn(folders: readonly string[], file: File): DroppedFile {
  const path = [...folders, file.name].join('/');
  return { file, name: file.name, folder: folders.at(-1) ?? null, path };
}

export function isJunk(name: string): boolean {
  return JUNK_NAMES.has(name.toLowerCase()) || name.startsWith('._');
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectoryEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function readFile(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}

/** `readEntries` hands out at most 100 at a time and must be called until it is empty. */
async function readDirectory(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => {
        resolve([]);
      });
    });
    if (some.length === 0) break;
    all.push(...some);
  }
  return all.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}
