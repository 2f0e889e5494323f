import type { ModeSetting } from '../../config/config-cases.ts';
import type { Config } from '../../config.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { IntakeSettings } from '../../intake/starting/opened-case.ts';
import type { StartCase } from '../../intake/starting/start-row.ts';
import type { Log } from '../../log.ts';

/** What reconciliation works with. */
export interface ReconcileContext {
  readonly vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>;
  readonly settings: IntakeSettings &
    ModeSetting<'entra-event'> &
    ModeSetting<'sweep'> &
    Pick<Config, 'REPLICATION_SECONDS' | 'DISABLED_MEANS_LEFT_AFTER_DAYS'>;
  readonly log: Log;
  readonly start: StartCase;
  readonly now: () => Date;
}

/** `again`: later, for the directory has not agreed yet, or did not answer (`failure`). */
export type Settled =
  | { readonly kind: 'settled' }
  | { readonly kind: 'again'; readonly ms: number; readonly failure?: VendorFailure };

export const SETTLED: Settled = { kind: 'settled' };
