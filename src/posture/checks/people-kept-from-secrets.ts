import { shellWord } from '../../shapes/shell-word.ts';
import { assignmentNotRequired } from '../assignment-not-required.ts';
import { type Doubt, defineCheck, type Evidence, type Found } from '../check.ts';
import { type AccessPolicy, conditionalAccess } from '../readings/conditional-access.ts';
import { gatewayApis } from '../readings/gateway/gateway-apis.ts';
import { type GatewayApp, gatewayApps } from '../readings/gateway/gateway-apps.ts';
import { appLink, isForPeople, rightOf, rightResource } from '../rights.ts';
import { atGateway } from '../secrets/secrets-at-gateway.ts';
import { closestPolicy, type PolicyFault } from '../secrets/secrets-policy.ts';

type Reason =
  | 'secrets-elsewhere'
  | 'server-on-normal-app'
  | 'delegated-scope'
  | 'role-for-people'
  | 'person-assigned'
  | 'assignment-not-required'
  | 'policy-missing'
  | PolicyFault;

const POLICIES = 'https://entra.microsoft.com/#view/Microsoft_AAD_ConditionalAccess/ConditionalAccessBlade/~/Policies';

/**
 * Point 8. Which server is one of secrets, the setting APPLICATION_ONLY_SERVERS says, as it was deployed; the gateway has to
 * ask for tokens of that application there. Source: learn.microsoft.com/graph/api/resources/conditionalaccesspolicy
 */
export const peopleKeptFromSecrets = defineCheck({
  id: 'people-kept-from-secrets',
  point: 8,
  title: 'No person can get the right to call up secrets',
  severity: 'critical',
  version: 1,
  modules: ['gateway-app', 'gateway'],
  reads: { gatewayApps, conditionalAccess, gateway: gatewayApis },
  reasons: {
    'secrets-elsewhere': 'The right stands in an application that people have tokens for.',
    'server-on-normal-app': 'A server that hands out secrets takes the tokens that people have.',
    'delegated-scope': 'The secrets application has a scope, and so something that a person’s token can be for.',
    'role-for-people': 'The right can be assigned to a person.',
    'person-assigned': 'Somebody who is no application is assigned to the secrets application.',
    'assignment-not-required': 'Whoever is in the tenant gets a token for the secrets application.',
    'policy-missing': 'No policy of Conditional Access blocks people on the secrets application.',
    'policy-not-enforced': 'The policy that would block people is off, or only reports.',
    'policy-not-everybody': 'The policy blocks some people only.',
    'policy-exclusion': 'The policy leaves somebody out who is no break-glass account.',
    'policy-narrowed': 'The policy blocks some sign-ins only.',
  },
  judge: ({ gatewayApps: { apps, whole }, conditionalAccess: policies, gateway }, { settings }) => {
    const { APPLICATION_ONLY_SERVERS: servers, GATEWAY_APP_ID: gatewayId } = settings;
    const named = new Set(servers.map(({ appId }) => appId).filter((appId) => appId !== gatewayId));
    const carrying = apps.filter(({ rights }) => rights.some(({ value }) => rightOf(value) === 'secrets'));
    // Where no server is marked, whatever carries the right is held to be what it is for, but for the gateway.
    const secretsApps = apps.filter((app) =>
      named.size > 0 ? named.has(app.appId) : carrying.includes(app) && app.appId !== gatewayId,
    );
    const known = new Set(apps.map(({ appId }) => appId));
    const unknown = whole ? [...named].filter((appId) => !known.has(appId)) : [];
    const asked = servers.flatMap((each) =>
      each.appId === gatewayId ? [] : [atGateway(each, gateway, apps, gatewayId)],
    );
    const blocked = secretsApps.map((app) => blockedBy(app, policies, settings.PROTECTED_OIDS));
    return {
      findings: [
        ...carrying.filter((app) => !secretsApps.includes(app)).map(elsewhere),
        ...servers.filter(({ appId }) => appId === gatewayId).map(onNormalApp),
        ...asked.flatMap(({ findings }) => findings),
        ...secretsApps.flatMap(openings),
        ...blocked.flatMap(({ findings }) => findings),
      ],
      doubts: [
        ...unknown.map((appId): Doubt => {
          const detail = `This tenant shows no application ${appId}, which APPLICATION_ONLY_SERVERS names.`;
          return { reason: 'no-data', resource: appId, detail };
        }),
        ...(whole ? secretsApps.flatMap(halfThere) : []),
        ...asked.flatMap(({ doubts }) => doubts),
        ...blocked.flatMap(({ doubts }) => doubts),
      ],
      subjects: new Set([...carrying, ...secretsApps]).size + servers.length,
      evidence: blocked.flatMap(({ evidence }) => evidence),
      shows: {
        secrets_applications: secretsApps.map(({ name }) => name),
        servers: servers.map(({ server }) => server),
      },
    };
  },
});

/** Of an application that is in the tenant by half, the other half is not seen. */
function halfThere({ appId, name, registration, principal }: GatewayApp): Doubt[] {
  const half = registration === undefined ? 'registration' : principal === undefined ? 'service principal' : undefined;
  if (half === undefined) return [];
  const detail = `This tenant does not have the ${half} of ${name}: what it lets in cannot be said.`;
  return [{ reason: 'no-data', resource: appId, detail }];
}

function elsewhere(app: GatewayApp): Found<Reason> {
  const resource = `applications/${app.appId}`;
  return {
    reason: 'secrets-elsewhere',
    resource,
    says: `${app.name} publishes the right to call up secrets, and is not the secrets application.`,
    evidence: { resource, call: 'applications and servicePrincipals v1.0' },
    remedy: {
      todo: 'Take the right out of this application: disable it first. The module gateway-app has an application for it.',
      link: appLink(app.appId),
    },
  };
}

function onNormalApp({ server, appId }: { readonly server: string; readonly appId: string }): Found<Reason> {
  return {
    reason: 'server-on-normal-app',
    resource: `servers/${server}`,
    says: `The server ${server} hands out secrets and takes tokens of the gateway’s application, which people have.`,
    evidence: { resource: `applications/${appId}`, call: 'setting APPLICATION_ONLY_SERVERS' },
    remedy: { todo: `Deploy ${server} with secrets = true, so that it takes tokens of the secrets application alone.` },
  };
}

/** What is open about the application itself, whatever a policy blocks. */
function openings(app: GatewayApp): Found<Reason>[] {
  const { appId, name, principal } = app;
  const call = 'applications and servicePrincipals v1.0';
  const link = appLink(appId);
  const people = app.rights.filter(isForPeople).map((right): Found<Reason> => {
    const resource = rightResource(app, right);
    const scope = right.kind === 'scope';
    return {
      reason: scope ? 'delegated-scope' : 'role-for-people',
      resource,
      says: scope ? `${name} has the scope ${right.value}.` : `The role ${right.value} of ${name} is open to people.`,
      evidence: { resource, call, shows: { kind: right.kind, for: right.for, enabled: right.enabled } },
      remedy: {
        todo: scope ? 'Delete the scope: disable it first.' : 'Make it a role that only applications can hold.',
        link,
      },
    };
  });
  const assigned = app.assigned.filter(({ type }) => type !== 'serviceprincipal');
  return [
    ...people,
    ...assigned.map(({ id, holder, type }): Found<Reason> => {
      const at = `servicePrincipals/${principal?.objectId ?? appId}/appRoleAssignedTo`;
      const resource = `${at}/${id}`;
      return {
        reason: 'person-assigned',
        resource,
        says: `The ${type} ${holder} is assigned to ${name}.`,
        evidence: { resource, call: 'appRoleAssignedTo v1.0', shows: { holder, type } },
        remedy: {
          todo: 'Take the assignment away.',
          link,
          command: `az rest --method DELETE --url ${shellWord(`https://graph.microsoft.com/v1.0/${at}/${encodeURIComponent(id)}`)}`,
        },
      };
    }),
    ...assignmentNotRequired(app),
  ];
}

function blockedBy(
  app: GatewayApp,
  { policies, whole }: { readonly policies: readonly AccessPolicy[]; readonly whole: boolean },
  breakGlass: readonly string[],
): {
  readonly findings: readonly Found<Reason>[];
  readonly doubts: readonly Doubt[];
  readonly evidence: readonly Evidence[];
} {
  const closest = closestPolicy(policies, app.appId, breakGlass);
  const resource = `applications/${app.appId}/conditionalAccess`;
  const evidence = closest === undefined ? [] : [evidenceOf(closest.policy)];
  if (closest !== undefined && closest.fault === undefined) {
    const { policy, doubts } = closest;
    const unclear = doubts.map((detail): Doubt => ({ reason: 'unreadable', resource: policy.id, detail }));
    return { findings: [], doubts: unclear, evidence };
  }
  // Of half the policies nobody knows whether the right one is among the rest.
  if (!whole) return { findings: [], doubts: [], evidence };
  const link = POLICIES;
  const [found] = evidence;
  const finding: Found<Reason> =
    closest?.fault === undefined || found === undefined
      ? {
          reason: 'policy-missing',
          resource,
          says: `No policy of Conditional Access blocks people on ${app.name}.`,
          evidence: {
            resource,
            call: 'identity/conditionalAccess/policies v1.0',
            shows: { policies: policies.length },
          },
          remedy: { todo: 'Make the policy with the module gateway-app, which blocks every user on it.', link },
        }
      : {
          reason: closest.fault,
          resource,
          says: `The policy “${closest.policy.name}” does not keep everybody from ${app.name}: ${closest.says.join('; ')}.`,
          evidence: found,
          remedy: { todo: `Mend the policy “${closest.policy.name}”: ${closest.todo.join('; ')}.`, link },
        };
  return { findings: [finding], doubts: [], evidence };
}

function evidenceOf(policy: AccessPolicy): Evidence {
  const { id, name, state, exceptUsers, exceptGroups, exceptRoles, narrowedBy } = policy;
  return {
    resource: `identity/conditionalAccess/policies/${id}`,
    call: 'identity/conditionalAccess/policies v1.0',
    shows: { name, state, excluded: [...exceptUsers, ...exceptGroups, ...exceptRoles], narrowed_by: narrowedBy },
  };
}
