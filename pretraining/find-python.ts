/** Finds a Python that can run the recipe: with numpy and Pillow, and for training with PyTorch. */
import { spawnSync } from 'node:child_process';

export const PYTHON_VARIABLE = 'HEADSTART_PYTHON';
/** On some machines `python3` is one that cannot see the system's packages. */
const NAMES = ['python3', '/usr/bin/python3', 'python'];

/** A command that can import all of `modules`, or null. */
export function findPython(modules: readonly string[]): string | null {
  const named = process.env[PYTHON_VARIABLE];
  const names = named === undefined ? NAMES : [named];
  const finds = modules.map((name) => `importlib.util.find_spec(${JSON.stringify(name)})`);
  const program = `import importlib.util, sys; sys.exit(not all([sys.version_info >= (3, 11), ${finds.join(', ')}]))`;
  return names.find((name) => spawnSync(name, ['-c', program]).status === 0) ?? null;
}

export function missingPython(modules: readonly string[]): string {
  return `needs Python 3.11 with ${modules.join(', ')}, which is not here (${PYTHON_VARIABLE} can name one)`;
}
