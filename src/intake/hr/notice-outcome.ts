import type { CaseMode, CaseRow, OffboardingRequest } from '../../cases/case.ts';
import type { CaseId } from '../../cases/ids.ts';
import { sentence } from '../../cases/words/wording.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Oid } from '../../people/oid.ts';
import type { IntakeSettings, OpenedCase } from '../starting/opened-case.ts';
import type { StartCase } from '../starting/start-row.ts';

/** What became of a message, for its receipt. */
export type NoticeOutcome =
  | {
      readonly kind: 'accepted';
      readonly oid: Oid;
      readonly caseId?: CaseId;
      readonly mode?: CaseMode;
      readonly startsAt?: string;
      readonly note?: string;
      /** Where a case was opened or joined now. */
      readonly opened?: { readonly request: OffboardingRequest; readonly as: OpenedCase };
    }
  | { readonly kind: 'rejected'; readonly faults: readonly string[]; readonly caseId?: CaseId }
  /** The directory could not be asked: nothing was done, and the message must come again. */
  | { readonly kind: 'unreadable'; readonly failure: VendorFailure };

export interface NoticeParts {
  readonly vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>;
  readonly settings: IntakeSettings;
  readonly mode: CaseMode;
  readonly start: StartCase;
  readonly now: () => Date;
}

export function rejected(fault: string, row?: CaseRow): NoticeOutcome {
  return { kind: 'rejected', faults: [fault], ...(row === undefined ? {} : { caseId: row.caseId }) };
}

/** Why a case does not wait for the day that HR names. */
export function whyNotMoved(row: CaseRow): string {
  const { caseId, state, cancellation } = row;
  if (state !== 'cancelled' && state !== 'refused') return whyBegan(row, 'was not moved to the new day');
  return `The case ${caseId} is ${state} and was not moved to the new day: ${sentence(cancellation ?? row.refusal ?? 'it never starts')} If they leave on that day all the same, say so in another message.`;
}

/** Undoing is a decision of somebody who knows what the person should have now. */
export function whyBegan({ caseId, state }: CaseRow, what: string): string {
  return `The case ${caseId} is ${state} and ${what}: access comes back by a decision only. An operator lets the person in at the gateway with POST /api/denied/{oid}/release, and its report says what was cut.`;
}
