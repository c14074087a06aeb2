/**
 * The engine worker: wires the services to `self`. The embedding worker, the training worker and
 * the short-lived surveying worker all run this script; backends and file formats are fetched as
 * chunks of their own when they are first asked for.
 */
import type { EngineEvent, EngineRequestMap } from '../protocol/engine-messages.ts';
import { createBackendService } from './backend/backend-service.ts';
import { EngineSession } from './backend/engine-session.ts';
import { createDispatcher } from './dispatch.ts';
import { createClassifyService } from './embed/classify-service.ts';
import { createEmbedService } from './embed/embed-service.ts';
import { createEvaluateService } from './evaluate/evaluate-service.ts';
import { createExplainService } from './explain/explain-service.ts';
import { createMapService } from './explain/map-service.ts';
import { chooseHeadMath } from './head/choose-head-math.ts';
import { createHeadService } from './head/head-service.ts';
import { createModelRunService } from './model-run/model-run-service.ts';

const session = new EngineSession();

const dispatcher = createDispatcher<EngineRequestMap, EngineEvent>({
  handlers: {
    ...createBackendService(session),
    ...createEmbedService(session),
    ...createClassifyService(session),
    ...createExplainService(session),
    ...createMapService(),
    ...createHeadService(),
    ...createEvaluateService(chooseHeadMath),
    ...createModelRunService(session),
  },
  post: (message, transfer = []) => {
    self.postMessage(message, [...transfer]);
  },
});

self.addEventListener('message', (event: MessageEvent<unknown>) => {
  dispatcher.receive(event.data);
});
dispatcher.ready();
