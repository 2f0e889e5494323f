import * as z from 'zod';
import type { ServiceConnection } from '../../../../connectors/azure-devops/pipelines/service-connections.ts';
import { failed, ok } from '../../../../connectors/result.ts';
import { defineRemedy } from '../../../define-remedy.ts';
import { comparedTo, DELETED_SINCE } from '../../../restoring/restoring.ts';
import { stopsWithoutConnection } from '../../rules/azure-devops/what-stops.ts';

/** What the person agreed to: a connection that was given another credential since is another question. */
const Expected = z.strictObject({ name: z.string(), scheme: z.nullable(z.string()), modified: z.nullable(z.string()) });

/** How a connection stands, without its credential. */
export function connectionState(
  one: Pick<ServiceConnection, 'name' | 'authorization' | 'modificationDate'>,
): z.output<typeof Expected> {
  return { name: one.name, scheme: one.authorization?.scheme ?? null, modified: one.modificationDate ?? null };
}

const Call = z.strictObject({
  kind: z.literal('disable-service-connection'),
  organisation: z.string(),
  projectId: z.string(),
  connectionId: z.string(),
  name: z.string(),
  expected: Expected,
});

/** Disables a service connection. Never deletes it: nobody could give its credential back. */
export const disableServiceConnection = defineRemedy({
  kind: 'disable-service-connection',
  system: 'azure-devops',
  call: Call,
  risk: 'disruptive',
  words: {
    noun: ['service connection', 'service connections'],
    done: 'disabled',
    ability: 'disable service connections',
    before: ({ name, connectionId }, { project }: { readonly project: string }) =>
      `Disable service connection ${name} (${connectionId}) of project ${project}; it keeps its credential.`,
    impact: 'Pipelines that use the connection fail; a job that has its credential already goes on.',
  },
  permissions: ['remover/azure-devops/vso.serviceendpoint_manage'],
  leastCalls: ({ length }) => [{ vendor: 'devops', calls: 4 * length, writes: length }],
  ends: 'place',
  stops: ({ organisation, connectionId }, { uses }) => stopsWithoutConnection(organisation, connectionId, uses),
  // A job that has the credential keeps it, and the token ends only where it was issued: neither has an end that is known.
  livesOn: 'nothing',
  read: async ({ devops }, { organisation, projectId, connectionId, name }) => {
    const { items, failure } = await devops.listServiceConnections(organisation, { id: projectId, name: projectId });
    const one = items.find(({ id }) => id === connectionId);
    // Only a list that was read to its end can say that something is not in it.
    if (one === undefined && failure !== undefined) return failed(failure);
    if (one === undefined) {
      const hidden = await devops.hiddenInProjects(organisation, 'service connections', [projectId]);
      return hidden === undefined ? ok({ state: 'gone' }) : failed(hidden);
    }
    if (one.isDisabled === true) return ok({ state: 'gone' });
    const { id, type, createdBy, modifiedBy } = one;
    const people = { createdBy: createdBy?.uniqueName ?? null, modifiedBy: modifiedBy?.uniqueName ?? null };
    const image = { id, name: one.name || name, projectId, type, ...people, isDisabled: false };
    return ok({ state: 'present', image, now: connectionState(one) });
  },
  act: async ({ devops }, target) => {
    const disabled = await devops.disableServiceConnection(target);
    return disabled.ok ? ok({ effect: 'done' }, disabled.requestId) : disabled;
  },
  restore: {
    by: 'app',
    same: ({ organisation, projectId, connectionId }) =>
      [organisation, projectId, connectionId].join(' ').toLowerCase(),
    undo: 'it enables the connection again, which kept its credential.',
    look: async ({ devops }, { organisation, projectId, connectionId, expected }) => {
      const { items, failure } = await devops.listServiceConnections(organisation, { id: projectId, name: projectId });
      const one = items.find(({ id }) => id === connectionId);
      if (one !== undefined) {
        // Disabling it was a change of its own.
        const { modified: _, ...asAgreed } = expected;
        const { modified: __, ...now } = connectionState(one);
        return ok(comparedTo(asAgreed, now, { is: one.isDisabled === true ? 'free' : 'back' }));
      }
      const hidden = failure ?? (await devops.hiddenInProjects(organisation, 'service connections', [projectId]));
      return hidden === undefined ? ok(DELETED_SINCE) : failed(hidden);
    },
    give: ({ devops }, target) => devops.disableServiceConnection(target, false),
  },
});
