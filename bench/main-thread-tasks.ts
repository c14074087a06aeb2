/** Reads a Chromium trace: the tasks of the page's main thread, and what each of them spent its time on. */

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly id?: string;
  readonly args?: {
    readonly name?: string;
    readonly data?: {
      readonly functionName?: string;
      readonly startTime?: number;
      readonly type?: string;
      readonly cpuProfile?: {
        readonly nodes?: readonly ProfileNode[];
        readonly samples?: readonly number[];
      };
      readonly timeDeltas?: readonly number[];
    };
  };
}

interface ProfileNode {
  readonly id: number;
  readonly parent?: number;
  readonly callFrame: { readonly functionName: string; readonly lineNumber?: number };
}

export interface MainThreadTask {
  /** Since the first task. */
  readonly atMs: number;
  readonly ms: number;
  /** Without the time in which another process had the processor. */
  readonly processorMs: number;
  /** "Layout 12", "renderWithHooks 9": the largest parts, in milliseconds. */
  readonly parts: readonly string[];
}

/** What is a part of its own in a task's account; the rest of a task is script. */
const PARTS = new Set([
  'Layout',
  'UpdateLayoutTree',
  'PrePaint',
  'Paint',
  'Layerize',
  'Commit',
  'HitTest',
  'MinorGC',
  'MajorGC',
  'V8.GCScavenger',
  'EvaluateScript',
  'v8.compile',
  'FunctionCall',
  'TimerFire',
  'EventDispatch',
  'FireAnimationFrame',
  'HandlePostMessage',
]);

/** Leaves out what began in the first `skipMs`. */
export function readTrace(
  json: string,
  skipMs: number,
): { readonly tasks: readonly MainThreadTask[] } {
  const { traceEvents } = JSON.parse(json) as { traceEvents: readonly TraceEvent[] };
  const main = busiestMain(traceEvents);
  const own = traceEvents.filter((event) => main !== null && onThread(event, main));
  const tasks = own.filter((event) => /RunTask$/.test(event.name) && event.dur !== undefined);
  const start = Math.min(...tasks.map(({ ts }) => ts));
  const samples = main === null ? [] : profileSamples(traceEvents, main);
  const counted = outermost(tasks).filter(({ ts }) => ts >= start + skipMs * 1000);
  return {
    tasks: counted.map((task) => {
      const end = task.ts + (task.dur ?? 0);
      const isLong = (task.dur ?? 0) > 20_000;
      return {
        atMs: (task.ts - start) / 1000,
        ms: (task.dur ?? 0) / 1000,
        processorMs: (task.tdur ?? task.dur ?? 0) / 1000,
        parts: isLong
          ? [
              ...largest(
                own
                  .filter((event) => PARTS.has(event.name) && event.ts >= task.ts && event.ts < end)
                  .map((event) => [event.name, (event.tdur ?? event.dur ?? 0) / 1000] as const),
                6,
              ),
              '|',
              ...largest(
                samples
                  .filter(({ at }) => at >= task.ts && at < end)
                  .map(({ name, us }) => [name, us / 1000] as const),
                8,
              ),
            ]
          : [],
      };
    }),
  };
}

interface Thread {
  readonly pid: number;
  readonly tid: number;
}

function onThread(event: TraceEvent, { pid, tid }: Thread): boolean {
  return event.pid === pid && event.tid === tid;
}

/** There may be a renderer for a blank page too. */
function busiestMain(events: readonly TraceEvent[]): Thread | null {
  const mains = events.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const busyUs = (main: Thread): number =>
    events.reduce(
      (sum, event) =>
        sum + (onThread(event, main) && /RunTask$/.test(event.name) ? (event.dur ?? 0) : 0),
      0,
    );
  return mains.sort((a, b) => busyUs(b) - busyUs(a))[0] ?? null;
}

/** Tasks inside tasks (a message pumped while another is at work) belong to the outer one. */
function outermost(tasks: readonly TraceEvent[]): readonly TraceEvent[] {
  const sorted = [...tasks].sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  let end = -Infinity;
  return sorted.filter(({ ts, dur = 0 }) => {
    if (ts < end) return false;
    end = ts + dur;
    return true;
  });
}

function largest(parts: readonly (readonly [string, number])[], most: number): readonly string[] {
  const sums = new Map<string, number>();
  for (const [name, ms] of parts) sums.set(name, (sums.get(name) ?? 0) + ms);
  return [...sums]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .filter(([, ms]) => ms >= 1)
    .map(([name, ms]) => `${name} ${ms.toFixed(0)}`);
}

interface Sample {
  /** Microseconds, on the trace's clock. */
  readonly at: number;
  readonly us: number;
  readonly name: string;
}

/** The sampling profiler's answer to where script was; names are those of the build. */
function profileSamples(events: readonly TraceEvent[], main: Thread): readonly Sample[] {
  const begin = events.find((event) => event.name === 'Profile' && onThread(event, main));
  if (begin === undefined) return [];
  const chunks = events.filter(
    (event) => event.name === 'ProfileChunk' && event.pid === main.pid && event.id === begin.id,
  );
  const names = new Map<number, string>();
  const samples: Sample[] = [];
  let at = begin.args?.data?.startTime ?? begin.ts;
  for (const { args } of chunks) {
    for (const { id, callFrame } of args?.data?.cpuProfile?.nodes ?? []) {
      names.set(id, callFrame.functionName || `anonymous:${String(callFrame.lineNumber ?? 0)}`);
    }
    const deltas = args?.data?.timeDeltas ?? [];
    (args?.data?.cpuProfile?.samples ?? []).forEach((node, i) => {
      const us = deltas[i] ?? 0;
      at += us;
      samples.push({ at, us, name: names.get(node) ?? '?' });
    });
  }
  return samples;
}
