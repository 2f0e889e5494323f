import type { CaseRow } from '../../../src/cases/case.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { releaseRestored } from '../../../src/intake/containing/release-restored.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';

/** What became of keeping a person out who came back. */
export type Released =
  /** The gateway does not refuse them. */
  | { readonly kind: 'released' }
  /** It does, or may: what somebody has to do. */
  | { readonly kind: 'by-hand'; readonly why: string };

interface CameBack {
  readonly oid: Oid;
  /** Absent where nobody wrote one: then nobody knows for what they were denied. */
  readonly row: CaseRow | undefined;
  /** As they were read just now. */
  readonly person: Pick<Leaver, 'state' | 'deletedAt' | 'leaveAt'>;
}

/**
 * Lets somebody in again whom the case kept out, by the rule of intake. What counts is the gateway's list, read
 * afterwards. Safe to repeat: a release is recorded once.
 */
export async function releaseContainment(
  vendors: Pick<Vendors, 'denied' | 'gateway' | 'storage'>,
  { oid, row, person }: CameBack,
  now: Date,
): Promise<Released> {
  const released = row === undefined ? undefined : await releaseRestored(vendors, row, person, now);
  if (released?.kind === 'stays') return { kind: 'by-hand', why: released.why };
  const denied = await vendors.gateway.isDenied(oid);
  if (denied.ok && !denied.value) return { kind: 'released' };
  const later =
    row === undefined
      ? `Look for ${oid} on the gateway’s deny list.`
      : `Nothing denies them any more, and the list is written from the table every minute: look whether it still names ${oid} then.`;
  return { kind: 'by-hand', why: denied.ok ? later : `${denied.failure.message} ${later}` };
}
