import type { CaseId } from '../../src/cases/ids.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Oid } from '../../src/people/oid.ts';

/** What became of keeping a person out who came back. */
export type Released =
  /** The gateway does not refuse them. */
  | { readonly kind: 'released' }
  /** It does, or may: somebody has to take them off the deny list. */
  | { readonly kind: 'by-hand'; readonly why: string };

/**
 * Lets somebody in again whom the case kept out. The one place where the rest of a case asks containment for that: this
 * version puts people on the gateway's deny list and takes nobody off it, so that it says what a person has to do.
 */
export async function releaseContainment(
  vendors: Pick<Vendors, 'gateway'>,
  { oid }: { readonly caseId: CaseId; readonly oid: Oid; readonly why: string },
): Promise<Released> {
  const denied = await vendors.gateway.isDenied(oid);
  if (denied.ok && !denied.value) return { kind: 'released' };
  return {
    kind: 'by-hand',
    why: denied.ok ? `Take ${oid} off the gateway’s deny list.` : `${denied.failure.message} Look for ${oid} there.`,
  };
}
