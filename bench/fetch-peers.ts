/**
 * Fetches the peer's library and the two TensorFlow.js builds it is measured on, from the npm registry
 * into `node_modules/.cache/bench`. They are measured against, never shipped, so they are no
 * dependencies of the project.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

export interface PeerPackage {
  readonly spec: string;
  readonly folder: string;
}

export const PEER_PACKAGES: readonly PeerPackage[] = [
  { spec: '@teachablemachine/image@0.8.5', folder: 'tm-image' },
  { spec: '@tensorflow/tfjs@1.3.1', folder: 'tfjs-1.3.1' },
  { spec: '@tensorflow/tfjs@4.22.0', folder: 'tfjs-4.22.0' },
  { spec: '@tensorflow/tfjs-backend-wasm@4.22.0', folder: 'tfjs-backend-wasm-4.22.0' },
];

/** Idempotent. Throws with npm's own words when a package cannot be fetched. */
export function fetchPeers(cacheFolder: string): void {
  mkdirSync(cacheFolder, { recursive: true });
  for (const { spec, folder } of PEER_PACKAGES) {
    const target = join(cacheFolder, folder);
    if (existsSync(target)) continue;
    const before = new Set(readdirSync(cacheFolder));
    execFileSync('npm', ['pack', spec, '--silent', '--pack-destination', cacheFolder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const tarball = readdirSync(cacheFolder).find(
      (name) => !before.has(name) && name.endsWith('.tgz'),
    );
    if (tarball === undefined) throw new Error(`npm pack ${spec} left no archive`);
    execFileSync('tar', ['-xzf', join(cacheFolder, tarball), '-C', cacheFolder]);
    renameSync(join(cacheFolder, 'package'), target);
  }
}
