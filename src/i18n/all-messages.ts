/** Every catalogue there is, those of later rooms too: for tests, so that none is left unread. */
import { evaluationMessages } from './en/evaluation.ts';
import { findingsMessages } from './en/findings.ts';
import { glossaryMessages } from './en/glossary.ts';
import { modelExportMessages } from './en/model-export.ts';
import { projectsMessages } from './en/projects.ts';
import { runsMessages } from './en/runs.ts';
import { addMessages, messages } from './messages.ts';

for (const catalogue of [
  evaluationMessages,
  findingsMessages,
  glossaryMessages,
  modelExportMessages,
  projectsMessages,
  runsMessages,
]) {
  addMessages(catalogue);
}

export const allMessages = messages;
