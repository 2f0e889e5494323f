import type { CaseRow } from '../../cases/case.ts';
import type { Denied } from '../../cases/denied/denied.ts';
import { type CaseMessage, type Message, messageKey } from '../../cases/words/message.ts';
import type { Config } from '../../config.ts';
import { ok, type VendorResult } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { WorseRun } from '../../report/posture/worse.ts';

/** What a message is about, as it stands now. */
export type Told =
  | { readonly message: CaseMessage; readonly row: CaseRow }
  /** Somebody who is contained without a case, or was. */
  | { readonly message: Message; readonly denied: Denied }
  /** A run of the checklist in which something is worse than it was. */
  | { readonly message: Message; readonly posture: WorseRun };

/** A message and what it is made of. */
export type Delivery = Told & Telling;

interface Telling {
  /** Where the case, the denial or the run is shown; undefined where no setting says so. */
  readonly link: string | undefined;
  readonly vendors: Pick<Vendors, 'auditIngestion' | 'github' | 'storage' | 'teams' | 'webhook'>;
  readonly settings: Pick<Config, 'REQUEST_TIMEOUT_SECONDS'>;
  readonly now: () => Date;
}

/** Tells one channel, once however often it is asked. A value is what stands in the log. */
export type Tell = (delivery: Delivery) => Promise<VendorResult<object>>;

/**
 * For receivers that do not look whether they have a message: what was sent is remembered here, and of two rounds at
 * once one sends.
 */
export function tellOnce(
  { message, vendors, settings, now }: Delivery,
  send: () => Promise<VendorResult<unknown>>,
): Promise<VendorResult<object>> {
  const name = `${message.caseId}/told-${messageKey(message)}`;
  return vendors.storage.doOnce({ name, claimMs: 2 * settings.REQUEST_TIMEOUT_SECONDS * 1_000, now }, async () => {
    const sent = await send();
    return sent.ok ? ok({ toldAt: now().toISOString() }, sent.requestId) : sent;
  });
}
