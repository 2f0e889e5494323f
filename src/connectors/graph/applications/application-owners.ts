import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { mapBounded } from '../../map-bounded.ts';
import { ok, type VendorResult } from '../../result.ts';
import type { GraphSettings } from '../../settings.ts';
import { askGraph } from '../call/client.ts';
import { listAll } from '../call/list-all.ts';
import { QUERIES } from '../call/queries.ts';

/** Where owners and secrets stand: an app registration, or its service principal, which can have its own. */
export type OwnedSet = 'applications' | 'servicePrincipals';

/** A secret or a certificate. Graph shows no value, and tells of no author. */
export interface ApplicationCredential {
  readonly keyId: string;
  readonly type: 'secret' | 'certificate';
  readonly name?: string;
  /** The first characters of a secret. */
  readonly hint?: string;
  /** ISO instants. */
  readonly from?: string;
  readonly until?: string;
}

/** An app registration, or a service principal, with who owns it and what it signs in with. */
export interface OwnedObject {
  readonly set: OwnedSet;
  readonly id: string;
  readonly appId: string;
  readonly name: string;
  /** Object ids, in lower case. */
  readonly owners: readonly string[];
  readonly credentials: readonly ApplicationCredential[];
  /** Azure keeps the keys of a managed identity, and nobody sees them. */
  readonly isManagedIdentity: boolean;
  /** Of a deleted one: the instant. */
  readonly deletedAt?: string;
}

const READ = 'Application.Read.All';

/** Objects of a relationship that an expansion gives at the most. */
const MOST_EXPANDED = 20;

const IN_FLIGHT = 8;

const text = z.string().nullish();

const Id = z.object({ id: z.string().transform((id) => id.toLowerCase()) });

const Key = z.object({
  keyId: z.string().transform((id) => id.toLowerCase()),
  displayName: text,
  hint: text,
  startDateTime: text,
  endDateTime: text,
});

const Keyed = z.object({ passwordCredentials: z.array(Key).nullish(), keyCredentials: z.array(Key).nullish() });

const Shape = Keyed.extend({
  id: z.string().min(1),
  appId: z.string().min(1),
  displayName: text,
  servicePrincipalType: text,
  deletedDateTime: text,
  owners: z.array(Id).nullish(),
});

/**
 * Every app registration, or every service principal, with its owners, secrets and certificates; one call per page. One
 * with as many owners as an expansion gives at most is asked for all of them, because no link leads to the rest.
 * Sources: learn.microsoft.com/graph/api/application-list, /application-list-owners;
 * github.com/microsoftgraph/microsoft-graph-docs-contrib/issues/2851
 */
export async function listOwned(settings: GraphSettings, set: OwnedSet): Promise<Listing<OwnedObject>> {
  const listing = await listAll(settings, {
    identity: 'reader',
    ...QUERIES.owned(set),
    what: `list the ${WORDS[set]} with their owners`,
    permission: READ,
    shape: Shape,
  });
  return withEveryOwner(settings, set, listing);
}

/** Asks for the owners of those of whom an expansion may have kept some back. */
async function withEveryOwner(
  settings: GraphSettings,
  set: OwnedSet,
  { items, failure }: Listing<z.output<typeof Shape>>,
): Promise<Listing<OwnedObject>> {
  const full = items.filter(({ owners }) => (owners?.length ?? MOST_EXPANDED) >= MOST_EXPANDED);
  const asked = await mapBounded(full, IN_FLIGHT, async ({ id }) => ({ id, ...(await listOwners(settings, set, id)) }));
  const all = new Map(asked.map(({ id, items: owners }) => [id, owners]));
  const worst = failure ?? asked.find((each) => each.failure !== undefined)?.failure;
  const owned = items.map((item) => ownedOf(set, item, all.get(item.id) ?? []));
  return worst === undefined ? { items: owned } : { items: owned, failure: worst };
}

/** The owners of one of them, by their object ids. */
export async function listOwners(settings: GraphSettings, set: OwnedSet, id: string): Promise<Listing<string>> {
  const { items, ...rest } = await listAll(settings, {
    identity: 'reader',
    path: `/${set}/${encodeURIComponent(id)}/owners?$select=id&$top=999`,
    what: `list the owners of the ${WORD[set]} ${id}`,
    permission: READ,
    shape: Id,
  });
  return { items: items.map((owner) => owner.id), ...rest };
}

/**
 * Deleted app registrations, which can be restored for 30 days, with their owners where Graph gives them there: no page
 * says so, and `owners` is `not-told` where it refuses. Source: learn.microsoft.com/graph/api/directory-deleteditems-list
 */
export async function listDeletedApplications(
  settings: GraphSettings,
): Promise<Listing<OwnedObject> & { readonly owners: 'told' | 'not-told' }> {
  const call = {
    identity: 'reader',
    what: 'list the deleted app registrations',
    permission: READ,
    shape: Shape,
  } as const;
  const told = await listAll(settings, { ...call, ...QUERIES.deletedApplications('with owners') });
  if (told.failure?.kind !== 'refused') {
    const silent = told.items.some(({ owners }) => owners === undefined || owners === null);
    const items = told.items.map((item) => ownedOf('applications', item, []));
    return { ...told, items, owners: silent ? 'not-told' : 'told' };
  }
  const plain = await listAll(settings, { ...call, ...QUERIES.deletedApplications('alone') });
  return { ...plain, items: plain.items.map((item) => ownedOf('applications', item, [])), owners: 'not-told' };
}

/** The secrets and certificates of one of them, as they stand. */
export async function readCredentials(
  settings: GraphSettings,
  set: OwnedSet,
  id: string,
): Promise<VendorResult<readonly ApplicationCredential[]>> {
  const answer = await askGraph(settings, {
    identity: 'reader',
    path: `/${set}/${encodeURIComponent(id)}?$select=id,passwordCredentials,keyCredentials`,
    what: `read the secrets of the ${WORD[set]} ${id}`,
    permission: READ,
    shape: Keyed,
  });
  return answer.ok ? ok(credentialsIn(answer.value), answer.requestId) : answer;
}

/** What one of a set is called. */
export const WORD: Readonly<Record<OwnedSet, string>> = {
  applications: 'app registration',
  servicePrincipals: 'service principal',
};

const WORDS: Readonly<Record<OwnedSet, string>> = {
  applications: 'app registrations',
  servicePrincipals: 'service principals',
};

function ownedOf(set: OwnedSet, item: z.output<typeof Shape>, asked: readonly string[]): OwnedObject {
  const { id, appId, displayName, servicePrincipalType, deletedDateTime } = item;
  return {
    set,
    id,
    appId: appId.toLowerCase(),
    name: displayName ?? appId,
    owners: [...new Set([...(item.owners ?? []).map((owner) => owner.id), ...asked])],
    credentials: credentialsIn(item),
    isManagedIdentity: servicePrincipalType === 'ManagedIdentity',
    ...(deletedDateTime ? { deletedAt: deletedDateTime } : {}),
  };
}

function credentialsIn({ passwordCredentials, keyCredentials }: z.output<typeof Keyed>): ApplicationCredential[] {
  const of = (type: ApplicationCredential['type'], keys: readonly z.output<typeof Key>[] | null | undefined) =>
    (keys ?? []).map(
      ({ keyId, displayName, hint, startDateTime, endDateTime }): ApplicationCredential => ({
        keyId,
        type,
        ...(displayName ? { name: displayName } : {}),
        ...(hint ? { hint } : {}),
        ...(startDateTime ? { from: startDateTime } : {}),
        ...(endDateTime ? { until: endDateTime } : {}),
      }),
    );
  return [...of('secret', passwordCredentials), ...of('certificate', keyCredentials)];
}
