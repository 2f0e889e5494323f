import type { CaseRow } from '../../../src/cases/case.ts';
import { whyReturned } from '../../../src/cases/denied/person-returned.ts';
import type { Person } from '../../../src/connectors/graph/people/person-of-user.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';

type Opened = Pick<Leaver, 'state' | 'deletedAt' | 'leaveAt' | 'leaveAtUnread'>;

/** Whether somebody still leaves, by the directory's word. */
export type StillLeaves =
  | { readonly kind: 'leaving' }
  | { readonly kind: 'unread'; readonly failure: VendorFailure }
  /** `before`: as the case is about them by now. */
  | { readonly kind: 'returned'; readonly why: string; readonly person: Person; readonly before: Opened };

/** Asks the directory about the person of a case: one call, two where they are deleted. */
export async function stillLeaves(
  vendors: Pick<Vendors, 'graph'>,
  oid: Oid,
  /** As the case began with them. */
  opened: Opened,
  row: Pick<CaseRow, 'deletedAt'> | undefined,
  now: () => Date,
): Promise<StillLeaves> {
  const found = await vendors.graph.findPerson(oid);
  // A case that began without the directory goes on without it: nothing has become less known.
  if (!found.ok)
    return opened.state === 'unreadable' ? { kind: 'leaving' } : { kind: 'unread', failure: found.failure };
  // A deletion that another request brought meanwhile is what the case is about by now.
  const deletedAt = row?.deletedAt;
  const before = deletedAt === undefined ? opened : { ...opened, state: 'soft-deleted' as const, deletedAt };
  const why = whyReturned(before, found.value, now());
  return why === undefined ? { kind: 'leaving' } : { kind: 'returned', why, person: found.value, before };
}
