import { spawn } from 'node:child_process';
import { fromRoot, REPOSITORY_ROOT } from './repository.ts';

/** Runs a tool of node_modules with its output shown; its exit code, or 1 if it could not start. */
export function runBinary(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<number> {
  const onWindows = process.platform === 'win32';
  const file = fromRoot('node_modules', '.bin', onWindows ? `${name}.cmd` : name);
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: REPOSITORY_ROOT,
      stdio: 'inherit',
      shell: onWindows,
      env: { ...process.env, ...environment },
    });
    child.on('error', (error) => {
      console.error(`${name} could not be started: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}
