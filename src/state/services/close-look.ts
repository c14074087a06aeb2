/**
 * The picture that the model was asked about last: its pixels, its embedding and, while somebody wants
 * to know why, where in it the evidence lies. Kept beside the store, which holds no arrays.
 */
import type { HeadWeights } from '../../domain/head.ts';
import type { OcclusionResult } from '../../domain/occlusion.ts';
import type { ExplainedPhotos } from '../../protocol/engine-messages.ts';
import type { StoreAccess } from '../slice-tools.ts';
import type { AppServices } from './app-services.ts';

export interface Look {
  /** RGB bytes [size, size, 3], as the backbone saw them. */
  readonly pixels: Uint8Array;
  readonly head: HeadWeights;
  /** Logits of this head are divided by it before they become probabilities, as in predictions. */
  readonly temperature: number;
  readonly embedding: Float32Array;
  /** Undefined: nobody asked. Null: the backbone has no spatial features. */
  readonly evidence: ExplainedPhotos['evidence'] | undefined;
  /** Of hiding parts of this picture; null until that was tried. */
  readonly occlusion: OcclusionResult | null;
}

export type AskedHead = Pick<Look, 'head' | 'temperature'>;

export interface CloseLook {
  /** Embeds one picture; with maps while they are wanted, in the same pass. Shows nothing yet. */
  look(pixels: Uint8Array, asked: AskedHead): Promise<Look>;
  show(look: Look | null): void;
  /** Looks again at what is shown: maps are wanted now, or another head is in use. */
  again(asked?: AskedHead): Promise<void>;
  readonly shown: Look | null;
}

export function createCloseLook({
  get,
  set,
  services,
}: StoreAccess & { services: AppServices }): CloseLook {
  const { engine } = services;
  let shown: Look | null = null;
  /** Of several looks at the same picture only the one asked for last is shown. */
  let ticket = 0;

  function show(look: Look | null): void {
    // Cameras call this all the time: nobody is told while nobody looks.
    const { why } = get();
    const matters = why.isOn || shown?.evidence !== undefined;
    shown = look;
    if (matters) set({ why: { ...why, revision: why.revision + 1 } });
  }

  async function look(pixels: Uint8Array, { head, temperature }: AskedHead): Promise<Look> {
    const common = { pixels, head, temperature, occlusion: null };
    if (!get().why.isOn) {
      return { ...common, embedding: await engine.embed(pixels, 1), evidence: undefined };
    }
    const { embeddings, evidence } = await engine.explain(pixels, 1, head);
    return { ...common, embedding: embeddings, evidence };
  }

  return {
    look,
    show,
    async again(asked) {
      const before = shown;
      const mine = ++ticket;
      if (before === null || !get().why.isOn) return;
      try {
        const next = await look(before.pixels, asked ?? before);
        if (shown === before && mine === ticket) show(next);
      } catch {
        // The supervisor tells about a lost worker; the next photo or frame looks again.
      }
    },
    get shown() {
      return shown;
    },
  };
}
