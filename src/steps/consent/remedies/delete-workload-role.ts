import * as z from 'zod';
import { defineRemedy } from '../../define-remedy.ts';
import { APPLICATION_TOKEN_MINUTES, MANAGED_IDENTITY_TOKEN_MINUTES } from '../rules/token-minutes.ts';
import { deleteRole, giveRoleAgain, RoleState, readRole } from './delete-app-role-assignment.ts';

/** Takes a role on the gateway from an application that acts without any person. Everything that runs as it loses it. */
export const deleteWorkloadRole = defineRemedy({
  kind: 'delete-workload-role',
  system: 'entra',
  call: z.strictObject({
    kind: z.literal('delete-workload-role'),
    servicePrincipalId: z.string(),
    assignmentId: z.string(),
    holder: z.enum(['application', 'managed-identity']),
    expected: RoleState,
  }),
  risk: 'disruptive',
  words: {
    noun: ['role of an application', 'roles of applications'],
    done: 'removed',
    ability: 'take roles on the gateway from applications',
    before: (_call, { role, name }: { role: string; name: string }) =>
      `Take the role ${role} on the gateway from ${name}.`,
    impact: 'Everything that calls MCP servers as this application is refused as soon as its tokens have ended.',
  },
  permissions: ['remover/graph/AppRoleAssignment.ReadWrite.All'],
  leastCalls: ({ length }) => [{ vendor: 'graph', calls: 3 * length }],
  ends: 'place',
  stops: 'nothing-read',
  livesOn: ({ holder }) =>
    holder === 'managed-identity'
      ? {
          minutes: MANAGED_IDENTITY_TOKEN_MINUTES,
          why: 'Tokens of a managed identity live up to 24 hours, with the roles that it had when they were issued.',
        }
      : {
          minutes: APPLICATION_TOKEN_MINUTES,
          why: 'Access tokens of the application live up to 90 minutes, with the roles that it had when they were issued.',
        },
  read: readRole,
  act: deleteRole,
  restore: giveRoleAgain('it assigns the role again, from the before-image.'),
});
