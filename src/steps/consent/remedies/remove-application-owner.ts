import * as z from 'zod';
import { ok } from '../../../connectors/result.ts';
import { OidSchema } from '../../../people/oid.ts';
import { defineRemedy } from '../../define-remedy.ts';

/** Whose ownership it is, and whether somebody else keeps the application: an application without owner is nobody’s. */
const Expected = z.strictObject({ owner: OidSchema, anotherStays: z.boolean() });

/** Takes the leaver off the owners of an app registration or a service principal. */
export const removeApplicationOwner = defineRemedy({
  kind: 'remove-application-owner',
  system: 'entra',
  call: z.strictObject({
    kind: z.literal('remove-application-owner'),
    set: z.enum(['applications', 'servicePrincipals']),
    objectId: z.string(),
    name: z.string(),
    expected: Expected,
  }),
  risk: 'by-target',
  words: {
    noun: ['ownership of an application', 'ownerships of applications'],
    done: 'removed',
    ability: 'remove owners of applications',
    before: ({ name, set }, { who }: { who: string }) =>
      `Take ${who} off the owners of the ${set === 'applications' ? 'app registration' : 'service principal'} ${name}.`,
    impact: 'Nothing stops; where no other owner stays, only administrators can change the application.',
  },
  permissions: ['remover/graph/Application.ReadWrite.All'],
  leastCalls: ({ length }) => [{ vendor: 'graph', calls: 3 * length }],
  ends: 'place',
  stops: 'nothing-read',
  livesOn: 'nothing',
  read: async ({ graph }, { set, objectId, name, expected: { owner } }) => {
    const { items, failure } = await graph.listOwners(set, objectId);
    if (failure !== undefined) {
      return failure.kind === 'not-found' ? ok({ state: 'gone' }) : { ok: false, failure };
    }
    if (!items.includes(owner)) return ok({ state: 'gone' });
    const anotherStays = items.some((id) => id !== owner);
    return ok({ state: 'present', image: { set, objectId, name, owner }, now: { owner, anotherStays } });
  },
  act: async ({ graph }, { set, objectId, expected: { owner } }) => {
    const removed = await graph.removeOwner(set, objectId, owner);
    if (removed.ok) return ok({ effect: 'done' }, removed.requestId);
    return removed.failure.kind === 'not-found' ? ok({ effect: 'done' }) : removed;
  },
  restore: {
    by: 'app',
    undo: 'it makes the person an owner again. Whoever is deleted has to be restored before.',
    // An application that was renamed since is the same.
    same: ({ set, objectId, expected: { owner } }) => [set, objectId, owner].join(' '),
    look: async ({ graph }, { set, objectId, expected: { owner } }) => {
      const { items, failure } = await graph.listOwners(set, objectId);
      if (items.includes(owner)) return ok({ is: 'back' });
      return failure === undefined ? ok({ is: 'free' }) : { ok: false, failure };
    },
    give: ({ graph }, { set, objectId, expected: { owner } }) => graph.addOwner(set, objectId, owner),
  },
});
