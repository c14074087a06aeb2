/** The main thread's side of evaluation jobs: sends them, and hands progress to the job it belongs to. */
import type { EngineEvent, EngineRequestMap } from '../protocol/engine-messages.ts';
import type { EvaluationRequestMap } from '../protocol/evaluation-messages.ts';
import { abortable } from './abort.ts';
import type { EvaluateOptions } from './engine.ts';
import type { ReplyOf, RequestOf } from './worker-channel.ts';
import type { WorkerSupervisor } from './worker-supervisor.ts';

/** One step of training on the slowest backend, many times over; jobs report far more often. */
const SILENCE_LIMIT_MS = 180_000;

export class EvaluationClient {
  readonly #supervisor: WorkerSupervisor;
  readonly #jobs = new Map<string, (done: number, total: number) => void>();

  constructor(supervisor: WorkerSupervisor) {
    this.#supervisor = supervisor;
  }

  receive(event: EngineEvent): void {
    if (event.type === 'evaluate/progress') this.#jobs.get(event.jobId)?.(event.done, event.total);
  }

  async evaluate<Name extends keyof EvaluationRequestMap>(
    name: Name,
    request: RequestOf<EngineRequestMap, Name>,
    { signal, onProgress }: EvaluateOptions = {},
  ): Promise<ReplyOf<EngineRequestMap, Name>> {
    const { jobId, photos } = request as EvaluationRequestMap[Name]['in'];
    if (onProgress !== undefined) this.#jobs.set(jobId, onProgress);
    try {
      const call = this.#supervisor.request(name, request, {
        signal,
        transfer: [photos.embeddings.buffer],
        silenceLimitMs: SILENCE_LIMIT_MS,
        retry: false,
      });
      return await abortable(call, signal, 'the evaluation');
    } finally {
      this.#jobs.delete(jobId);
    }
  }
}
