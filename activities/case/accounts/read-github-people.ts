import type { Config } from '../../../src/config.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import { isPerson } from '../../../src/connectors/github/people/external-identities.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { isFresh, type Memory, NO_MEMORY } from '../../../src/people/evidence/remembered.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { OpenOrganisation } from './further-evidence.ts';
import { provedIn, readSignOnPeople, type SignOnPeople } from './organisation-people.ts';

/** What an organisation shows of its people; a failure stands in the place of what could not be read. */
export interface PeopleRead {
  readonly organisation: string;
  readonly people: SignOnPeople | undefined;
  readonly client?: GitHubOrganisation;
  readonly failure?: VendorFailure;
}

/** The people of one organisation, as its single sign-on and its lists show them. */
export async function readPeople(
  vendors: Pick<Vendors, 'github' | 'graph'>,
  { TENANT_ID }: Pick<Config, 'TENANT_ID'>,
  organisation: string,
  { oid }: Leaver,
): Promise<PeopleRead> {
  const connected = await vendors.github.organisation('reader', organisation);
  if (!connected.ok) return { organisation, people: undefined, failure: connected.failure };
  const client = connected.value;
  const people = await readSignOnPeople(vendors, client, TENANT_ID, [oid]);
  if (!('identities' in people)) return { organisation, people: undefined, client, failure: people.failure };
  return { organisation, people, client };
}

/** Where somebody's account may be among those that belong to nobody provable. */
export function openOrganisations(
  reads: readonly PeopleRead[],
  { oid }: Leaver,
  memory: Memory | undefined,
  now: Date,
): OpenOrganisation[] {
  return reads.flatMap(({ people, client }): OpenOrganisation[] => {
    if (people === undefined || client === undefined) return [];
    const proved = provedAccounts(people, memory, now);
    const unproved = people.accounts.filter((account) => isPerson(account) && !proved.has(account.id)).length;
    const knowsPerson = provedIn(people).some((row) => row.oid === oid);
    return unproved === 0 ? [] : [{ people, client, unproved, knowsPerson }];
  });
}

/** The accounts of an organisation that are proved to be somebody’s, just now or lately. */
export function provedAccounts(people: SignOnPeople, memory: Memory | undefined, now: Date): ReadonlySet<number> {
  const byRow = provedIn(people).map(({ account }) => account.id);
  const fresh = (memory ?? NO_MEMORY).accounts.filter((each) => each.vendor === 'github' && isFresh(each, now));
  return new Set([...byRow, ...fresh.map(({ id }) => Number(id))]);
}
