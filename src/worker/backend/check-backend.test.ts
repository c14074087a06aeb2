import { memory, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { EngineError } from '../../protocol/errors.ts';
import { WASM_FOLDER } from '../../testing/engine-fixtures.ts';
import { checkBackend } from './check-backend.ts';
import { openBackend } from './open-backend.ts';

const onLost = (): void => {
  throw new Error('nothing can be lost in Node');
};

describe.each(['cpu', 'wasm'] as const)('the check on %s', (name) => {
  beforeAll(async () => {
    const opened = await openBackend(name, { wasmPath: WASM_FOLDER, onLost });
    expect(opened.name).toBe(name);
    expect(opened.isLost()).toBe(false);
  });

  it('finds the numbers right, to single precision', async () => {
    const result = await checkBackend();
    expect(result.right).toBe(true);
    expect(result.forwardError).toBeLessThan(1e-5);
    expect(result.gradientError).toBeLessThan(1e-5);
  });

  it('leaves no tensor behind', async () => {
    await checkBackend();
    const before = memory().numTensors;
    await checkBackend();
    expect(memory().numTensors).toBe(before);
  });
});

describe('a backend with wrong numbers', () => {
  it.each([
    ['zeros', () => 0],
    ['not a number', () => NaN],
    ['a tenth too much', (x: number) => x * 1.1],
  ])('is refused: %s', async (_name, distort) => {
    await setBackend('cpu');
    const { Tensor } = await import('@tensorflow/tfjs-core');

    const honest = Tensor.prototype.data;
    const spy = vi.spyOn(Tensor.prototype, 'data').mockImplementation(async function (
      this: unknown,
    ) {
      const values = (await honest.call(this as InstanceType<typeof Tensor>)) as Float32Array;
      return values.map(distort);
    });
    try {
      const result = await checkBackend();
      expect(result.right).toBe(false);
      expect(result.forwardError).toBeGreaterThan(0.05);
    } finally {
      spy.mockRestore();
    }
  });
});

describe('opening', () => {
  it('says that a browser backend is not to be had in Node', async () => {
    const opening = openBackend('webgpu', { wasmPath: WASM_FOLDER, onLost });
    await expect(opening).rejects.toMatchObject({
      code: 'backend-unavailable',
      detail: { backend: 'webgpu' },
    } satisfies Partial<EngineError>);
  });

  it('gives up on a backend that never answers', async () => {
    registerBackend('webgl', () => new Promise<never>(() => undefined));
    try {
      const opening = openBackend('webgl', { wasmPath: WASM_FOLDER, onLost, timeoutMs: 20 });
      await expect(opening).rejects.toMatchObject({ code: 'worker-timeout' });
    } finally {
      removeBackend('webgl');
    }
  });
});
