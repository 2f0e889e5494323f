import { grantRow } from '../../../local/tenant/entra/applications/grants.ts';
import { assignmentRow } from '../../../local/tenant/entra/applications/service-principals.ts';
import { ENTRA } from '../../../local/tenant/entra/directory.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { FastStack } from '../../scenarios/support/fast-stack.ts';

/** Somebody who works in the firm, with a consent and a role at the gateway, and a consent elsewhere. */
export interface Person {
  readonly oid: string;
  readonly employeeId: string;
  readonly userPrincipalName: string;
}

const DAY_MS = 86_400_000;

/** Hires so many people. Each holds the same at the gateway, so that whatever differs afterwards was done by the app. */
export function hire({ states: { entra } }: Pick<FastStack, 'states'>, count: number): Person[] {
  const { gateway, clients } = WORLD;
  return Array.from({ length: count }, (_, at): Person => {
    const oid = `0e000000-0000-4000-8000-${String(at + 1).padStart(12, '0')}`;
    const userPrincipalName = `person.${at + 1}@${WORLD.domain}`;
    const employeeId = `0${1_000 + at}`;
    const displayName = `Person ${at + 1}`;
    entra.users.add({
      ...{ id: oid, displayName, userPrincipalName, mail: userPrincipalName, employeeId },
      ...{ accountEnabled: true, userType: 'Member', employeeLeaveDateTime: null, managerId: WORLD.manager.oid },
      signInSessionsValidFromDateTime: longAgo(400),
      createdDateTime: longAgo(900),
      deletedDateTime: null,
    });
    const consent = { consentType: 'Principal', principalId: oid } as const;
    const claude = clients.claudeCode.servicePrincipalId;
    entra.grants.add(
      grantRow({ clientId: claude, resourceId: gateway.servicePrincipalId, scope: 'mcp.tools.read', ...consent }),
    );
    entra.grants.add(
      grantRow({ clientId: claude, resourceId: ENTRA.graph.servicePrincipalId, scope: 'User.Read', ...consent }),
    );
    entra.assignments.add(
      assignmentRow({
        ...{ appRoleId: ENTRA.roles.user, createdDateTime: longAgo(200), principalType: 'User' },
        ...{ principalId: oid, principalDisplayName: displayName },
        ...{ resourceId: gateway.servicePrincipalId, resourceDisplayName: 'MCP gateway' },
      }),
    );
    return { oid, employeeId, userPrincipalName };
  });
}

/** What one person holds and who they are, as text that is the same while nobody touched it. */
export function holdingsOf({ states: { entra } }: Pick<FastStack, 'states'>, oid: string) {
  const user = entra.users.get(oid) ?? entra.deletedUsers.get(oid);
  const gateway = WORLD.gateway.servicePrincipalId;
  const grants = entra.grants.where(({ principalId }) => principalId === oid);
  const roles = entra.assignments.where(({ principalId }) => principalId === oid);
  return {
    atGateway: [...grants, ...roles].filter(({ resourceId }) => resourceId === gateway).length,
    elsewhere: [...grants, ...roles].filter(({ resourceId }) => resourceId !== gateway).length,
    sessionsValidFrom: user?.signInSessionsValidFromDateTime,
    isThere: entra.users.get(oid) !== undefined,
  };
}

function longAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString();
}
