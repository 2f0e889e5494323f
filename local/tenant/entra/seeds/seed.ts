import { leaveDateOf } from '../../seeds/last-day.ts';
import type { SeedContext } from '../../seeds/seed-context.ts';
import { WORLD } from '../../seeds/world.ts';
import { grantRow } from '../applications/grants.ts';
import { assignmentRow } from '../applications/service-principals.ts';
import { ENTRA, seededGuid } from '../directory.ts';
import { type EntraState, emptyEntra } from '../state/state.ts';
import type { AssignmentRow } from '../state/state-applications.ts';
import type { UserRow } from '../state/state-people.ts';
import { seedApplications } from './seed-applications.ts';

const DAY = 86_400_000;

const SEEDED_TOPIC = `EventGrid:?azuresubscriptionid=${WORLD.subscriptions.platform}&resourcegroup=rg-mcp-offboarding&partnertopic=entra-users&location=westeurope`;

/** The directory of the case study: Alex Moreau's last day was three weeks ago, and nobody deleted the account. */
export function seedEntra(context: SeedContext): EntraState {
  const state = emptyEntra();
  for (const user of users(context.now)) state.users.add(user);
  seedServicePrincipals(state);
  seedGrants(state);
  seedAssignments(state, context.now);
  seedApplications(state);
  state.subscriptions.add({
    id: ENTRA.subscriptionId,
    resource: 'users',
    changeType: 'updated,deleted',
    notificationUrl: SEEDED_TOPIC,
    lifecycleNotificationUrl: SEEDED_TOPIC,
    expirationDateTime: new Date(context.now.getTime() + 20 * DAY).toISOString(),
  });
  return state;
}

function users(now: Date): UserRow[] {
  const validFrom = new Date(now.getTime() - 400 * DAY).toISOString();
  const user = (id: string, displayName: string, userPrincipalName: string, more: Partial<UserRow> = {}): UserRow => ({
    id,
    displayName,
    userPrincipalName,
    mail: userPrincipalName,
    accountEnabled: true,
    userType: 'Member',
    employeeLeaveDateTime: null,
    signInSessionsValidFromDateTime: validFrom,
    managerId: WORLD.manager.oid,
    deletedDateTime: null,
    ...namesOf(displayName),
    createdDateTime: new Date(now.getTime() - 900 * DAY).toISOString(),
    proxyAddresses: [`SMTP:${userPrincipalName}`],
    otherMails: [],
    ...more,
  });
  const { leaver, manager, operator, breakGlass } = WORLD;
  return [
    user(leaver.oid, leaver.displayName, leaver.userPrincipalName, { employeeLeaveDateTime: leaveDateOf(now) }),
    user(manager.oid, manager.displayName, manager.mail, { managerId: null }),
    ...WORLD.colleagues.map((colleague) => user(colleague.oid, colleague.displayName, colleague.userPrincipalName)),
    user(operator.oid, 'Iris Tanaka', operator.userPrincipalName),
    user(breakGlass.oid, 'Break glass', breakGlass.userPrincipalName, { managerId: null, mail: null }),
    user(ENTRA.guest.oid, ENTRA.guest.displayName, `casey_partner.example#EXT#@${WORLD.domain}`, {
      userType: 'Guest',
      mail: 'casey@partner.example',
    }),
  ];
}

function namesOf(displayName: string): { readonly givenName?: string; readonly surname?: string } {
  const [givenName, surname] = displayName.split(' ');
  return { ...(givenName && { givenName }), ...(surname && { surname }) };
}

function seedServicePrincipals(state: EntraState): void {
  const role = (id: string, value: string) => ({ id, value, displayName: value, isEnabled: true });
  const add = (id: string, appId: string, displayName: string, appRoles = [] as ReturnType<typeof role>[]): void => {
    state.servicePrincipals.add({ id, appId, displayName, appRoleAssignmentRequired: false, appRoles });
  };
  const { gateway, clients } = WORLD;
  add(gateway.servicePrincipalId, gateway.appId, 'MCP gateway', [
    role(ENTRA.roles.user, 'MCP.User'),
    role(ENTRA.roles.secrets, 'MCP.Secrets'),
  ]);
  for (const client of Object.values(clients)) add(client.servicePrincipalId, client.appId, client.displayName);
  add(ENTRA.inspector.servicePrincipalId, ENTRA.inspector.appId, ENTRA.inspector.displayName);
  add(ENTRA.graph.servicePrincipalId, ENTRA.graph.appId, 'Microsoft Graph');
  add(ENTRA.documents.servicePrincipalId, ENTRA.documents.appId, 'Document store');
}

function seedGrants(state: EntraState): void {
  const { gateway, clients, leaver } = WORLD;
  const [ana, ben] = WORLD.colleagues;
  const grant = (clientId: string, resourceId: string, principalId: string | null, scope: string): void => {
    const consentType = principalId === null ? 'AllPrincipals' : 'Principal';
    state.grants.add(grantRow({ clientId, resourceId, principalId, consentType, scope }));
  };
  const claude = clients.claudeCode.servicePrincipalId;
  const vscode = clients.vscode.servicePrincipalId;
  const mcp = gateway.servicePrincipalId;
  // Graph keeps a leading space where the portal wrote the scopes.
  grant(claude, mcp, leaver.oid, ' mcp.tools.read mcp.tools.write');
  grant(vscode, mcp, leaver.oid, 'mcp.tools.read mcp.tools.secrets');
  grant(vscode, mcp, null, 'mcp.tools.read');
  grant(claude, mcp, ana.oid, 'mcp.tools.read');
  grant(claude, mcp, ben.oid, 'mcp.tools.read mcp.tools.write');
  grant(vscode, mcp, ben.oid, 'mcp.tools.read');
  grant(mcp, ENTRA.documents.servicePrincipalId, leaver.oid, 'documents.read');
  grant(mcp, ENTRA.documents.servicePrincipalId, ben.oid, 'documents.read');
  grant(claude, ENTRA.graph.servicePrincipalId, leaver.oid, 'User.Read');
}

function seedAssignments(state: EntraState, now: Date): void {
  const { gateway, leaver } = WORLD;
  const [ana, ben] = WORLD.colleagues;
  state.groups.add({ ...ENTRA.group, memberIds: new Set([leaver.oid, ben.oid]) });
  state.groups.add({ ...ENTRA.platformTeam, memberIds: new Set([ana.oid, ben.oid]) });
  const assign = (
    principal: { readonly id: string; readonly displayName: string },
    principalType: AssignmentRow['principalType'],
    appRoleId: string,
  ): void => {
    state.assignments.add(
      assignmentRow({
        appRoleId,
        createdDateTime: new Date(now.getTime() - 200 * DAY).toISOString(),
        principalId: principal.id,
        principalType,
        principalDisplayName: principal.displayName,
        resourceId: gateway.servicePrincipalId,
        resourceDisplayName: 'MCP gateway',
      }),
    );
  };
  const person = ({ oid, displayName }: { readonly oid: string; readonly displayName: string }) => ({
    id: oid,
    displayName,
  });
  assign(person(leaver), 'User', ENTRA.roles.secrets);
  assign(person(ana), 'User', ENTRA.roles.user);
  assign(person(ben), 'User', ENTRA.roles.secrets);
  assign(ENTRA.group, 'Group', ENTRA.roles.user);
  assign(seedNightlyAgent(state, now), 'ServicePrincipal', ENTRA.roles.user);
}

/** An agent of the firm's own, with a role and without any person: Ben owns it, and added its secret. */
function seedNightlyAgent(state: EntraState, now: Date): { readonly id: string; readonly displayName: string } {
  const [, ben] = WORLD.colleagues;
  const displayName = 'mcp-nightly-agent';
  const appId = seededGuid(`app ${displayName}`);
  const owners = new Set([ben.oid]);
  const keyId = seededGuid(`secret ${displayName}`);
  const madeAt = new Date(now.getTime() - 25 * DAY).toISOString();
  const application = state.applications.add({
    id: seededGuid(`application ${displayName}`),
    appId,
    displayName,
    tags: [],
    scopes: [],
    preAuthorized: [],
    owners,
  });
  const endDateTime = new Date(now.getTime() + 340 * DAY).toISOString();
  const secret = { keyId, displayName: 'nightly', startDateTime: madeAt, endDateTime, hint: 'kQ8' };
  application.passwordCredentials = [secret];
  state.directoryAudits.push({
    id: `Directory_${keyId}`,
    activityDateTime: madeAt,
    activityDisplayName: 'Update application – Certificates and secrets management ',
    initiatedBy: ben.oid,
    targetType: 'Application',
    targetId: application.id,
    property: 'KeyDescription',
    before: [],
    after: [`[KeyIdentifier=${keyId},KeyType=Password,KeyUsage=Verify,DisplayName=nightly]`],
  });
  const id = seededGuid(displayName);
  state.servicePrincipals.add({ id, appId, displayName, appRoleAssignmentRequired: false, appRoles: [], owners });
  return { id, displayName };
}
