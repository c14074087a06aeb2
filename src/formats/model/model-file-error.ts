/** Why a model file cannot be opened or written. */

export type ModelFileCode =
  | 'not-json'
  | 'too-large'
  | 'not-a-model' // no layers, an ONNX file, something else entirely
  | 'graph-model' // a TF.js graph model, which has no head to take out
  | 'missing-file'
  | 'missing-weights'
  | 'weights-length'
  | 'unsupported-layer'
  | 'unsupported-head'
  | 'wrong-shape'
  | 'not-finite'
  | 'no-labels'
  | 'label-count'
  | 'too-many-classes'
  | 'not-images' // sounds, poses, or grey pictures
  | 'from-the-future'
  | 'edited';

/** `params` go into the sentence that a person reads. */
export class ModelFileError extends Error {
  readonly code: ModelFileCode;
  readonly params: Readonly<Record<string, string | number>>;
  constructor(code: ModelFileCode, params: Readonly<Record<string, string | number>> = {}) {
    super(`model file: ${code} ${JSON.stringify(params)}`);
    this.name = 'ModelFileError';
    this.code = code;
    this.params = params;
  }
}
