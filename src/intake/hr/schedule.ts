import type { CaseRow, OffboardingRequest } from '../../cases/case.ts';
import type { CaseId } from '../../cases/ids.ts';
import type { LastDay } from '../../cases/leaves-at.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Oid } from '../../people/oid.ts';
import type { SaidOfPerson } from '../open-case.ts';

export interface Appointment {
  readonly request: OffboardingRequest;
  readonly said: SaidOfPerson;
  readonly leaving: LastDay;
  /** The instant of `leaving`, which lies ahead. */
  readonly startsAt: string;
}

export type Placed =
  | { readonly kind: 'scheduled'; readonly caseId: CaseId }
  /** Its case is under way or has ended: a new day moves nothing any more. */
  | { readonly kind: 'began'; readonly row: CaseRow }
  | { readonly kind: 'refused'; readonly why: string };

export type Cancelled =
  | { readonly kind: 'cancelled'; readonly caseId: CaseId }
  | { readonly kind: 'began'; readonly row: CaseRow }
  | { readonly kind: 'nothing' };

/** Cases that wait for their day. */
export interface Schedule {
  /** Enters the person's case for an instant, or moves the one that waits; the same again changes nothing. */
  readonly move: (appointment: Appointment) => Promise<Placed>;
  /** Takes the person's waiting case off; what began is not stopped. */
  readonly cancel: (who: { readonly oid: Oid; readonly why: string }) => Promise<Cancelled>;
}

/** Where cases cannot wait: a day ahead is refused, and whatever there is of a case has begun. */
export function withoutSchedule(vendors: Pick<Vendors, 'storage'>): Schedule {
  return {
    move: async ({ leaving: { lastDay } }) => ({
      kind: 'refused',
      why: `/lastDay: ${lastDay} is in the future; send the message on that day`,
    }),
    cancel: async ({ oid }) => {
      const rows = (await vendors.storage.casesOf(oid)).map(({ row }) => row);
      const row = rows.filter(({ state, mode }) => state !== 'refused' && mode === 'apply').at(-1);
      return row === undefined ? { kind: 'nothing' } : { kind: 'began', row };
    },
  };
}
