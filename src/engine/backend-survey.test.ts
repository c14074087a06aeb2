import { describe, expect, it } from 'vitest';
import type { BackendName, BackendReport } from '../domain/backend.ts';
import {
  fail,
  fakeArtifacts,
  fakeCard,
  fakeEngineWorkers,
  type EngineHandlers,
  type FakeEngineWorkers,
} from '../testing/fake-engine-worker.ts';
import { forever } from '../testing/fake-worker.ts';
import { surveyBackends } from './backend-survey.ts';

const TIMEOUT_MS = 60;

async function survey(
  candidates: readonly BackendName[],
  override: (index: number) => EngineHandlers = () => ({}),
  signal?: AbortSignal,
): Promise<{
  reports: readonly BackendReport[];
  heard: BackendReport[];
  workers: FakeEngineWorkers;
}> {
  const workers = fakeEngineWorkers(override);
  const heard: BackendReport[] = [];
  const request = {
    candidates,
    card: fakeCard(),
    artifacts: fakeArtifacts(),
    timeoutMs: TIMEOUT_MS,
    onReport: (report: BackendReport) => heard.push(report),
  };
  const reports = await surveyBackends(workers.create, 'wasm/', request, signal);
  return { reports, heard, workers };
}

describe('surveyBackends', () => {
  it('measures each candidate in a worker of its own and ends it', async () => {
    const { reports, heard, workers } = await survey(['webgl', 'wasm']);
    expect(reports).toEqual(heard);
    expect(reports[1]).toEqual({
      backend: 'wasm',
      verdict: 'right',
      openMs: 1,
      forwardError: 1e-6,
      gradientError: 1e-6,
      imagesPerSecond: 50,
      headStepsPerSecond: 500,
      device: null,
      detail: null,
    });
    expect(workers.made.map(({ terminated }) => terminated)).toEqual([true, true]);
    const steps = ['backend/open', 'backend/check', 'backbone/load', 'backend/time'];
    expect(workers.made.map(({ received }) => received)).toEqual([steps, steps]);
  });

  it.each<[BackendReport['verdict'], EngineHandlers]>([
    ['unavailable', { 'backend/open': () => fail('backend-unavailable') }],
    ['unavailable', { 'backend/open': () => ({ backend: 'cpu', openMs: 1, device: null }) }],
    ['failed', { 'backend/open': () => fail('internal') }],
    ['timed-out', { 'backend/open': forever }],
    ['timed-out', { 'backend/time': forever }],
    ['failed', { 'backend/time': () => fail('backend-failed') }],
    ['failed', { 'backbone/load': () => fail('out-of-memory') }],
    ['wrong-numbers', { 'backbone/load': () => fail('backbone-wrong-numbers') }],
    ['failed', { 'backend/check': (_payload, { crash }) => (crash(), forever()) }],
    [
      'failed',
      {
        'backend/check': (_payload, { emit }) => {
          emit({ type: 'device-lost', backend: 'webgl' });
          return forever();
        },
      },
    ],
  ])('reports %s and goes on with the next', async (verdict, broken) => {
    const { reports, workers } = await survey(['webgl', 'wasm'], (index) =>
      index === 0 ? broken : {},
    );
    expect(reports.map((report) => report.verdict)).toEqual([verdict, 'right']);
    expect(reports[0]?.detail).not.toBeNull();
    expect(workers.made[0]?.terminated).toBe(true);
  });

  it('refuses wrong numbers, says how wrong, and does not time them', async () => {
    const { reports, workers } = await survey(['webgpu'], () => ({
      'backend/check': () => ({ right: false, forwardError: 0.5, gradientError: 2 }),
    }));
    expect(reports[0]).toMatchObject({
      verdict: 'wrong-numbers',
      forwardError: 0.5,
      gradientError: 2,
      imagesPerSecond: null,
    });
    expect(workers.last.received).not.toContain('backend/time');
  });

  it('keeps what was measured before the time was up', async () => {
    const { reports } = await survey(['webgpu'], () => ({ 'backend/time': forever }));
    expect(reports[0]).toMatchObject({ verdict: 'timed-out', openMs: 1, forwardError: 1e-6 });
  });

  it('can be aborted and then leaves no worker behind', async () => {
    const abort = new AbortController();
    const workers = fakeEngineWorkers(() => ({ 'backend/open': forever }));
    const call = surveyBackends(
      workers.create,
      'wasm/',
      {
        candidates: ['wasm', 'cpu'],
        card: fakeCard(),
        artifacts: fakeArtifacts(),
        timeoutMs: 5000,
        onReport: () => undefined,
      },
      abort.signal,
    );
    setTimeout(() => abort.abort(), 10);
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    expect(workers.made.map(({ terminated }) => terminated)).toEqual([true]);
  });

  it('survives a browser that refuses to make workers', async () => {
    const reports = await surveyBackends(
      () => {
        throw new Error('blocked');
      },
      'wasm/',
      {
        candidates: ['cpu'],
        card: fakeCard(),
        artifacts: fakeArtifacts(),
        timeoutMs: TIMEOUT_MS,
        onReport: () => undefined,
      },
    );
    expect(reports[0]).toMatchObject({ verdict: 'failed', detail: 'blocked' });
  });
});
