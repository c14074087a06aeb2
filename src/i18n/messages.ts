/** All message catalogues as one flat table. A room adds keys only to its own file in `en/`. */
import { backboneMessages } from './en/backbone.ts';
import { backendsMessages } from './en/backends.ts';
import { captureMessages } from './en/capture.ts';
import { chartsMessages } from './en/charts.ts';
import { commonMessages } from './en/common.ts';
import { datasetMessages } from './en/dataset.ts';
import { editsMessages } from './en/edits.ts';
import { errorsMessages } from './en/errors.ts';
import { hyperparametersMessages } from './en/hyperparameters.ts';
import { labMessages } from './en/lab.ts';
import { predictMessages } from './en/predict.ts';
import { refusalsMessages } from './en/refusals.ts';
import { samplesMessages } from './en/samples.ts';
import { shellMessages } from './en/shell.ts';
import { storageMessages } from './en/storage.ts';
import { trainingMessages } from './en/training.ts';
import { transferMessages } from './en/transfer.ts';

export const messages = {
  ...backboneMessages,
  ...backendsMessages,
  ...captureMessages,
  ...chartsMessages,
  ...commonMessages,
  ...datasetMessages,
  ...editsMessages,
  ...errorsMessages,
  ...hyperparametersMessages,
  ...labMessages,
  ...predictMessages,
  ...refusalsMessages,
  ...samplesMessages,
  ...shellMessages,
  ...storageMessages,
  ...trainingMessages,
  ...transferMessages,
} as const;

export type MessageKey = keyof typeof messages;

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
