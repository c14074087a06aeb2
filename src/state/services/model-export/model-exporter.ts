/** One model export from the press of the button to bytes that lie ready: ask, write, pack, check. */
import { ModelFileError } from '../../../formats/model/model-file-error.ts';
import { safeSegment } from '../../../formats/safe-file-names.ts';
import { createZipWriter } from '../../../formats/zip-writer.ts';
import type { ModelExportKind, ModelExportStep, PreparedModel } from '../../model-export-state.ts';
import type { SliceTools } from '../../slice-tools.ts';
import { limitsKey } from './answer-limits.ts';
import { buildExport } from './build-export.ts';
import { gatherExportSource } from './export-source.ts';
import { proveExport } from './prove-export.ts';
import { buildPythonExport } from './python-export.ts';

export interface ExportedModel {
  readonly prepared: PreparedModel;
  readonly zip: Blob;
}

export interface ExportRequest {
  readonly kind: ModelExportKind;
  readonly pageWords: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onStep: (step: ModelExportStep) => void;
}

/** Throws ModelFileError, ArchiveError, EngineError, or what the signal was aborted with. */
export async function exportModel(
  tools: SliceTools,
  { kind, pageWords, signal, onStep }: ExportRequest,
): Promise<ExportedModel> {
  const { services } = tools;
  const begun = services.now();
  onStep('asking');
  const source = await gatherExportSource(tools, signal);
  if (source === null) throw new ModelFileError('not-a-model');
  onStep('writing');
  await breathe();
  const readWasm = async (): Promise<Uint8Array> => {
    const url = new URL('wasm/tfjs-backend-wasm-simd.wasm', services.baseUrl);
    const response = await services.fetch(url, { signal });
    if (!response.ok) throw new ModelFileError('missing-file', { name: 'wasm' });
    return new Uint8Array(await response.arrayBuffer());
  };
  const files =
    kind === 'python'
      ? await buildPythonExport(tools, source, signal)
      : await buildExport(kind, source, { pageWords, readWasm });
  signal.throwIfAborted();
  onStep('packing');
  await breathe();
  const zip = await pack(files);
  onStep('checking');
  const proof = await proveExport(kind, zip, source, services.engine, signal);
  signal.throwIfAborted();
  const prepared: PreparedModel = {
    kind,
    runId: source.run.id,
    epoch: source.epoch,
    limits: limitsKey(source.facts.pipeline),
    fileName: `${safeSegment(source.facts.projectName, 'model')}-${kind}.zip`,
    bytes: zip.size,
    files: [...files.keys()],
    proof,
    elapsedMs: services.now() - begun,
  };
  return { prepared, zip };
}

/** Lets the screen show the step before the thread is busy with it. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

async function pack(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = createZipWriter({
    write: (bytes) => {
      parts.push(bytes);
      return Promise.resolve();
    },
  });
  for (const [name, bytes] of files) await zip.add(name, bytes);
  await zip.finish();
  return new Blob(parts, { type: 'application/zip' });
}
