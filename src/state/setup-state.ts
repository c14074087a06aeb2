/** A set-up that came as a link, before anything of it is done. */
import type { Setup, SetupReading } from '../formats/setup-link.ts';
import type { HyperparameterKey } from '../domain/hyperparameter-specs.ts';

export type SetupState =
  | { readonly status: 'none' }
  | {
      readonly status: 'ready';
      readonly setup: Setup;
      readonly defaulted: readonly HyperparameterKey[];
    }
  | RefusedSetup;

export type RefusedSetup = Extract<SetupReading, { status: 'refused' }>;
export type { Setup };

export interface SetupSlice {
  readonly setup: SetupState;
}
