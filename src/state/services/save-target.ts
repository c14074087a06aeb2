/** Where an export is written: straight to disk where the browser can, else a download from memory. */
import type { ExportTarget } from '../store-types.ts';

interface SavePicker {
  showSaveFilePicker(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
}

function hasSavePicker(scope: object): scope is SavePicker {
  return 'showSaveFilePicker' in scope;
}

export type Download = (file: Blob, fileName: string) => void;

/**
 * Must be called in a click. Null when the person closed the dialog.
 *
 * @param download hands a finished file to the browser's downloads, where it can't write to disk itself
 */
export async function chooseSaveTarget(
  suggestedName: string,
  download: Download,
): Promise<ExportTarget | null> {
  const scope: object = window;
  if (!hasSavePicker(scope)) return downloadTarget(suggestedName, download);
  try {
    return await diskTarget(await scope.showSaveFilePicker({ suggestedName }));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    // Forbidden here (an embedded page, a policy): a download still works.
    return downloadTarget(suggestedName, download);
  }
}

async function diskTarget(handle: FileSystemFileHandle): Promise<ExportTarget> {
  const file = await handle.createWritable();
  return {
    fileName: handle.name,
    write: (bytes) => file.write(bytes),
    close: () => file.close(),
    abort: () => file.abort(),
  };
}

/** Small pieces are gathered, so that a Blob is not made of ten thousand of them. */
const PIECE_BYTES = 4 * 2 ** 20;

function downloadTarget(fileName: string, download: Download): ExportTarget {
  // Browsers keep Blobs on disk when they grow; byte arrays would stay in memory.
  let pieces: Blob[] = [];
  let pending: Uint8Array<ArrayBuffer>[] = [];
  let pendingBytes = 0;
  function gather(): void {
    pieces.push(new Blob(pending));
    pending = [];
    pendingBytes = 0;
  }
  return {
    fileName,
    write(bytes) {
      pending.push(bytes);
      pendingBytes += bytes.length;
      if (pendingBytes > PIECE_BYTES) gather();
      return Promise.resolve();
    },
    close() {
      gather();
      download(new Blob(pieces, { type: 'application/zip' }), fileName);
      pieces = [];
      return Promise.resolve();
    },
    abort() {
      pieces = [];
      pending = [];
      return Promise.resolve();
    },
  };
}
