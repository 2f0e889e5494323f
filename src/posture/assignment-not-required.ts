import { shellWord } from '../shapes/shell-word.ts';
import type { Found } from './check.ts';
import type { GatewayApp } from './readings/gateway/gateway-apps.ts';
import { principalLink } from './rights.ts';

/** That an application gives tokens to whoever is in the tenant; nothing where it does not, or is not there. */
export function assignmentNotRequired({ appId, name, principal }: GatewayApp): Found<'assignment-not-required'>[] {
  if (principal === undefined || principal.assignmentRequired) return [];
  const { objectId } = principal;
  const resource = `servicePrincipals/${objectId}`;
  return [
    {
      reason: 'assignment-not-required',
      resource,
      says: `${name} gives a token to whoever is in the tenant, assigned or not.`,
      evidence: { resource, call: 'servicePrincipals v1.0', shows: { appRoleAssignmentRequired: false } },
      remedy: {
        todo: 'Require assignment, after those who need it were assigned.',
        link: principalLink(appId, objectId),
        command: `az ad sp update --id ${shellWord(objectId)} --set appRoleAssignmentRequired=true`,
      },
    },
  ];
}
