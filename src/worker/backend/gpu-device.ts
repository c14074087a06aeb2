/**
 * Looks through TensorFlow.js at the GPU underneath: what it is called, and when it goes away.
 * The backends keep both to themselves, so the few fields read here are described by hand.
 */
import { backend, env } from '@tensorflow/tfjs-core';
import type { BackendName } from '../../domain/backend.ts';

interface WebGpuBackendLike {
  readonly device: {
    readonly lost: Promise<{ readonly reason?: string }>;
    readonly adapterInfo?: AdapterInfoLike;
  };
}

interface AdapterInfoLike {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly device?: string;
  readonly description?: string;
  readonly isFallbackAdapter?: boolean;
}

interface WebGlBackendLike {
  readonly gpgpu: { readonly gl: WebGL2RenderingContext & { readonly canvas: EventTarget } };
}

/** What the driver calls itself, e.g. `nvidia ampere` or a renderer string. Null for plain cpu. */
export async function describeDevice(name: BackendName): Promise<string | null> {
  if (name === 'wasm') {
    const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
    return simd === true ? 'SIMD, 1 thread' : '1 thread';
  }
  if (name === 'webgl') return describeWebGl((backend() as unknown as WebGlBackendLike).gpgpu.gl);
  if (name === 'webgpu') return describeWebGpu((backend() as unknown as WebGpuBackendLike).device);
  return null;
}

/**
 * Calls `onLost` when the current backend's context or device is lost. Returns a check that can be
 * asked at once: a lost WebGL context reads back zeros before its event arrives.
 */
export function watchForLoss(name: BackendName, onLost: () => void): () => boolean {
  if (name === 'webgl') {
    const { gl } = (backend() as unknown as WebGlBackendLike).gpgpu;
    gl.canvas.addEventListener('webglcontextlost', onLost);
    return () => gl.isContextLost();
  }
  if (name === 'webgpu') {
    const { device } = backend() as unknown as WebGpuBackendLike;
    void device.lost.then((info) => {
      // 'destroyed' is our own doing: the backend was disposed.
      if (info.reason !== 'destroyed') onLost();
    });
  }
  return () => false;
}

function describeWebGl(gl: WebGL2RenderingContext): string | null {
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = gl.getParameter(
    extension === null ? gl.RENDERER : extension.UNMASKED_RENDERER_WEBGL,
  );
  return typeof renderer === 'string' && renderer !== '' ? renderer : null;
}

function describeWebGpu(device: WebGpuBackendLike['device']): string | null {
  const info = device.adapterInfo;
  if (info === undefined) return null;
  const name = [info.vendor, info.architecture, info.device, info.description]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  const fallback = info.isFallbackAdapter === true ? ' (software)' : '';
  return name === '' ? null : name + fallback;
}
