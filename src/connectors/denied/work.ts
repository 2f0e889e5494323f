import type { VendorResult } from '../result.ts';
import type { Projected, ProjectionAsked } from './project.ts';
import type { DeniedStores } from './stores.ts';

/** The stores, and what this process does for all at once who ask for it at the same time. */
export interface DeniedWork extends DeniedStores {
  /** Looks whether rows were lost, before somebody changes the table (`readTable`). */
  readonly look: () => Promise<unknown>;
  readonly project: (asked: ProjectionAsked) => Promise<VendorResult<Projected>>;
}
