import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { coverageOf, coverageOfList, NOTHING_READ } from '../../src/cases/coverage/coverage-of.ts';
import { AboutSchema, DiscoveredSchema } from '../../src/cases/discovery.ts';
import { hasGateway } from '../../src/config/config-optional.ts';
import type { Config } from '../../src/config.ts';
import type {
  PreAuthorizedClient,
  ServicePrincipal,
} from '../../src/connectors/graph/applications/service-principals.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { assignmentFindings, unseenRoles } from '../../src/steps/consent/rules/assignment-findings.ts';
import { grantFindings, preAuthorizedFindings } from '../../src/steps/consent/rules/grant-findings.ts';
import { issuedTokens } from '../../src/steps/consent/rules/issued-tokens.ts';
import { onlyRefused } from '../../src/steps/consent/rules/only-refused.ts';
import { denyListFindingId } from '../../src/steps/containment/rules/containment-findings.ts';
import type { Found } from '../case/found.ts';
import { fileStepResult } from '../case/report/file-step-result.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';
import { crossCheckGrants } from './cross-check-grants.ts';
import { groupCoverage, groupsOf } from './groups-of-leaver.ts';
import { nameClients } from './name-clients.ts';
import { rolesOnGateway } from './roles-of-leaver.ts';
import { shownElsewhere } from './shown-elsewhere.ts';
import { type ShownOfDeleted, shownOfDeleted } from './shown-of-deleted.ts';

/**
 * Every consent and role by which the leaver, or a client in their name, reaches the gateway. The gateway is the
 * grant's resource, so everything is asked from its side: that works for a deleted user too.
 */
export const discoverConsent = defineActivity(
  'discoverConsent',
  { input: AboutSchema, output: DiscoveredSchema },
  async ({ caseId, leaver }, { vendors, settings, log, now }) => {
    const at = now();
    const shown = shownOfDeleted(vendors, { caseId, leaver }, at, log);
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
      ? await discoverOn(vendors, gateway.value, exemptions.clients, leaver, shown, at)
      : { findings: [], coverage: unreadable(gateway.failure, leaver), failures: [gateway.failure] };
    const { GATEWAY_APIM_ID: gatewayId } = settings;
    const denial = gatewayId === undefined ? undefined : denyListFindingId(gatewayId, leaver.oid);
    await shown.remember();
    const tokens = issuedTokens(leaver, tokensOf(settings), now());
    return fileStepResult(
      vendors,
      caseId,
      {
        step: 'consent',
        findings: [...found.findings, ...(tokens === undefined ? [] : [tokens])].map((each) =>
          onlyRefused(each, denial),
        ),
        coverage: [...found.coverage, exemptions.coverage],
        actions: [],
      },
      tryAgainAfter([...found.failures, exempt.ok ? undefined : exempt.failure]),
    );
  },
);

const tokensOf = (settings: Config) => ({
  gatewayAppId: settings.GATEWAY_APP_ID,
  lifetimeMinutes: settings.ACCESS_TOKEN_LIFETIME_MINUTES,
  isRefusable: hasGateway(settings),
});

async function discoverOn(
  vendors: Pick<Vendors, 'graph'>,
  gateway: ServicePrincipal,
  exempt: readonly PreAuthorizedClient[],
  leaver: Leaver,
  shown: ShownOfDeleted,
  at: Date,
): Promise<Found> {
  const elsewhere = shownElsewhere(vendors, leaver, gateway.id, at);
  const appIds = exempt.map(({ appId }) => appId);
  const [toGateway, behindGateway, assigned, exemptClients] = await Promise.all([
    vendors.graph.listGrants('resourceId', gateway.id),
    vendors.graph.listGrants('clientId', gateway.id),
    rolesOnGateway(vendors, gateway.id, leaver, shown, elsewhere),
    vendors.graph.listServicePrincipals('appId', appIds),
  ]);
  const listed = [...toGateway.items, ...behindGateway.items];
  const [crossCheck, groups] = await Promise.all([
    crossCheckGrants(vendors, leaver, {
      gatewayId: gateway.id,
      listed,
      whole: toGateway.failure === undefined && behindGateway.failure === undefined,
      exempt: exemptClients,
      shown,
      elsewhere,
    }),
    isDeleted(leaver) ? undefined : groupsOf(vendors, assigned.items, leaver),
  ]);
  const grants = [...listed, ...crossCheck.hidden];
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
      assigned.coverage,
      ...(groups === undefined ? [] : [groupCoverage(groups)]),
      crossCheck.coverage,
    ],
    failures: [toGateway, behindGateway, assigned, groups, crossCheck].map((read) => read?.failure),
  };
}

/** Without the gateway’s own object nothing can be asked about it. */
function unreadable(failure: VendorFailure, leaver: Leaver): Coverage[] {
  return [
    'entra/delegated-grants:to-gateway',
    'entra/delegated-grants:behind-gateway',
    'entra/grant-cross-check',
    'entra/app-role-assignments',
    ...(isDeleted(leaver) ? [] : ['entra/group-app-roles']),
  ].map((source) => coverageOf(source, NOTHING_READ, [failure]));
}

function isDeleted({ state }: Leaver): boolean {
  return state === 'soft-deleted' || state === 'gone';
}
