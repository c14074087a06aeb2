import { spawn } from 'node:child_process';
import { fromRoot, REPOSITORY_ROOT } from './repository.ts';

interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Given what the tool prints, instead of the terminal. */
  readonly onOutput?: (chunk: Buffer) => void;
}

/** Runs a tool of node_modules with its output shown; its exit code, or 1 if it could not start. */
export function runBinary(
  name: string,
  args: readonly string[],
  { environment = {}, onOutput }: RunOptions = {},
): Promise<number> {
  const onWindows = process.platform === 'win32';
  const file = fromRoot('node_modules', '.bin', onWindows ? `${name}.cmd` : name);
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: REPOSITORY_ROOT,
      stdio: onOutput === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: onWindows,
      env: { ...process.env, ...environment },
    });
    if (onOutput !== undefined) {
      child.stdout?.on('data', onOutput);
      child.stderr?.on('data', onOutput);
    }
    child.on('error', (error) => {
      console.error(`${name} could not be started: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

/**
 * Starts a tool now and keeps what it prints until the result is asked for, so that a slow check
 * on one core runs beside others without its lines among theirs.
 */
export function startAhead(name: string, args: readonly string[]): () => Promise<number> {
  const chunks: Buffer[] = [];
  const running = runBinary(name, args, { onOutput: (chunk) => chunks.push(chunk) });
  return async () => {
    const code = await running;
    process.stdout.write(Buffer.concat(chunks));
    return code;
  };
}
