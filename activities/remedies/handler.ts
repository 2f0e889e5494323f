import type { RemedyCall, RemedyKind } from '../../src/cases/remedy.ts';
import type { Config } from '../../src/config.ts';
import type { VendorResult } from '../../src/connectors/result.ts';

export type CallOf<K extends RemedyKind> = Extract<RemedyCall, { readonly kind: K }>;

/** How the target stands now. For disabling remedies, "gone" means: no longer enabled. */
export type TargetState =
  | { readonly state: 'present'; readonly image: Readonly<Record<string, unknown>> }
  | { readonly state: 'gone' };

export interface Acted {
  /** `queued`: the vendor accepted it and will carry it out later (HTTP 202). */
  readonly effect: 'done' | 'queued';
}

/** How one kind of remedy is carried out and read back. The shared flow is in `apply-remedy.ts`. */
export interface RemedyHandler<K extends RemedyKind> {
  readonly kind: K;
  /**
   * The target as it stands, read with the reader identity. `image` is what undoing needs, redacted.
   * A 404 counts as gone only where the vendor answers 404 to nobody who may look; otherwise return the failure.
   */
  read(config: Config, call: CallOf<K>): Promise<VendorResult<TargetState>>;
  /** Carries the remedy out with the remover identity. A target that is gone already is success. */
  act(config: Config, call: CallOf<K>): Promise<VendorResult<Acted>>;
}
