import type { Finding } from '../../../cases/finding.ts';
import { findingId } from '../../../cases/stable-id.ts';
import type { Sponsored } from '../../../connectors/graph/applications/agent-sponsors.ts';
import type { OwnedObject } from '../../../connectors/graph/applications/application-owners.ts';
import type { DirectoryRole } from '../../../connectors/graph/directory-roles.ts';
import type { DirectoryChange } from '../../../connectors/graph/logs/directory-audit.ts';
import type { Leaver } from '../../../people/leaver.ts';

const STEP = 'consent';
const DAY = 86_400_000;
/** Entra keeps what was deleted for 30 days (learn.microsoft.com/entra/architecture/recover-from-deletions). */
const KEPT_DAYS = 30;

/** A group with a role on the gateway, by object id. */
export interface GatewayGroup {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

/** The leaver can let others, or a second account of theirs, into the group. */
export function groupOwnerFinding({ id, name, role }: GatewayGroup, leaver: Leaver): Finding {
  const who = nameOf(leaver);
  return {
    id: findingId(STEP, 'gateway-group-owner', `${id}/${leaver.oid}`),
    step: STEP,
    kind: 'gateway-group-owner',
    title: `${who} owns the group “${name}”, which gives the role ${role} on the gateway`,
    resource: { system: 'entra', type: 'group', id, name },
    severity: leaver.state === 'disabled' ? 'low' : 'medium',
    status: 'manual-action',
    reason:
      'An owner lets others in, an account of theirs that nobody knows among them, and the deny list holds the leaver alone. Name another owner, and take the leaver off; the app has no permission that writes groups.',
    evidence: { role },
  };
}

/**
 * Roles of the directory by which applications can be given secrets, roles and consents, by the ids of their templates.
 * Source: learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
 */
const POWERFUL: ReadonlyMap<string, string> = new Map([
  ['62e90394-69f5-4237-9190-012177145e10', 'Global Administrator'],
  ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'Application Administrator'],
  ['158c047a-c907-4556-b7ef-446551a6b5f7', 'Cloud Application Administrator'],
  ['e8611ab8-c189-46e8-94e1-60213ab1f814', 'Privileged Role Administrator'],
  ['7be44c8a-adaf-4e2a-84d6-ab2649e08a13', 'Privileged Authentication Administrator'],
  ['8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2', 'Hybrid Identity Administrator'],
]);

/** A role that comes back with the account when that is enabled again. */
export function directoryRoleFinding({ id, name, templateId, scope }: DirectoryRole, leaver: Leaver): Finding {
  const who = nameOf(leaver);
  const powerful = POWERFUL.get(templateId);
  const active = leaver.state !== 'disabled';
  const severity = powerful === undefined ? 'low' : active ? 'high' : 'medium';
  return {
    id: findingId(STEP, 'directory-role', id),
    step: STEP,
    kind: 'directory-role',
    title: `${who} holds the directory role ${powerful ?? name}`,
    resource: { system: 'entra', type: 'unifiedRoleAssignment', id, name: powerful ?? name },
    severity,
    status: 'manual-action',
    reason: `${powerful === undefined ? 'It stays with the account' : 'With it anybody can be given a role on the gateway, and any application a secret'}, and disabling the account does not take it away. Remove it under Assigned roles of the account; the app has no permission that writes roles.`,
    evidence: { role: powerful ?? name, scope },
  };
}

/** What somebody sponsors is theirs to answer for; it gives no sign-in as the agent. */
export function agentSponsorFinding({ kind, id, name, sponsors }: Sponsored, leaver: Leaver): Finding {
  const what = kind === 'blueprint' ? 'the agent identity blueprint' : 'the agent user';
  return {
    id: findingId(STEP, 'agent-sponsor', `${id}/${leaver.oid}`),
    step: STEP,
    kind: 'agent-sponsor',
    title: `${nameOf(leaver)} sponsors ${what} ${name}`,
    resource: { system: 'entra', type: kind === 'blueprint' ? 'agentIdentityBlueprint' : 'agentUser', id, name },
    severity: leaver.state === 'disabled' || sponsors.length > 1 ? 'low' : 'medium',
    status: 'manual-action',
    reason:
      'A sponsor answers for the agent and decides how long it goes on. Name another sponsor, and take the leaver off; the app has no permission that writes sponsors.',
    evidence: { sponsors: sponsors.length },
  };
}

/** A deleted registration comes back with its secrets, its roles and its owners when somebody restores it. */
export function deletedApplicationFindings(
  deleted: readonly OwnedObject[],
  changes: readonly DirectoryChange[],
  leaver: Leaver,
): Finding[] {
  const who = nameOf(leaver);
  return deleted.flatMap((application): Finding[] => {
    const own = changes.filter(
      ({ by, targets }) => by === leaver.oid && targets.some(({ id }) => id === application.id.toLowerCase()),
    );
    const owned = application.owners.includes(leaver.oid);
    if (!owned && own.length === 0) return [];
    const { deletedAt = null } = application;
    const at = deletedAt === null ? Number.NaN : Date.parse(deletedAt);
    const until = Number.isNaN(at) ? null : new Date(at + KEPT_DAYS * DAY).toISOString();
    return [
      {
        id: findingId(STEP, 'deleted-application', application.id),
        step: STEP,
        kind: 'deleted-application',
        title: `${who} ${owned ? 'owned' : 'changed'} the deleted app registration ${application.name}, which can be restored`,
        resource: { system: 'entra', type: 'application', id: application.id, name: application.name },
        severity: 'low',
        status: 'manual-action',
        reason:
          'Nobody can sign in as it now. Restored, it comes back with its secrets and roles: delete it for good under Deleted applications, or let its 30 days pass.',
        evidence: {
          appId: application.appId,
          deletedAt,
          restorableUntil: until,
          credentials: application.credentials.length,
          changes: own.map(({ activity, at: when }) => `${activity} at ${when}`),
        },
      },
    ];
  });
}

function nameOf({ displayName, oid }: Leaver): string {
  return displayName ?? oid;
}
