import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import type { Account } from '../../../src/connectors/github/people/external-identities.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { type Circumstances, provedOwner } from '../../../src/people/evidence/sign-on-evidence.ts';
import {
  type NamedTenant,
  namesIn,
  objectIdsOf,
  possibleOids,
  type SignOnIdentity,
  tenantOf,
} from '../../../src/people/evidence/sign-on-identity.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { parseGuid } from '../../../src/people/oid.ts';

/** Everybody whom one organisation lets in, and what is known of the ids in its single sign-on. */
export interface SignOnPeople {
  readonly organisation: string;
  readonly source: string;
  readonly provider: 'organisation' | 'none';
  readonly identities: readonly SignOnIdentity[];
  /** Members, outside collaborators and linked accounts, each once. */
  readonly accounts: readonly Account[];
  tenantOf(identity: SignOnIdentity): NamedTenant;
  readonly mapped: Circumstances['mapped'];
  /** People of the directory among the ids that were asked for; undefined where it did not answer. */
  readonly directory: ReadonlySet<Oid> | undefined;
  /** A list that could not be read to its end: somebody may be missing. */
  readonly failure?: VendorFailure;
  /** Besides: what may be known at the next attempt. */
  readonly failures: readonly VendorFailure[];
}

/** So many ids show whether a field holds object ids, and this share of them must be people. */
const SAMPLE = 50;
const ESTABLISHED = 0.95;

/**
 * Reads whom an organisation lets in. Where the sign-on itself says which object id somebody is, that is all; where it
 * does not, whom provisioning made is read too, and of ids in free fields it is asked whether they are people at all.
 */
export async function readSignOnPeople(
  vendors: Pick<Vendors, 'graph'>,
  client: GitHubOrganisation,
  tenantId: string,
  /** People of whom it is known that they are in the directory, or were. */
  known: readonly Oid[] = [],
): Promise<SignOnPeople | { readonly failure: VendorFailure }> {
  const [answer, outside] = await Promise.all([client.organisationPeople(), client.listOutsideCollaborators()]);
  if (!answer.ok) return { failure: answer.failure };
  const { members, provider, issuer, failure: incomplete } = answer.value;
  const tenantIn = (identity: SignOnIdentity): NamedTenant => tenantOf(identity, issuer, tenantId);
  const untold = answer.value.identities.some(
    (each) => each.account !== null && !(objectIdsOf(each).length > 0 && tenantIn(each) === 'ours'),
  );
  const provisioned = untold && provider === 'organisation' ? await client.listProvisioned() : { items: [] };
  const byId = new Map(provisioned.items.map((row) => [row.id.toLowerCase(), row]));
  const identities = answer.value.identities.map((identity) => {
    const row = byId.get(identity.guid.toLowerCase());
    return row === undefined ? identity : { ...identity, provisioned: row };
  });
  const linked = identities.flatMap(({ account }) => account ?? []);
  const accounts = new Map([...linked, ...members, ...outside.items].map((each) => [each.id, each]));
  const sampled = await sample(vendors, untold ? identities : [], known);
  const failure = incomplete ?? outside.failure;
  return {
    organisation: client.name,
    source: `github/saml-identity:${client.name}`,
    provider,
    identities,
    accounts: [...accounts.values()],
    tenantOf: tenantIn,
    mapped: sampled.mapped,
    directory: sampled.directory,
    ...(failure === undefined ? {} : { failure }),
    failures: [provisioned.failure, ...sampled.failures].filter((each) => each !== undefined),
  };
}

interface Sampled extends Pick<SignOnPeople, 'mapped' | 'directory' | 'failures'> {}

async function sample(
  vendors: Pick<Vendors, 'graph'>,
  identities: readonly SignOnIdentity[],
  known: readonly Oid[],
): Promise<Sampled> {
  const some = (values: readonly (string | undefined)[]): Oid[] =>
    [...new Set(values.flatMap((each) => (each && parseGuid(each)) || []))].slice(0, SAMPLE);
  const nameIds = some(identities.map(({ nameId }) => nameId));
  const externalIds = some(identities.map(({ provisioned }) => provisioned?.externalId));
  const asked = [...new Set([...nameIds, ...externalIds])];
  if (asked.length === 0) {
    return { mapped: { nameId: false, externalId: false }, directory: new Set(known), failures: [] };
  }
  const [people, deleted] = await Promise.all([vendors.graph.peopleAmong(asked), vendors.graph.deletedHolders()]);
  const failures = [people.failure, deleted.failure].filter((each) => each !== undefined);
  const directory = new Set([...known, ...people.items.map(({ oid }) => oid), ...deleted.items.map(({ oid }) => oid)]);
  const established = (ids: readonly Oid[]): boolean =>
    ids.length > 0 && ids.filter((id) => directory.has(id)).length >= ids.length * ESTABLISHED;
  return {
    mapped: { nameId: established(nameIds), externalId: established(externalIds) },
    directory: people.failure === undefined ? directory : undefined,
    failures,
  };
}

/** An account that a row of single sign-on proves to be somebody's, by an object id. */
export type ProvedRow = NonNullable<ReturnType<typeof provedOwner>> & {
  readonly account: Account;
  readonly names: readonly string[];
  readonly source: string;
};

/** Whose accounts are, as far as an object id proves it. A name proves nobody: it is given to others again. */
export function provedIn(people: SignOnPeople): readonly ProvedRow[] {
  return people.identities.flatMap((identity) => {
    const owner = provedOwner(identity, { ...people, tenant: people.tenantOf(identity) });
    const { account } = identity;
    return owner === undefined || account === null
      ? []
      : [{ ...owner, account, names: namesIn(identity), source: people.source }];
  });
}

/**
 * The directory besides what the sample showed: whether the ids in these rows are people, living or deleted. Asked for
 * those rows alone that something else makes the person's.
 */
export async function directoryWith(
  vendors: Pick<Vendors, 'graph'>,
  known: ReadonlySet<Oid> | undefined,
  rows: readonly SignOnIdentity[],
): Promise<Pick<SignOnPeople, 'directory' | 'failures'>> {
  const open = [...new Set(rows.flatMap(possibleOids))].filter((oid) => known?.has(oid) !== true);
  if (open.length === 0) return { directory: known ?? new Set(), failures: [] };
  const answers = await Promise.all(open.map((oid) => vendors.graph.findPerson(oid)));
  const failures = answers.flatMap((answer) => (answer.ok ? [] : [answer.failure]));
  if (failures.length > 0) return { directory: undefined, failures };
  const people = answers.flatMap((answer) => (answer.ok && answer.value.state !== 'gone' ? [answer.value.oid] : []));
  return { directory: new Set([...(known ?? []), ...people]), failures: [] };
}
