import * as z from 'zod';
import type { Grant } from '../../../connectors/graph/applications/grants.ts';
import { failed, ok } from '../../../connectors/result.ts';
import { defineRemedy } from '../../define-remedy.ts';
import { comparedTo } from '../../restoring/restoring.ts';

/** One that became everybody's must not be deleted: that would cut off the company. */
const Expected = z.strictObject({
  consentType: z.string(),
  principal: z.nullable(z.string()),
  client: z.string(),
  resource: z.string(),
  scopes: z.array(z.string()),
});

/** What undoing needs of it. */
const Image = z.looseObject({
  clientId: z.string(),
  resourceId: z.string(),
  principalId: z.string().nullable(),
  consentType: z.enum(['Principal', 'AllPrincipals']),
  scopes: z.array(z.string()),
});

/** Whose consent it is, and to what. */
export function grantState(grant: Grant): z.output<typeof Expected> {
  const { consentType, principalId, clientId, resourceId, scopes } = grant;
  return {
    consentType,
    principal: principalId?.toLowerCase() ?? null,
    client: clientId,
    resource: resourceId,
    scopes: scopes.toSorted(),
  };
}

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
    expected: Expected,
  }),
  risk: 'safe',
  words: {
    noun: ['consent grant', 'consent grants'],
    done: 'revoked',
    ability: 'take consents back',
    before: ({ scope }, { client, resource, who }: { client: string; resource: string; who: string }) =>
      `Delete the consent by which ${client} calls ${resource} as ${who} (${scope.split(' ').join(', ')}).`,
    impact: 'The client can no longer call the resource as this person.',
  },
  permissions: ['remover/graph/DelegatedPermissionGrant.ReadWrite.All'],
  leastCalls: ({ length }) => [{ vendor: 'graph', calls: 3 * length }],
  ends: 'place',
  // Issued access tokens are one finding of the step, whatever let them be issued.
  stops: 'nothing-read',
  livesOn: 'nothing',
  read: async ({ graph }, { grantId }) => {
    const grant = await graph.readGrant(grantId);
    if (!grant.ok) return grant.failure.kind === 'not-found' ? ok({ state: 'gone' }) : grant;
    const image = { ...grant.value, scope: grant.value.scopes.join(' ') };
    return ok({ state: 'present', image, now: grantState(grant.value) }, grant.requestId);
  },
  act: async ({ graph }, { grantId }) => {
    const deleted = await graph.deleteGrant(grantId);
    if (deleted.ok) return ok({ effect: 'done' }, deleted.requestId);
    return deleted.failure.kind === 'not-found' ? ok({ effect: 'done' }) : deleted;
  },
  restore: {
    by: 'app',
    undo: 'it gives the same consent again, from the before-image. Whoever is deleted has to be restored before.',
    same: ({ expected }) => {
      const { consentType, principal, client, resource } = expected;
      return [consentType, principal, client, resource].join(' ');
    },
    look: async ({ graph }, { clientId, expected }) => {
      const { items, failure } = await graph.listGrants('clientId', clientId);
      const found = items
        .map(grantState)
        .find(({ resource, principal }) => resource === expected.resource && principal === expected.principal);
      if (found !== undefined) return ok(comparedTo(expected, found));
      return failure === undefined ? ok({ is: 'free' }) : failed(failure);
    },
    give: ({ graph }, _call, image) => graph.createGrant(Image.parse(image)),
  },
});
