/** Why a file that holds a whole data set or project cannot be opened or written. */

export type ArchiveErrorCode =
  | 'not-a-zip'
  | 'truncated'
  | 'damaged'
  | 'encrypted'
  | 'spanned' // one of several volumes
  | 'too-many-entries'
  | 'too-large'
  | 'bomb' // tiny on disk, enormous when opened
  | 'no-pictures'
  | 'not-image-project' // a Teachable Machine project of sounds or poses
  | 'not-a-project'
  | 'from-the-future'
  | 'edited' // a project file whose parts contradict each other
  | 'export-too-large'
  | 'too-many-photos'; // for one project file

/** `params` go into the sentence that a person reads. */
export class ArchiveError extends Error {
  readonly code: ArchiveErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
  constructor(code: ArchiveErrorCode, params: Readonly<Record<string, string | number>> = {}) {
    super(`archive: ${code} ${JSON.stringify(params)}`);
    this.name = 'ArchiveError';
    this.code = code;
    this.params = params;
  }
}
