import type { CaseMode } from '../../cases/case.ts';
import { isProtected } from '../../config/config-cases.ts';
import type { Config } from '../../config.ts';
import type { Person } from '../../connectors/graph/people/person-of-user.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { type GroupProtection, protectionByGroup } from './protected-groups.ts';

export type ProtectionSettings = Pick<Config, 'PROTECTED_GROUPS' | 'PROTECTED_OIDS'>;

/** Whether a case in this mode may touch somebody. */
export type Protection =
  | { readonly kind: 'free' }
  | { readonly kind: 'protected'; readonly why: string }
  /** The directory could not be asked, and somebody would be cut off: it must be asked again. */
  | { readonly kind: 'unreadable'; readonly failure: VendorFailure };

/** What is known of it, whatever a case would do. */
export type KnownProtection = GroupProtection;

/**
 * Asks whether the settings keep cases off this person, by their id or by a group that they are in. It is asked when a
 * case is written and again when it starts, because days may lie between the two.
 */
export async function askProtection(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ProtectionSettings,
  person: Person,
): Promise<KnownProtection> {
  if (isProtected(settings, person.oid))
    return { kind: 'protected', why: 'The account is protected (PROTECTED_OIDS): this app must never cut it off.' };
  return protectionByGroup(vendors, settings, person);
}

/** What that means for a case in this mode: what is not known refuses whatever cuts somebody off; a plan does not. */
export function protectionFor(mode: CaseMode, known: KnownProtection): Protection {
  switch (known.kind) {
    case 'free':
      return known;
    case 'protected':
      return { kind: 'protected', why: known.why };
    case 'unknown':
      return mode === 'apply' ? { kind: 'protected', why: known.why } : { kind: 'free' };
    case 'unreadable':
      return mode === 'apply' ? known : { kind: 'free' };
    default:
      return known satisfies never;
  }
}
