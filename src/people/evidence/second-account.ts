import { addressesOf, type Leaver } from '../leaver.ts';
import { wordsOf } from '../names/leaver-names.ts';
import type { Oid } from '../oid.ts';
import type { AccountEvidence } from './evidence.ts';

interface Other {
  readonly oid: Oid;
  readonly names: readonly string[];
  readonly displayName?: string;
  readonly familyName?: string;
}

const SOURCE = 'entra/second-accounts';

/** An employee number that more people have than this is a placeholder: `0`, `EXT`. */
const MOST_HOLDERS = 3;

/** What says that another account of the directory is the same person's: a number of HR's, or the firm's way of naming. */
export function secondAccountEvidence(
  person: Pick<Leaver, 'employeeId' | 'familyName' | 'userPrincipalName'>,
  other: Other,
  numbered: readonly Pick<Other, 'oid'>[],
): readonly AccountEvidence[] {
  const say = (code: AccountEvidence['code'], what: string): AccountEvidence => ({ code, source: SOURCE, what });
  const found: AccountEvidence[] = [];
  const holders = new Set(numbered.map(({ oid }) => oid));
  if (holders.has(other.oid)) {
    const family = wordsOf(person.familyName ?? '');
    const theirs = wordsOf([other.familyName, other.displayName].join(' '));
    const agrees = family.length > 0 && family.every((word) => theirs.includes(word));
    if (agrees && holders.size <= MOST_HOLDERS) {
      found.push(say('S6', `It has the same employee number (${holders.size} accounts have it) and family name.`));
    } else if (agrees) {
      found.push(say('W5', `It has the same employee number, as ${holders.size} accounts have, and family name.`));
    }
  }
  const admin = adminNames(person).find((name) => other.names.includes(name));
  if (admin !== undefined) found.push(say('W5', `It is called ${admin}, as accounts for administration are.`));
  return found;
}

/** The names under which firms make second accounts for administration, of the person's own principal name. */
export function adminNames(person: Pick<Leaver, 'userPrincipalName'>): readonly string[] {
  const [name] = addressesOf({ ...(person.userPrincipalName && { userPrincipalName: person.userPrincipalName }) });
  const [local = '', domain] = name?.split('@') ?? [];
  if (local === '' || domain === undefined || local.includes('#')) return [];
  return [`adm-${local}`, `admin-${local}`, `a-${local}`, `${local}-adm`, `${local}-admin`].map(
    (each) => `${each}@${domain}`,
  );
}
