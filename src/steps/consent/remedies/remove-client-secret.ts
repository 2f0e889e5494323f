import * as z from 'zod';
import type { ApplicationCredential } from '../../../connectors/graph/applications/application-owners.ts';
import { ok } from '../../../connectors/result.ts';
import { defineRemedy } from '../../define-remedy.ts';
import { APPLICATION_TOKEN_MINUTES } from '../rules/token-minutes.ts';

/** An id is never given to another secret, and Entra changes none in place. */
const Expected = z.strictObject({ name: z.nullable(z.string()), from: z.nullable(z.string()) });

export function secretState({ name, from }: Pick<ApplicationCredential, 'name' | 'from'>): z.output<typeof Expected> {
  return { name: name ?? null, from: from ?? null };
}

/** Takes a secret that the leaver made away from an application. Entra shows its value to nobody, so nothing brings it back. */
export const removeClientSecret = defineRemedy({
  kind: 'remove-client-secret',
  system: 'entra',
  call: z.strictObject({
    kind: z.literal('remove-client-secret'),
    set: z.enum(['applications', 'servicePrincipals']),
    objectId: z.string(),
    application: z.string(),
    keyId: z.string(),
    expected: Expected,
  }),
  risk: 'disruptive',
  words: {
    noun: ['client secret', 'client secrets'],
    done: 'removed',
    ability: 'remove secrets of applications',
    before: ({ application, keyId }, { label }: { label: string }) =>
      `Remove the secret ${label} (${keyId}) of ${application}, once whatever signs in by it has a new one.`,
    impact: 'Whatever signs in by this secret fails from then on.',
  },
  permissions: ['remover/graph/Application.ReadWrite.All'],
  leastCalls: ({ length }) => [{ vendor: 'graph', calls: 3 * length }],
  ends: 'token',
  stops: 'nothing-read',
  livesOn: () => ({
    minutes: APPLICATION_TOKEN_MINUTES,
    why: 'Access tokens that the application had by the secret live up to 90 minutes.',
  }),
  read: async ({ graph }, { set, objectId, application, keyId }) => {
    const read = await graph.readCredentials(set, objectId);
    if (!read.ok) return read.failure.kind === 'not-found' ? ok({ state: 'gone' }) : read;
    const secret = read.value.find((each) => each.keyId === keyId && each.type === 'secret');
    if (secret === undefined) return ok({ state: 'gone' }, read.requestId);
    // Its first characters are told nowhere.
    const { hint: _, ...image } = secret;
    return ok(
      { state: 'present', image: { set, objectId, application, ...image }, now: secretState(secret) },
      read.requestId,
    );
  },
  act: async ({ graph }, { set, objectId, keyId }) => {
    const removed = await graph.removeSecret(set, objectId, keyId);
    if (removed.ok) return ok({ effect: 'done' }, removed.requestId);
    return removed.failure.kind === 'not-found' ? ok({ effect: 'done' }) : removed;
  },
  restore: {
    by: 'nothing',
    undo: 'Nothing brings it back: Entra shows the value to nobody. Add a new secret before, and give it to whatever signs in by this one.',
  },
});
