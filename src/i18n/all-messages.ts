/** Every catalogue there is, those of later rooms too: for tests, so that none is left unread. */
import { backboneMessages } from './en/backbone.ts';
import { browseMessages } from './en/browse.ts';
import { evaluationMessages } from './en/evaluation.ts';
import { explainMessages } from './en/explain.ts';
import { findingsMessages } from './en/findings.ts';
import { glossaryMessages } from './en/glossary.ts';
import { hyperparametersMessages } from './en/hyperparameters.ts';
import { labMessages } from './en/lab.ts';
import { modelExportMessages } from './en/model-export.ts';
import { predictMessages } from './en/predict.ts';
import { projectsMessages } from './en/projects.ts';
import { runsMessages } from './en/runs.ts';
import { setupMessages } from './en/setup.ts';
import { trainingMessages } from './en/training.ts';
import { transferMessages } from './en/transfer.ts';
import { addMessages, messages } from './messages.ts';

for (const catalogue of [
  backboneMessages,
  browseMessages,
  evaluationMessages,
  explainMessages,
  findingsMessages,
  glossaryMessages,
  hyperparametersMessages,
  labMessages,
  modelExportMessages,
  predictMessages,
  projectsMessages,
  runsMessages,
  setupMessages,
  trainingMessages,
  transferMessages,
]) {
  addMessages(catalogue);
}

export const allMessages = messages;
