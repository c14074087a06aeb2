/** Evaluation for tests of the state layer: the worker's own code, on typed arrays, without a worker. */
import type { EvaluateOptions } from '../engine/engine.ts';
import type { ReplyOf, RequestOf } from '../engine/worker-channel.ts';
import type { EngineEvent, EngineRequestMap } from '../protocol/engine-messages.ts';
import type { EvaluationRequestMap } from '../protocol/evaluation-messages.ts';
import type { Handler } from '../worker/dispatch.ts';
import { createEvaluateService } from '../worker/evaluate/evaluate-service.ts';
import { createPlainHeadMath } from '../worker/head/plain-head-math.ts';
import { createPlainRowProducts } from '../worker/head/row-products.ts';

export async function fakeEvaluate<Name extends keyof EvaluationRequestMap>(
  name: Name,
  request: RequestOf<EngineRequestMap, Name>,
  { signal = new AbortController().signal, onProgress }: EvaluateOptions = {},
): Promise<ReplyOf<EngineRequestMap, Name>> {
  const handlers = createEvaluateService(() => createPlainHeadMath, createPlainRowProducts);
  // The name decides both types; the table cannot say so for a name that is only known later.
  const handler = handlers[name] as unknown as Handler<unknown, unknown, EngineEvent>;
  const reply = await handler(request, {
    signal,
    emit: (event) => {
      if (event.type === 'evaluate/progress') onProgress?.(event.done, event.total);
    },
  });
  return reply as ReplyOf<EngineRequestMap, Name>;
}
