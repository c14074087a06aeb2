/** The worker's evaluation requests: one job at a time, cancelled between steps, with progress. */
import type { EngineEvent } from '../../protocol/engine-messages.ts';
import type { EvaluationRequestMap } from '../../protocol/evaluation-messages.ts';
import type { Handlers, RequestContext } from '../dispatch.ts';
import type { CreateHeadMath } from '../head/head-math.ts';
import { createRunControl, type RunControl } from '../head/run-control.ts';
import { createRowProducts, type CreateRowProducts } from '../head/row-products.ts';
import { crossValidate } from './cross-validate.ts';
import type { EvaluationTools } from './evaluation-tools.ts';
import { judge } from './judge.ts';
import { measureLearningCurve } from './measure-learning-curve.ts';

export type EvaluationHandlers = Handlers<EvaluationRequestMap, EngineEvent>;

/** `chooseMath`: asked when a job starts, because the backend may change between jobs. */
export function createEvaluateService(
  chooseMath: () => CreateHeadMath,
  createProducts: CreateRowProducts = createRowProducts,
): EvaluationHandlers {
  /** Two jobs at once would only take turns, and twice the memory. */
  let queue: Promise<unknown> = Promise.resolve();

  function inTurn<Value>(
    { signal }: RequestContext<EngineEvent>,
    work: (control: RunControl) => Promise<Value>,
  ): Promise<Value> {
    const result = queue.then(async () => {
      const control = createRunControl(signal);
      try {
        // Also looks at the signal: a job may have been cancelled while it waited.
        await control.turn();
        return await work(control);
      } finally {
        control.close();
      }
    });
    queue = result.catch(() => undefined);
    return result;
  }

  function toolsOf(
    jobId: string,
    control: RunControl,
    { emit }: RequestContext<EngineEvent>,
  ): EvaluationTools {
    return {
      createMath: chooseMath(),
      createProducts,
      control,
      onProgress: (done, total) => {
        emit({ type: 'evaluate/progress', jobId, done, total });
      },
    };
  }

  return {
    'evaluate/judge': (request, context) =>
      inTurn(context, (control) => judge(request, { control, createProducts })),
    'evaluate/cross-validate': (request, context) =>
      inTurn(context, (control) =>
        crossValidate(request, toolsOf(request.jobId, control, context)),
      ),
    'evaluate/learning-curve': (request, context) =>
      inTurn(context, (control) =>
        measureLearningCurve(request, toolsOf(request.jobId, control, context)),
      ),
  };
}
