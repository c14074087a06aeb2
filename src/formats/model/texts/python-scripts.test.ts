import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KERAS_TRAIN, ONNX_PREDICT, ONNX_SELFTEST } from './python-scripts.ts';

const HAS_PYTHON = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!HAS_PYTHON)('the Python scripts (need python3; skipped without it)', () => {
  it.each([
    ['train.py', KERAS_TRAIN],
    ['predict.py', ONNX_PREDICT],
    ['selftest.py', ONNX_SELFTEST],
  ])('%s compiles', (name, text) => {
    const folder = mkdtempSync(join(tmpdir(), 'headstart-python-'));
    try {
      const path = join(folder, name);
      writeFileSync(path, text);
      expect(() => execFileSync('python3', ['-m', 'py_compile', path])).not.toThrow();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
