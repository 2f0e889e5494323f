import type { CaseRow } from '../../cases/case.ts';
import type { PolicySettings } from '../../config/config-cases.ts';
import type { Config } from '../../config.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { StoredCase } from '../../connectors/storage/cases/case-table.ts';
import type { OutboxSettings } from '../../outbox/listening.ts';
import type { ProtectionSettings } from '../person/protection.ts';
import type { WhatToSay } from '../rules/confirm-person.ts';
import type { HoldSettings } from './hold-case.ts';

/** What became of a request for a case. */
export type OpenedCase =
  /** `onHold`: written, its leaver contained, and not started; `row.onHold` says why. */
  { readonly kind: 'opened' | 'on-hold' | 'merged' | 'duplicate' | 'refused'; readonly stored: StoredCase } | NoCase;

/** Nothing was written about the request. */
export type NoCase =
  /** `restored`: their cases of which nobody knew so far that the person is back. */
  | { readonly kind: 'not-a-leaver'; readonly why: string; readonly restored?: readonly CaseRow[] }
  | { readonly kind: 'unknown-person'; readonly why: string }
  /** The id is no person's; or the person is not who the request says, or says too little of. */
  | { readonly kind: 'not-a-person'; readonly why: string }
  | { readonly kind: 'not-confirmed'; readonly why: string; readonly say: WhatToSay }
  /** The directory could not be asked: the trigger must be delivered again. */
  | { readonly kind: 'unreadable'; readonly failure: VendorFailure };

/** What starting a case depends on. */
export type StartSettings = PolicySettings &
  HoldSettings &
  OutboxSettings &
  ProtectionSettings &
  Pick<Config, 'REPLICATION_SECONDS'>;

/** What opening one depends on. */
export type IntakeSettings = StartSettings & Pick<Config, 'DISABLED_MEANS_LEFT_AFTER_DAYS'>;
