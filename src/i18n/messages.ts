/**
 * The message catalogues as one flat table. A room adds keys only to its own file in `en/`. Text of
 * the first screen is here from the start; a room that is loaded later brings its own with it
 * (`addMessages` at the top of its first module), so that the first screen stays small.
 */
import { backendsMessages } from './en/backends.ts';
import { captureMessages } from './en/capture.ts';
import { chartsMessages } from './en/charts.ts';
import { commonMessages } from './en/common.ts';
import { datasetMessages } from './en/dataset.ts';
import { editsMessages } from './en/edits.ts';
import { errorsMessages } from './en/errors.ts';
import { refusalsMessages } from './en/refusals.ts';
import { samplesMessages } from './en/samples.ts';
import { shellMessages } from './en/shell.ts';
import { storageMessages } from './en/storage.ts';
import { viewsMessages } from './en/views.ts';
import type { backboneMessages } from './en/backbone.ts';
import type { browseMessages } from './en/browse.ts';
import type { evaluationMessages } from './en/evaluation.ts';
import type { explainMessages } from './en/explain.ts';
import type { findingsMessages } from './en/findings.ts';
import type { glossaryMessages } from './en/glossary.ts';
import type { hyperparametersMessages } from './en/hyperparameters.ts';
import type { labMessages } from './en/lab.ts';
import type { modelExportMessages } from './en/model-export.ts';
import type { predictMessages } from './en/predict.ts';
import type { projectsMessages } from './en/projects.ts';
import type { runsMessages } from './en/runs.ts';
import type { setupMessages } from './en/setup.ts';
import type { trainingMessages } from './en/training.ts';
import type { transferMessages } from './en/transfer.ts';

const firstMessages = {
  ...backendsMessages,
  ...captureMessages,
  ...chartsMessages,
  ...commonMessages,
  ...datasetMessages,
  ...editsMessages,
  ...errorsMessages,
  ...refusalsMessages,
  ...samplesMessages,
  ...shellMessages,
  ...storageMessages,
  ...viewsMessages,
} as const;

type LaterMessages = typeof backboneMessages &
  typeof browseMessages &
  typeof evaluationMessages &
  typeof explainMessages &
  typeof findingsMessages &
  typeof glossaryMessages &
  typeof hyperparametersMessages &
  typeof labMessages &
  typeof modelExportMessages &
  typeof predictMessages &
  typeof projectsMessages &
  typeof runsMessages &
  typeof setupMessages &
  typeof trainingMessages &
  typeof transferMessages;

export type MessageKey = keyof typeof firstMessages | keyof LaterMessages;

const table: Record<string, string> = { ...firstMessages };

/** What has been loaded so far. */
export const messages: Readonly<Record<string, string>> = table;

/** Called by a room that is loaded later, before it shows anything. Adding twice does no harm. */
export function addMessages(catalogue: Readonly<Partial<Record<MessageKey, string>>>): void {
  Object.assign(table, catalogue);
}

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(messages, key);
}

/**
 * Turns a key built from a code (`errors.${code}`, a card's `summaryKey`, a stored notice) into a
 * checked key; an unknown one, e.g. written by a newer version, becomes `fallback`.
 */
export function toMessageKey(key: string, fallback: MessageKey): MessageKey {
  return isMessageKey(key) ? key : fallback;
}
