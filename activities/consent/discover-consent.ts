import type { Coverage } from '../../src/cases/coverage.ts';
import { coverageOf, coverageOfList, NOTHING_READ } from '../../src/cases/coverage-of.ts';
import { AboutSchema, DiscoveredSchema } from '../../src/cases/discovery.ts';
import type { Finding } from '../../src/cases/finding.ts';
import type { Grant } from '../../src/connectors/graph/grants.ts';
import type { PreAuthorizedClient, ServicePrincipal } from '../../src/connectors/graph/service-principals.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { assignmentFindings, unseenRoles } from '../../src/steps/consent/rules/assignment-findings.ts';
import { classifyGrant } from '../../src/steps/consent/rules/classify-grant.ts';
import { grantFindings, preAuthorizedFindings } from '../../src/steps/consent/rules/grant-findings.ts';
import type { GrantKey } from '../../src/steps/consent/rules/grant-id.ts';
import { issuedTokens } from '../../src/steps/consent/rules/issued-tokens.ts';
import { fileStepResult } from '../case/file-step-result.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';
import { type CrossCheck, crossCheckGrants } from './cross-check-grants.ts';
import { groupCoverage, groupsOf } from './groups-of-leaver.ts';
import { nameClients } from './name-clients.ts';

interface Found {
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  readonly failures: readonly (VendorFailure | undefined)[];
}

/**
 * Every consent and role by which the leaver, or a client in their name, reaches the gateway. The gateway is the
 * grant's resource, so everything is asked from its side: that works for a deleted user too.
 */
export const discoverConsent = defineActivity(
  'discoverConsent',
  { input: AboutSchema, output: DiscoveredSchema },
  async ({ caseId, leaver }, { vendors, settings, now }) => {
    const [gateway, exempt] = await Promise.all([
      vendors.graph.findServicePrincipal(settings.GATEWAY_APP_ID),
      vendors.graph.readPreAuthorizedClients(settings.GATEWAY_APP_ID),
    ]);
    const exemptions = exempt.ok
      ? {
          clients: exempt.value,
          coverage: coverageOf('entra/pre-authorised-clients', { count: exempt.value.length, unit: 'clients' }),
        }
      : { clients: [], coverage: coverageOf('entra/pre-authorised-clients', NOTHING_READ, [exempt.failure]) };
    const found = gateway.ok
      ? await discoverOn(vendors, gateway.value, exemptions.clients, leaver)
      : { findings: [], coverage: unreadable(gateway.failure, leaver), failures: [gateway.failure] };
    const tokens = issuedTokens(leaver, settings.GATEWAY_APP_ID, settings.ACCESS_TOKEN_LIFETIME_MINUTES, now());
    return fileStepResult(
      vendors,
      caseId,
      {
        step: 'consent',
        findings: [...found.findings, ...(tokens === undefined ? [] : [tokens])],
        coverage: [...found.coverage, exemptions.coverage],
        actions: [],
      },
      tryAgainAfter([...found.failures, exempt.ok ? undefined : exempt.failure]),
    );
  },
);

async function discoverOn(
  vendors: Pick<Vendors, 'graph'>,
  gateway: ServicePrincipal,
  exempt: readonly PreAuthorizedClient[],
  leaver: Leaver,
): Promise<Found> {
  const appIds = exempt.map(({ appId }) => appId);
  const [toGateway, behindGateway, assigned, exemptClients] = await Promise.all([
    vendors.graph.listGrants('resourceId', gateway.id),
    vendors.graph.listGrants('clientId', gateway.id),
    vendors.graph.listAssignedTo(gateway.id),
    vendors.graph.listServicePrincipals('appId', appIds),
  ]);
  const listed = [...toGateway.items, ...behindGateway.items];
  const [crossCheck, groups] = await Promise.all([
    crossCheckIfUnlisted(vendors, gateway.id, listed, exemptClients.items, leaver),
    isDeleted(leaver) ? undefined : groupsOf(vendors, assigned.items, leaver),
  ]);
  const grants = [...listed, ...(crossCheck?.hidden ?? [])];
  const names = await nameClients(vendors, grants, leaver, gateway, exemptClients.items);
  const roles = new Map(gateway.appRoles?.map(({ id, value }) => [id, value ?? id]));
  const assignments = {
    onGateway: assigned.items,
    groupsOfLeaver: groups === undefined ? undefined : new Set(groups.items),
    roleName: (id: string) => roles.get(id) ?? 'default access',
  };
  const exemptNames = new Map(exemptClients.items.map(({ appId, displayName }) => [appId, displayName ?? appId]));
  const named = exempt.map((client) => ({ ...client, name: exemptNames.get(client.appId) ?? client.appId }));
  return {
    findings: [
      ...grantFindings(grants, leaver, gateway.id, names),
      ...assignmentFindings(assignments, leaver),
      ...unseenRoles(assignments, leaver, gateway.id),
      ...preAuthorizedFindings(named, gateway.appId),
    ],
    coverage: [
      coverageOfList('entra/delegated-grants:to-gateway', 'grants', toGateway),
      coverageOfList('entra/delegated-grants:behind-gateway', 'grants', behindGateway),
      coverageOfList('entra/app-role-assignments', 'assignments', assigned),
      ...(groups === undefined ? [] : [groupCoverage(groups)]),
      ...(crossCheck === undefined ? [] : [crossCheckCoverage(crossCheck, exemptClients.failure)]),
    ],
    failures: [
      ...[toGateway, behindGateway, assigned, groups, crossCheck].map((read) => read?.failure),
      crossCheck === undefined ? undefined : exemptClients.failure,
    ],
  };
}

/** For a user who is deleted, or may be, and of whom no list shows a grant: undefined where the lists have spoken. */
async function crossCheckIfUnlisted(
  vendors: Pick<Vendors, 'graph'>,
  gatewayId: string,
  listed: readonly Grant[],
  exempt: readonly ServicePrincipal[],
  leaver: Leaver,
): Promise<CrossCheck | undefined> {
  const own = ['leaver-to-gateway', 'leaver-behind-gateway'];
  const living = leaver.state === 'active' || leaver.state === 'disabled';
  if (living || listed.some((grant) => own.includes(classifyGrant(grant, leaver.oid, gatewayId)))) return undefined;
  const clients = [...listed.map(({ clientId }) => clientId), ...exempt.map(({ id }) => id)];
  const behind = listed.filter(({ clientId }) => clientId === gatewayId);
  const keys: GrantKey[] = [
    ...clients.filter((id) => id !== gatewayId).map((clientId) => ({ clientId, resourceId: gatewayId })),
    ...behind.map(({ resourceId }) => ({ clientId: gatewayId, resourceId })),
  ].map((key) => ({ ...key, principalId: leaver.oid }));
  // Nothing is left of somebody who is gone for good; an empty list about a deleted user still says nothing.
  if (keys.length === 0 && leaver.state === 'gone') return undefined;
  return crossCheckGrants(vendors, keys);
}

function crossCheckCoverage(check: CrossCheck, clientsUnread: VendorFailure | undefined): Coverage {
  const source = 'entra/grant-cross-check';
  const looked = { asked: check.asked, count: check.asked - check.open, unit: 'possible grants of a deleted user' };
  const failure = check.failure ?? clientsUnread;
  if (failure !== undefined) return coverageOf(source, looked, [failure]);
  if (check.asked > 0 && check.hidden.length === 0) {
    const detail =
      'Asked by id for every client that anybody uses on the gateway; one that only the leaver used has no id to ask by.';
    return { source, state: 'complete', looked, detail };
  }
  if (check.asked === 0) {
    const detail =
      'No grant of this deleted user is listed, Graph does not document whether it lists such grants, and no client ' +
      'of the gateway is known by which to ask for one. Restore the user to be certain.';
    return { source, state: 'partial', looked, detail };
  }
  return {
    source,
    state: 'partial',
    looked,
    detail:
      'Graph’s lists leave out the grants of this deleted user; each client that anybody uses on the gateway was ' +
      'asked for by id, but one that only the leaver used would not be seen. Restore the user to list them all.',
  };
}

/** Without the gateway’s own object nothing can be asked about it. */
function unreadable(failure: VendorFailure, leaver: Leaver): Coverage[] {
  return [
    'entra/delegated-grants:to-gateway',
    'entra/delegated-grants:behind-gateway',
    'entra/app-role-assignments',
    ...(isDeleted(leaver) ? [] : ['entra/group-app-roles']),
  ].map((source) => coverageOf(source, NOTHING_READ, [failure]));
}

function isDeleted({ state }: Leaver): boolean {
  return state === 'soft-deleted' || state === 'gone';
}
