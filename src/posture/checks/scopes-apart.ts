import { shellWord } from '../../shapes/shell-word.ts';
import { assignmentNotRequired } from '../assignment-not-required.ts';
import { type Doubt, defineCheck, type Evidence, type Found } from '../check.ts';
import { type GatewayApp, gatewayApps, type Right } from '../readings/gateway/gateway-apps.ts';
import { appLink, isForPeople, RIGHTS, type RightName, rightOf, rightResource } from '../rights.ts';

type Reason =
  | 'right-missing'
  | 'right-twice'
  | 'right-for-people'
  | 'write-for-everybody'
  | 'write-pre-authorised'
  | 'assignment-not-required';

/** A right of the four, and the application that publishes it. */
interface Published {
  readonly app: GatewayApp;
  readonly right: Right;
  readonly name: RightName;
}

const APPLY = 'Apply the module gateway-app again';

/** Point 7. Source: learn.microsoft.com/entra/identity-platform/scopes-oidc, …/howto-add-app-roles-in-apps */
export const scopesApart = defineCheck({
  id: 'scopes-apart',
  point: 7,
  title: 'Read, write, admin and secrets are separate rights',
  severity: 'high',
  version: 1,
  modules: ['gateway-app'],
  reads: { gatewayApps },
  reasons: {
    'right-missing': 'Nobody publishes the right, so that what it is for is opened by another, or by none.',
    'right-twice': 'Two rights have one value: who holds the lesser one passes for the other.',
    'right-for-people': 'A person can be given what is for applications only.',
    'write-for-everybody': 'A consent for everybody lets a client write in the name of each user.',
    'write-pre-authorised': 'A client that is not configured may write without asking anybody.',
    'assignment-not-required': 'Whoever is in the tenant gets a token.',
  },
  judge: ({ gatewayApps: { apps, clients, whole } }, { settings }) => {
    const published = apps.flatMap((app) =>
      app.rights.flatMap((right): Published[] => {
        const name = rightOf(right.value);
        return name === undefined ? [] : [{ app, right, name }];
      }),
    );
    const gateway = apps.find(({ appId }) => appId === settings.GATEWAY_APP_ID);
    return {
      findings: [
        ...(whole && gateway !== undefined ? missing(published, gateway, settings.APPLICATION_ONLY_SERVERS) : []),
        ...twice(published),
        ...published.filter(({ name, right }) => !isForEveryone(name) && isForPeople(right)).map(forPeople),
        ...apps.flatMap((app) => forEverybody(app, clients)),
        ...apps.flatMap((app) => preAuthorised(app, settings.WRITING_CLIENT_IDS)),
        ...[...new Set(published.map(({ app }) => app))].flatMap(assignmentNotRequired),
      ],
      doubts: doubtsOf(apps, gateway, settings.GATEWAY_APP_ID, whole),
      subjects: published.length,
      evidence: published.map(evidenceOf),
      shows: { rights: [...new Set(published.map(({ right }) => right.value))].sort() },
    };
  },
});

const isForEveryone = (name: RightName): boolean => name === 'read' || name === 'write';
const writes = (value: string): boolean => !['read', undefined].includes(rightOf(value));

function evidenceOf({ app, right }: Published): Evidence {
  return {
    resource: rightResource(app, right),
    call: 'applications and servicePrincipals v1.0',
    shows: { application: app.name, kind: right.kind, for: right.for, enabled: right.enabled },
  };
}

/** The gateway publishes three of them; the fourth is needed where a server hands out secrets. */
function missing(
  published: readonly Published[],
  gateway: GatewayApp,
  servers: readonly { readonly appId: string }[],
): Found<Reason>[] {
  const secretsApps = new Set(servers.map(({ appId }) => appId));
  return RIGHTS.flatMap((name): Found<Reason>[] => {
    if (name === 'secrets' && servers.length === 0) return [];
    const where = (appId: string): boolean => (name === 'secrets' ? secretsApps.has(appId) : appId === gateway.appId);
    if (published.some((each) => each.name === name && each.right.enabled && where(each.app.appId))) return [];
    const value = `mcp.tools.${name}`;
    return [
      {
        reason: 'right-missing',
        resource: `rights/${value}`,
        says: `${name === 'secrets' ? 'The secrets application' : gateway.name} publishes no right ${value} that is enabled.`,
        evidence: { resource: `applications/${gateway.appId}`, call: 'applications and servicePrincipals v1.0' },
        remedy: { todo: `${APPLY}, which publishes ${value}.`, link: appLink(gateway.appId) },
      },
    ];
  });
}

function twice(published: readonly Published[]): Found<Reason>[] {
  return [...Map.groupBy(published, ({ right }) => right.value)].flatMap(([value, all]): Found<Reason>[] => {
    const places = new Map(all.map((each) => [`${each.app.appId} ${each.right.kind} ${each.right.id}`, each]));
    const [first] = all;
    if (places.size < 2 || first === undefined) return [];
    const where = [...places.values()].map(({ app, right }) => `${app.name} (${right.kind})`);
    return [
      {
        reason: 'right-twice',
        resource: `rights/${value}/places`,
        says: `${value} is published ${places.size} times: ${where.join(', ')}.`,
        evidence: { ...evidenceOf(first), shows: { places: where } },
        remedy: {
          todo: `Delete all but the one that the module gateway-app made: disable it first, then take it out.`,
          link: appLink(first.app.appId),
        },
      },
    ];
  });
}

function forPeople(published: Published): Found<Reason> {
  const { app, right } = published;
  const how =
    right.kind === 'scope'
      ? 'a scope, which only people’s tokens have'
      : `a role for ${right.for.join(' and ') || 'nobody'}`;
  return {
    reason: 'right-for-people',
    resource: rightResource(app, right),
    says: `${right.value} of ${app.name} is ${how}.`,
    evidence: evidenceOf(published),
    remedy: {
      todo: `Make ${right.value} a role that only applications can hold, as the module gateway-app does.`,
      link: appLink(app.appId),
    },
  };
}

/** Strict about configured clients too: those are pre-authorised, and a consent for everybody outlives that. */
function forEverybody(
  app: GatewayApp,
  clients: Readonly<Record<string, { readonly appId: string; readonly name: string }>>,
): Found<Reason>[] {
  return app.forEverybody.flatMap(({ id, client, scopes }): Found<Reason>[] => {
    const wide = scopes.filter(writes);
    if (wide.length === 0) return [];
    const who = clients[client]?.name ?? client;
    return [
      {
        reason: 'write-for-everybody',
        resource: `oauth2PermissionGrants/${id}`,
        says: `${who} holds ${wide.join(', ')} on ${app.name} for everybody.`,
        evidence: {
          resource: `oauth2PermissionGrants/${id}`,
          call: 'oauth2PermissionGrants v1.0',
          shows: { client, scopes },
        },
        remedy: {
          todo: `Delete this consent of ${who}, and give it ${app.name} anew without ${wide.join(', ')} where people need it.`,
          link: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview',
          command: `az rest --method DELETE --url ${shellWord(`https://graph.microsoft.com/v1.0/oauth2PermissionGrants/${encodeURIComponent(id)}`)}`,
        },
      },
    ];
  });
}

function preAuthorised(app: GatewayApp, configured: readonly string[]): Found<Reason>[] {
  return app.preAuthorized.flatMap(({ appId, rightIds }): Found<Reason>[] => {
    const wide = app.rights.filter(({ id, value }) => rightIds.includes(id) && writes(value)).map(({ value }) => value);
    if (wide.length === 0 || configured.includes(appId)) return [];
    const resource = `applications/${app.appId}/preAuthorizedApplications/${appId}`;
    return [
      {
        reason: 'write-pre-authorised',
        resource,
        says: `The client ${appId} needs no consent for ${wide.join(', ')} on ${app.name}, and is not configured to write.`,
        evidence: { resource, call: 'applications v1.0', shows: { rights: wide } },
        remedy: {
          todo: 'Take the client out of the pre-authorised ones, or add it to writing_clients, which a review sees.',
          link: appLink(app.appId),
        },
      },
    ];
  });
}

function doubtsOf(
  apps: readonly GatewayApp[],
  gateway: GatewayApp | undefined,
  appId: string,
  whole: boolean,
): Doubt[] {
  if (gateway === undefined) {
    const detail = `This tenant shows no application ${appId}, which GATEWAY_APP_ID names.`;
    return whole ? [{ reason: 'no-data', resource: appId, detail }] : [];
  }
  const half = [
    ...(gateway.registration === undefined ? ['its registration, and so its pre-authorised clients'] : []),
    ...(gateway.principal === undefined ? ['its service principal, and so who was given what'] : []),
  ];
  const others = apps.filter(
    (app) => app !== gateway && app.audiences.some((each) => gateway.audiences.includes(each)),
  );
  return [
    ...(whole ? half : []).map((what): Doubt => {
      return { reason: 'no-data', resource: appId, detail: `This tenant does not have ${what}.` };
    }),
    ...others.map((app): Doubt => {
      const detail = `${app.name} (${app.appId}) answers for an audience of ${gateway.name} as well: which of the two a token is for cannot be said.`;
      return { reason: 'unreadable', resource: app.appId, detail };
    }),
  ];
}
