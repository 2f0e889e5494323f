import type {
  Principal,
  PublishedRight,
  Registration,
} from '../../../../src/connectors/assessor/gateway/gateway-apps.ts';
import { mapBounded } from '../../../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import type { GatewayApp, Holder } from '../../../../src/posture/readings/gateway/gateway-apps.ts';
import { rightOf } from '../../../../src/posture/rights.ts';
import type { Reader, ReadFault } from '../../reader.ts';

/** An application by its client id: its registration, where this tenant has it, and its service principal. */
interface Known {
  readonly appId: string;
  readonly registration?: Registration;
  readonly principal?: Principal;
}

/** Questions about single applications in flight at once. */
const IN_FLIGHT = 4;

/**
 * The gateway’s application, those of servers that hand out secrets, every other that publishes a right of the gateway’s
 * or answers for its audience, and the applications that hold a role on one of them.
 */
export const readGatewayApps: Reader = readApps;

/** The applications and managed identities that hold a role, for whatever is read about them. */
export async function gatewayHolders(
  context: Parameters<Reader>[0],
): Promise<{ readonly holders: readonly Holder[]; readonly failures: readonly ReadFault[] }> {
  const { facts, failures } = await readApps(context);
  const known = new Set(facts.holders.map(({ objectId }) => objectId));
  const assigned = facts.apps.flatMap((app) => app.assigned.filter(({ type }) => type === 'serviceprincipal'));
  const unseen = new Set(assigned.flatMap(({ holder }) => (known.has(holder) ? [] : [holder])));
  // Of one that is registered in another tenant nothing but its name is told here.
  const foreign = facts.holders.filter((each) => !each.isManagedIdentity && each.registration === undefined);
  return {
    holders: facts.holders,
    failures: [
      ...failures,
      ...(facts.whole ? [...unseen, ...foreign.map(({ objectId }) => objectId)] : []).map((which) => ({
        which,
        failure: untold(which),
      })),
    ],
  };
}

function untold(holder: string): VendorFailure {
  const message = `The service principal ${holder} holds a role on the gateway, and this tenant does not have its registration.`;
  return { kind: 'incomplete', status: 200, message };
}

async function readApps({ vendors, settings }: Parameters<Reader>[0]) {
  const { assessor } = vendors;
  const [registrations, principals] = await Promise.all([assessor.listRegistrations(), assessor.listPrincipals()]);
  const known = joined(registrations.items, principals.items);
  const named = new Set([settings.GATEWAY_APP_ID, ...settings.APPLICATION_ONLY_SERVERS.map(({ appId }) => appId)]);
  const claimed = new Set(known.filter(({ appId }) => named.has(appId)).flatMap(audiencesOf));
  const ours = known.filter(
    (each) =>
      named.has(each.appId) ||
      rightsOf(each).some(({ value }) => rightOf(value) !== undefined) ||
      audiencesOf(each).some((audience) => claimed.has(audience)),
  );
  const given = await mapBounded(ours, IN_FLIGHT, async (each) => ({ each, ...(await givenOn(assessor, each)) }));
  const apps = given.map(({ each, ...rest }) => appOf(each, rest));
  const byObject = new Map(principals.items.map((each) => [each.objectId, each]));
  const clients = new Set(apps.flatMap((app) => app.forEverybody.map(({ client }) => client)));
  return {
    facts: {
      whole: registrations.failure === undefined && principals.failure === undefined,
      apps,
      clients: Object.fromEntries(
        [...clients].flatMap((id) => {
          const client = byObject.get(id);
          return client === undefined ? [] : [[id, { appId: client.appId, name: client.name }]];
        }),
      ),
      holders: holdersOf(apps, known),
    },
    failures: [registrations.failure, principals.failure, ...given.flatMap(({ failures }) => failures)].flatMap(
      (failure) => (failure === undefined ? [] : [{ failure }]),
    ),
  };
}

function joined(registrations: readonly Registration[], principals: readonly Principal[]): Known[] {
  const known = new Map<string, Known>(
    registrations.map((each) => [each.appId, { appId: each.appId, registration: each }]),
  );
  for (const principal of principals) {
    known.set(principal.appId, { ...known.get(principal.appId), appId: principal.appId, principal });
  }
  return [...known.values()];
}

const audiencesOf = ({ appId, registration, principal }: Known): string[] => [
  ...new Set([appId, ...(registration?.audiences ?? []), ...(principal?.audiences ?? [])]),
];

/** What its registration and its service principal publish: they can differ, and either is enough for a token. */
function rightsOf({ registration, principal }: Known): PublishedRight[] {
  const all = [...(registration?.rights ?? []), ...(principal?.rights ?? [])];
  return [
    ...new Map(all.map((right) => [`${right.kind} ${right.id} ${right.value} ${right.for.join(' ')}`, right])).values(),
  ];
}

type Given = Pick<GatewayApp, 'assigned' | 'forEverybody'>;

async function givenOn(
  assessor: Parameters<Reader>[0]['vendors']['assessor'],
  { principal }: Known,
): Promise<Given & { readonly failures: readonly VendorFailure[] }> {
  if (principal === undefined) return { assigned: [], forEverybody: [], failures: [] };
  const [roles, consents] = await Promise.all([
    assessor.listRolesOn(principal.objectId),
    assessor.listConsentsTo(principal.objectId),
  ]);
  return {
    assigned: roles.items.map(({ id, appRoleId, principalId, principalType }) => ({
      id,
      roleId: appRoleId.toLowerCase(),
      holder: principalId.toLowerCase(),
      type: principalType.toLowerCase(),
    })),
    forEverybody: consents.items
      .filter(({ consentType }) => consentType === 'AllPrincipals')
      .map(({ id, clientId, scopes }) => ({
        id,
        client: clientId.toLowerCase(),
        scopes: scopes.map((scope) => scope.toLowerCase()),
      })),
    failures: [roles.failure, consents.failure].flatMap((failure) => failure ?? []),
  };
}

function appOf(each: Known, { assigned, forEverybody }: Given): GatewayApp {
  const { appId, registration, principal } = each;
  return {
    appId,
    name: registration?.name ?? principal?.name ?? appId,
    ...(registration === undefined ? {} : { registration: registration.objectId }),
    ...(principal === undefined
      ? {}
      : { principal: { objectId: principal.objectId, assignmentRequired: principal.assignmentRequired } }),
    audiences: audiencesOf(each),
    rights: rightsOf(each).map((right) => ({ ...right, for: [...right.for] })),
    preAuthorized: (registration?.preAuthorized ?? []).map((client) => ({
      appId: client.appId,
      rightIds: [...client.rightIds],
    })),
    assigned,
    forEverybody,
  };
}

/**
 * The applications that hold a role. One in a group that holds it gets no role by that:
 * learn.microsoft.com/entra/identity-platform/howto-add-app-roles-in-apps
 */
function holdersOf(apps: readonly GatewayApp[], known: readonly Known[]): Holder[] {
  const byObject = new Map(
    known.flatMap((each) => (each.principal === undefined ? [] : [[each.principal.objectId, each]])),
  );
  const holding = new Set(
    apps.flatMap(({ assigned }) =>
      assigned.flatMap(({ type, holder }) => (type === 'serviceprincipal' ? [holder] : [])),
    ),
  );
  return [...holding].flatMap((objectId): Holder[] => {
    const { registration, principal } = byObject.get(objectId) ?? {};
    if (principal === undefined) return [];
    const credentials = [...(registration?.credentials ?? []), ...principal.credentials];
    return [
      {
        objectId,
        appId: principal.appId,
        name: principal.name,
        ...(registration === undefined ? {} : { registration: registration.objectId }),
        isManagedIdentity: principal.isManagedIdentity,
        credentials: credentials.map((each) => ({ ...each })),
      },
    ];
  });
}
