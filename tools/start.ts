/** `npm start`: builds the app if needed and serves it on this computer. `--no-build` only serves. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureBuild } from './build-app.ts';
import { DIST_FOLDER } from './repository.ts';
import { startStaticServer } from './static-server.ts';

const DEFAULT_PORT = 4173;

function wantedPort(): number {
  const text = process.env['PORT'];
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`PORT is "${text}"; it has to be a number from 0 to 65535.`);
  }
  return port;
}

async function start(): Promise<void> {
  if (!process.argv.includes('--no-build')) {
    console.log('Building Headstart…');
    const outcome = await ensureBuild();
    console.log(outcome === 'fresh' ? 'The build is up to date.' : 'Built.');
  } else if (!existsSync(path.join(DIST_FOLDER, 'index.html'))) {
    throw new Error('There is no build yet. Type: npm run build');
  }
  const host = process.env['HOST'];
  const server = await startStaticServer({
    root: DIST_FOLDER,
    port: wantedPort(),
    ...(host === undefined || host === '' ? {} : { host }),
  });
  console.log(`\n  Headstart is running at ${server.url}\n  Stop it with Ctrl+C.\n`);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void server.close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
