import type { CaseRow } from '../cases/case.ts';
import { type Config, isProtected } from '../config.ts';
import type { Person } from '../connectors/graph/users.ts';
import type { VendorFailure } from '../connectors/result.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { protectionByGroup } from './protected-groups.ts';

export type ProtectionSettings = Pick<Config, 'PROTECTED_GROUPS' | 'PROTECTED_OIDS'>;

/** Whether a case in this mode may touch somebody. */
export type Protection =
  | { readonly kind: 'free' }
  | { readonly kind: 'protected'; readonly why: string }
  /** The directory could not be asked, and somebody would be cut off: it must be asked again. */
  | { readonly kind: 'unreadable'; readonly failure: VendorFailure };

/**
 * Whether the settings keep cases off this person, by their id or by a group that they are in. It is asked when a case
 * is written and again when it starts, because days may lie between the two. What is not known refuses whatever cuts
 * somebody off; a plan does not.
 */
export async function protectionOf(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ProtectionSettings,
  { oid, mode }: Pick<CaseRow, 'oid' | 'mode'>,
  person: Person,
): Promise<Protection> {
  if (isProtected(settings, oid))
    return { kind: 'protected', why: 'The account is protected (PROTECTED_OIDS): this app must never cut it off.' };
  const by = await protectionByGroup(vendors, settings, person);
  switch (by.kind) {
    case 'free':
      return by;
    case 'protected':
      return { kind: 'protected', why: by.why };
    case 'unknown':
      return mode === 'apply' ? { kind: 'protected', why: by.why } : { kind: 'free' };
    case 'unreadable':
      return mode === 'apply' ? by : { kind: 'free' };
    default:
      return by satisfies never;
  }
}
