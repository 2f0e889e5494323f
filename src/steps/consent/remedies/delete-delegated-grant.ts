import * as z from 'zod';
import { failed, ok } from '../../../connectors/result.ts';
import { defineRemedy } from '../../define-remedy.ts';

/** Takes back one person's consent. Graph answers 403, not 404, to a caller who may not look. */
export const deleteDelegatedGrant = defineRemedy({
  kind: 'delete-delegated-grant',
  system: 'entra',
  call: z.strictObject({
    kind: z.literal('delete-delegated-grant'),
    grantId: z.string(),
    clientId: z.string(),
    resourceId: z.string(),
    scope: z.string(),
  }),
  risk: 'safe',
  words: {
    noun: ['consent grant', 'consent grants'],
    done: 'revoked',
    ability: 'take consents back',
    before: ({ scope }, { client, resource, who }: { client: string; resource: string; who: string }) =>
      `Delete the consent by which ${client} calls ${resource} as ${who} (${scope.split(' ').join(', ')}).`,
    undo: 'The person consents again, or an administrator creates the grant with the ids and scopes of the before-image.',
    impact: 'The client can no longer call the resource as this person.',
  },
  permissions: ['remover/graph/DelegatedPermissionGrant.ReadWrite.All'],
  leastCalls: ({ length }) => [{ vendor: 'graph', calls: 3 * length }],
  ends: 'place',
  read: async ({ graph }, { grantId }) => {
    const grant = await graph.readGrant(grantId);
    if (!grant.ok) return grant.failure.kind === 'not-found' ? ok({ state: 'gone' }) : grant;
    // Deleting it would cut off the company.
    if (grant.value.consentType === 'AllPrincipals') {
      const message = `Not deleted, because grant ${grantId} is everybody's; plan the case again.`;
      return failed({ kind: 'refused', status: 200, message });
    }
    return ok({ state: 'present', image: { ...grant.value, scope: grant.value.scopes.join(' ') } }, grant.requestId);
  },
  act: async ({ graph }, { grantId }) => {
    const deleted = await graph.deleteGrant(grantId);
    if (deleted.ok) return ok({ effect: 'done' }, deleted.requestId);
    return deleted.failure.kind === 'not-found' ? ok({ effect: 'done' }) : deleted;
  },
  restore: 'by-hand',
});
