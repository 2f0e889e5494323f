import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { ok, type VendorResult } from '../../result.ts';
import type { DevOpsSettings } from '../../settings.ts';
import { listAll } from '../list-all.ts';
import { QUERIES } from '../queries.ts';
import { ask } from '../request.ts';

const Membership = z.object({ containerDescriptor: z.string().min(1) });

const described = z.string().nullish().catch(null);
const Group = z.object({ principalName: described, displayName: described, origin: described });
/** A group that somebody is in. Those with origin `aad` are Entra's: who is in them is decided there. */
export type DevOpsGroup = z.output<typeof Group> & { readonly descriptor: string };

const GRAPH = { identity: 'reader', host: 'identities', scope: 'vso.graph', version: '7.1-preview.1' } as const;

/** The groups that an account is in by itself. */
export function listMemberships(
  settings: DevOpsSettings,
  organisation: string,
  descriptor: string,
): Promise<Listing<string>> {
  return listAll(settings, {
    ...QUERIES.memberships(descriptor),
    identity: 'reader',
    organisation,
    what: `list the groups of ${descriptor} in ${organisation}`,
    row: Membership.transform(({ containerDescriptor }) => containerDescriptor),
    keyOf: (container) => container,
  });
}

/** What groups are called. One that is not told keeps its descriptor for a name. */
export async function nameGroups(
  settings: DevOpsSettings,
  organisation: string,
  descriptors: readonly string[],
): Promise<VendorResult<readonly DevOpsGroup[]>> {
  if (descriptors.length === 0) return ok([]);
  const answer = await ask(settings, {
    ...GRAPH,
    method: 'POST',
    organisation,
    path: ['_apis', 'graph', 'subjectlookup'],
    body: { lookupKeys: descriptors.map((descriptor) => ({ descriptor })) },
    what: `name ${descriptors.length} groups of ${organisation}`,
    shape: z.object({ value: z.record(z.string(), z.unknown()) }),
  });
  if (!answer.ok) return answer;
  const { value } = answer.value.body;
  const unnamed = { principalName: null, displayName: null, origin: null };
  return ok(descriptors.map((descriptor) => ({ descriptor, ...(Group.safeParse(value[descriptor]).data ?? unnamed) })));
}

/** Whether an account is active in the organisation: one that was removed, or that Entra deleted, is not. */
export async function isActiveMember(
  settings: DevOpsSettings,
  organisation: string,
  descriptor: string,
): Promise<VendorResult<boolean>> {
  const answer = await ask(settings, {
    ...GRAPH,
    organisation,
    path: ['_apis', 'graph', 'membershipstates', descriptor],
    what: `say whether ${descriptor} is an active member of ${organisation}`,
    shape: z.object({ active: z.boolean() }),
  });
  return answer.ok ? ok(answer.value.body.active) : answer;
}

/** The id under which everything but the graph knows an account: entitlements, builds and the audit log. */
export async function getStorageKey(
  settings: DevOpsSettings,
  organisation: string,
  descriptor: string,
): Promise<VendorResult<string>> {
  const answer = await ask(settings, {
    ...GRAPH,
    organisation,
    path: ['_apis', 'graph', 'storagekeys', descriptor],
    what: `name the id of ${descriptor} in ${organisation}`,
    shape: z.object({ value: z.string().min(1) }),
  });
  return answer.ok ? ok(answer.value.body.value) : answer;
}

/** Takes an account out of the organisation, with its licence, its memberships and its SSH keys. */
export async function removeEntitlement(
  settings: DevOpsSettings,
  organisation: string,
  storageKey: string,
): Promise<VendorResult<void>> {
  const answer = await ask(settings, {
    identity: 'remover',
    method: 'DELETE',
    host: 'entitlements',
    organisation,
    path: ['_apis', 'userentitlements', storageKey],
    version: '7.1',
    what: `remove ${storageKey} from ${organisation}`,
    scope: 'vso.memberentitlementmanagement_write',
    shape: z.unknown(),
  });
  return answer.ok ? ok(undefined, answer.requestId) : answer;
}
