import * as z from 'zod';
import type { AccessPolicy } from '../../../connectors/gateway/credential-manager.ts';
import { ok } from '../../../connectors/result.ts';
import { defineRemedy } from '../../define-remedy.ts';

/** Whom it lets in: a policy of the same name may be somebody else's by now. */
const Expected = z.strictObject({ objectId: z.string(), tenantId: z.nullable(z.string()) });

/** Whom an access policy lets use its connection. */
export function accessPolicyState({
  objectId,
  tenantId,
}: Pick<AccessPolicy, 'objectId' | 'tenantId'>): z.output<typeof Expected> {
  return { objectId, tenantId: tenantId ?? null };
}

/**
 * Takes from one person what lets them use a sign-in that the gateway keeps. Others use the same connection by policies
 * of their own. The app may not write one, because that would let it give anybody's sign-in to anybody.
 */
export const deleteAccessPolicy = defineRemedy({
  kind: 'delete-access-policy',
  system: 'gateway-access',
  call: z.strictObject({
    kind: z.literal('delete-access-policy'),
    serviceId: z.string(),
    provider: z.string(),
    connection: z.string(),
    policy: z.string(),
    expected: Expected,
  }),
  risk: 'safe',
  words: {
    noun: ['right to a kept sign-in', 'rights to kept sign-ins'],
    done: 'removed',
    ability: 'take people’s access to sign-ins that the gateway keeps away',
    before: ({ connection, provider }, { who }: { readonly who: string }) =>
      `Delete the access policy of ${who} for the connection ${connection} of provider ${provider}.`,
    impact: 'This person gets no token of the upstream service from the gateway any more.',
  },
  permissions: [
    'remover/azure/gateway/Microsoft.ApiManagement/service/authorizationProviders/authorizations/accessPolicies/delete',
  ],
  leastCalls: ({ length }) => [{ vendor: 'arm', calls: 3 * length }],
  ends: 'place',
  stops: 'nothing-read',
  // What was taken before is a token of the upstream service, whose life nobody here knows: the finding says so.
  livesOn: 'nothing',
  read: async ({ gateway }, call) => {
    const read = await gateway.readAccessPolicy(call);
    if (!read.ok) return read.failure.kind === 'not-found' ? ok({ state: 'gone' }) : read;
    return ok({ state: 'present', image: { ...read.value }, now: accessPolicyState(read.value) }, read.requestId);
  },
  act: async ({ gateway }, call) => {
    const deleted = await gateway.deleteAccessPolicy(call);
    return deleted.ok ? ok({ effect: 'done' }, deleted.requestId) : deleted;
  },
  restore: {
    by: 'hand',
    undo: 'Put the access policy again with the ids of the before-image: az rest --method put, on the same address. The app may not write one, because that would let it give anybody’s sign-in to anybody.',
  },
});
