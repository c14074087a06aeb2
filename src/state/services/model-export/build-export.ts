/** The files of each kind of export. */
import { backboneNetwork } from '../../../formats/model/backbone-network.ts';
import { foldHead, teachableHead } from '../../../formats/model/fold-head.ts';
import { jsonFile, textFile } from '../../../formats/model/export-facts.ts';
import { describingFiles, goldenFiles } from '../../../formats/model/golden-files.ts';
import {
  HEAD_BIN,
  HEAD_JSON,
  headDescription,
  headNumbers,
} from '../../../formats/model/head-file.ts';
import {
  backboneLayers,
  fromPixels,
  fromTeachableInput,
  writeLayersModel,
  type WrittenModel,
} from '../../../formats/model/layers-model.ts';
import { packNetwork } from '../../../formats/model/pack-network.ts';
import { METADATA_JSON, teachableMetadata } from '../../../formats/model/teachable-model.ts';
import * as readme from '../../../formats/model/texts/readme.ts';
import * as tfjs from '../../../formats/model/texts/tfjs-scripts.ts';
import { safeSegment } from '../../../formats/safe-file-names.ts';
import type { ModelExportKind } from '../../model-export-state.ts';
import { hashOf } from '../model-files.ts';
import type { ExportSource } from './export-source.ts';

export type Files = Map<string, Uint8Array<ArrayBuffer>>;

export interface BuildTools {
  readonly pageWords: Readonly<Record<string, string>>;
  readonly readWasm: () => Promise<Uint8Array>;
}

/** Everything but the Python export, which holds photos. Throws ModelFileError. */
export async function buildExport(
  kind: Exclude<ModelExportKind, 'python'>,
  source: ExportSource,
  tools: BuildTools,
): Promise<Files> {
  const own = await ownFiles(kind, source, tools);
  return new Map([...own, ...describingFiles(source.facts), ...goldenFiles(source.facts)]);
}

function ownFiles(
  kind: Exclude<ModelExportKind, 'python'>,
  source: ExportSource,
  tools: BuildTools,
): Promise<Files> {
  switch (kind) {
    case 'tfjs':
      return tfjsFiles(source);
    case 'teachable-machine':
      return Promise.resolve(teachableFiles(source));
    case 'web-page':
      return pageFiles(source, tools);
    case 'onnx':
      return onnxFiles(source);
    case 'head':
      return headFiles(source);
  }
}

function modelFiles({ modelJson, weights }: WrittenModel): Files {
  return new Map([
    ['model.json', textFile(JSON.stringify(modelJson))],
    ['weights.bin', weights],
  ]);
}

async function tfjsFiles({ card, artifacts, head, settings, facts }: ExportSource): Promise<Files> {
  const { preprocessModule } = await import('virtual:export-scripts');
  const written = writeLayersModel({
    backbone: backboneLayers(card, artifacts),
    scaling: fromPixels(card),
    head: foldHead(head, settings.temperature),
    halves: true,
    extra: { format: 'layers-model', generatedBy: `Headstart ${facts.appVersion}` },
  });
  return new Map([
    ['README.md', textFile(readme.tfjsReadme(facts))],
    ...modelFiles(written),
    ['headstart-preprocess.mjs', textFile(preprocessModule)],
    ['predict.mjs', textFile(tfjs.PREDICT_MODULE)],
    ['predict.html', textFile(tfjs.PREDICT_PAGE)],
    ['selftest.mjs', textFile(tfjs.SELFTEST_MODULE)],
    ['selftest.html', textFile(tfjs.SELFTEST_PAGE)],
  ]);
}

/** The two ids under which the network that Teachable Machine trains on may be here. */
export function isTeachableBackbone({ card }: Pick<ExportSource, 'card'>): boolean {
  return card.id === 'mobilenet-v2-035-224' || card.source.kind === 'file';
}

function teachableFiles(source: ExportSource): Files {
  const { card, artifacts, head, settings, facts } = source;
  const written = writeLayersModel({
    backbone: backboneLayers(card, artifacts),
    scaling: fromTeachableInput(card),
    head: teachableHead(foldHead(head, settings.temperature)),
    halves: false,
  });
  const { classes } = facts.pipeline;
  const name = safeSegment(facts.projectName, 'model');
  // To the day, in their notation.
  const stamp = `${facts.date}T00:00:00.000Z`;
  return new Map([
    ['README.md', textFile(readme.teachableReadme(facts, isTeachableBackbone(source)))],
    ...modelFiles(written),
    [
      METADATA_JSON,
      textFile(JSON.stringify(teachableMetadata(name, classes, card.inputSize, stamp))),
    ],
    ['example.html', textFile(tfjs.TEACHABLE_EXAMPLE_PAGE)],
    ['selftest.html', textFile(tfjs.TEACHABLE_SELFTEST_PAGE)],
  ]);
}

export const PAGE_FILE = 'model.html';
export const ONNX_FILE = 'model.onnx';

async function pageFiles(source: ExportSource, tools: BuildTools): Promise<Files> {
  const { card, artifacts, head, settings, facts } = source;
  const [{ webPageFile }, { pageScript }, wasm] = await Promise.all([
    import('../../../formats/model/web-page.ts'),
    import('virtual:export-scripts'),
    tools.readWasm(),
  ]);
  const packed = packNetwork(
    backboneNetwork(card, artifacts),
    fromPixels(card),
    foldHead(head, settings.temperature),
  );
  const words = { ...tools.pageWords, title: facts.projectName };
  const page = await webPageFile({ facts, packed, script: pageScript, wasm, words });
  return new Map([
    ['README.md', textFile(readme.pageReadme(facts))],
    [PAGE_FILE, page],
  ]);
}

async function onnxFiles(source: ExportSource): Promise<Files> {
  const { card, artifacts, head, settings, facts } = source;
  const [{ ONNX_OPSET, writeOnnx }, python] = await Promise.all([
    import('../../../formats/model/onnx-model.ts'),
    import('../../../formats/model/texts/python-scripts.ts'),
  ]);
  const bytes = writeOnnx({
    network: backboneNetwork(card, artifacts),
    scaling: fromPixels(card),
    head: foldHead(head, settings.temperature),
    producerVersion: facts.appVersion,
    metadata: {
      classes: JSON.stringify(facts.pipeline.classes),
      pipeline: JSON.stringify(facts.pipeline),
    },
  });
  return new Map([
    ['README.md', textFile(readme.onnxReadme(facts, ONNX_OPSET))],
    [ONNX_FILE, bytes],
    ['predict.py', textFile(python.ONNX_PREDICT)],
    ['selftest.py', textFile(python.ONNX_SELFTEST)],
  ]);
}

async function headFiles({ run, head, facts }: ExportSource): Promise<Files> {
  const bin = headNumbers(head);
  const json = headDescription({
    name: facts.projectName,
    savedBy: `Headstart ${facts.appVersion}`,
    head,
    pipeline: facts.pipeline,
    settings: { ...run.hyperparameters },
    numbersSha256: await hashOf(bin.buffer),
  });
  return new Map([
    ['README.md', textFile(readme.headReadme(facts))],
    [HEAD_JSON, json],
    [HEAD_BIN, bin],
  ]);
}

/** `settings.json` of the Python export; `folders` in class order. */
export function pythonSettings(
  { run }: ExportSource,
  folders: readonly string[],
): Uint8Array<ArrayBuffer> {
  return jsonFile({ ...run.hyperparameters, folders });
}
