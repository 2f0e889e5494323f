import type { ArmState } from '../../../local/tenant/arm/state.ts';
import type { DevOpsState } from '../../../local/tenant/devops/state/state.ts';
import type { EntraState } from '../../../local/tenant/entra/state/state.ts';
import type { GitHubState } from '../../../local/tenant/github/state/state.ts';
import type { Organisation } from '../../../local/tenant/github/state/state-organisation.ts';
import type { Repository } from '../../../local/tenant/github/state/state-repository.ts';
import { DEVOPS_ORGANISATIONS, type DevOpsOrganisation, type Item } from '../firm/firm.ts';
import type { DevOpsToken } from '../firm/items/azure-devops.ts';
import type { Workload } from '../firm/items/directory.ts';

/** The vendors' own truth. */
export interface TenantStates {
  readonly entra: EntraState;
  readonly arm: ArmState;
  readonly github: GitHubState;
  readonly devops: DevOpsState;
}

/** Every object of the tenant that a case could touch: by a name that says where it stands, as text. */
export type Rows = ReadonlyMap<string, string>;

/**
 * The tenant as it stands. Left out is what a case may write: issues of the security repository, messages, the deny list
 * (`deniedIn`), and the counters of vendors.
 */
export function rowsOf({ entra, arm, github, devops }: TenantStates): Rows {
  const rows = new Map<string, string>();
  const put = (key: string, row: unknown): void => void rows.set(key.toLowerCase(), textOf(row));

  for (const user of entra.users.all()) put(`entra/users/${user.id}`, user);
  for (const user of entra.deletedUsers.all()) put(`entra/deleted-users/${user.id}`, user);
  for (const grant of entra.grants.all()) put(grantKey(grant), grant);
  for (const row of entra.assignments.all()) put(`entra/assignments/${row.id}`, row);
  for (const group of entra.groups.all()) put(`entra/groups/${group.id}`, group);
  for (const row of entra.servicePrincipals.all()) put(`entra/service-principals/${row.id}`, row);
  for (const row of entra.applications.all()) put(`entra/applications/${row.id}`, row);
  for (const row of entra.federatedCredentials.all()) {
    const holder = entra.applications.get(row.applicationId)?.displayName ?? row.applicationId;
    put(trustKey('application', holder, row.name), row);
  }
  for (const { credentials, writing: _, ...identity } of arm.identities.all()) {
    put(`azure/identities/${identity.name}`, identity);
    for (const row of credentials.all()) put(trustKey('identity', identity.name, row.name), row);
  }
  for (const row of arm.roleAssignments.all()) put(`azure/roles${row.id}`, row);
  for (const row of arm.vaults.all()) put(`azure/vaults${row.id}`, row);
  for (const row of arm.containerGroups.all()) put(`azure/containers${row.id}`, row);
  for (const row of arm.gatewayObjects.all()) put(`gateway${row.id}`, row);
  for (const organisation of github.organisations.all()) putOrganisation(organisation, put);
  for (const repository of github.repositories.all()) putRepository(repository, put);
  for (const user of github.users.all()) put(`github/users/${user.id}`, user);
  for (const organisation of devopsIn(devops)) putDevOps(organisation, put);
  return rows;
}

type Put = (key: string, row: unknown) => void;

/** All organisations of Azure DevOps. */
function devopsIn(devops: DevOpsState): DevOpsState[] {
  return [devops, ...devops.others.all()];
}

/** The organisation of Azure DevOps in which something stands. */
export function devopsAt(item: Item): DevOpsOrganisation {
  return ('devops' in item ? item.devops : undefined) ?? DEVOPS_ORGANISATIONS[0];
}

export function devopsStateOf({ devops }: TenantStates, at: DevOpsOrganisation): DevOpsState | undefined {
  return devopsIn(devops).find(({ organisation }) => organisation === at);
}

/** The registration of an application. */
export function workloadOf({ entra }: TenantStates, { name }: Workload) {
  return entra.applications.where(({ displayName }) => displayName === name)[0];
}

/** The row of a token, whose id ends in the item's. */
export function devopsTokenOf(states: TenantStates, item: DevOpsToken) {
  const end = String(item.id).padStart(12, '0');
  return devopsStateOf(states, devopsAt(item))?.tokens.where(({ authorizationId }) => authorizationId.endsWith(end))[0];
}

function putDevOps(devops: DevOpsState, put: Put): void {
  const at = `devops/${devops.organisation}`;
  for (const row of devops.agents.all()) put(`${at}/agents/${row.id}`, row);
  for (const row of devops.definitions.all()) put(`${at}/definitions/${row.id}`, row);
  for (const row of devops.releases.all()) put(`${at}/releases/${row.id}`, row);
  for (const row of devops.variableGroups.all()) put(`${at}/variable-groups/${row.id}`, row);
  for (const row of devops.users.all()) put(`${at}/users/${row.descriptor}`, row);
  for (const row of devops.tokens.all()) put(`${at}/tokens/${row.authorizationId}`, row);
}

function putOrganisation(organisation: Organisation, put: Put): void {
  const at = `github/${organisation.login}`;
  for (const row of organisation.variables.all()) put(`${at}/variables/${row.name}`, row);
  for (const row of organisation.runners.all()) put(`${at}/runners/${row.id}`, row);
  for (const row of organisation.tokens.all()) put(`${at}/tokens/${row.id}`, row);
  for (const row of organisation.credentials.all()) put(`${at}/credentials/${row.id}`, row);
  for (const row of organisation.tokenRequests.all()) put(`${at}/token-requests/${row.id}`, row);
  for (const row of organisation.invitations?.all() ?? []) put(`${at}/invitations/${row.id}`, row);
  for (const row of organisation.apps.all()) put(`${at}/apps/${row.id}`, row);
  put(`${at}/identities`, organisation.identities);
  // Nobody is taken out of an organisation without a decision.
  for (const list of ['members', 'owners', 'outsideCollaborators'] as const) put(`${at}/${list}`, organisation[list]);
}

function putRepository(repository: Repository, put: Put): void {
  const at = `github/${repository.owner}/${repository.name}`;
  for (const row of repository.variables.all()) put(`${at}/variables/${row.name}`, row);
  for (const row of repository.runners.all()) put(`${at}/runners/${row.id}`, row);
  for (const row of repository.deployKeys.all()) put(`${at}/keys/${row.id}`, row);
  for (const row of repository.invitations.all()) put(`${at}/invitations/${row.id}`, row);
  for (const row of repository.workflows.all()) put(`${at}/${row.path}`, row.state);
  for (const [path, text] of repository.files) put(`${at}/files/${path}`, text);
  for (const environment of repository.environments.all()) {
    for (const row of environment.variables.all()) put(`${at}/environments/${environment.name}/${row.name}`, row);
  }
}

export function trustKey(type: 'identity' | 'application', holder: string, name: string): string {
  return `trust/${type}/${holder}/${name}`.toLowerCase();
}

export function grantKey(grant: {
  readonly clientId: string;
  readonly resourceId: string;
  readonly principalId?: string | null | undefined;
}): string {
  return `entra/grants/${grant.clientId}/${grant.resourceId}/${grant.principalId ?? 'everybody'}`.toLowerCase();
}

/** What differs between two pictures of one tenant, by key. */
export function differences(before: Rows, after: Rows): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
}

/** Everybody whom the gateway's policy refuses, lower case: whole elements between commas, blanks and all. */
export function deniedIn({ arm }: Pick<TenantStates, 'arm'>): Set<string> {
  const ids = arm.namedValues.all().flatMap(({ value }) => value.split(','));
  return new Set(ids.map((id) => id.toLowerCase()).filter((id) => id !== '' && id !== 'none'));
}

/** JSON in which sets are lists, and a row without a field equals one where it is undefined. */
function textOf(row: unknown): string {
  return JSON.stringify(row, (_, value: unknown) => (value instanceof Set ? [...value].sort() : value)) ?? '';
}
