import * as z from 'zod';
import type { ServiceHook } from '../../../../connectors/azure-devops/pipelines/service-hooks.ts';
import { failed, ok } from '../../../../connectors/result.ts';
import { defineRemedy } from '../../../define-remedy.ts';
import { comparedTo, DELETED_SINCE } from '../../../restoring/restoring.ts';
import { isStopped } from '../../rules/azure-devops/stopped-hook.ts';

/** Where it sends what. The address may hold a credential, so that only its host is kept. */
const Expected = z.strictObject({
  host: z.nullable(z.string()),
  event: z.nullable(z.string()),
  consumer: z.nullable(z.string()),
});

/** How a hook stands, without its credentials. */
export function hookState({ host, eventType, consumerId }: ServiceHook): z.output<typeof Expected> {
  return { host, event: eventType ?? null, consumer: consumerId ?? null };
}

/** Stops a service hook. It stays as it is, and can be enabled again. */
export const disableServiceHook = defineRemedy({
  kind: 'disable-service-hook',
  system: 'azure-devops',
  call: z.strictObject({
    kind: z.literal('disable-service-hook'),
    organisation: z.string(),
    hookId: z.string(),
    expected: Expected,
  }),
  risk: 'disruptive',
  words: {
    noun: ['service hook', 'service hooks'],
    done: 'stopped',
    ability: 'stop service hooks',
    before: ({ hookId, organisation }, { what }: { readonly what: string }) =>
      `Stop the service hook ${hookId} of ${organisation}, which sends ${what}.`,
    impact: 'Whatever waits for these events is not told of them any more.',
  },
  permissions: ['remover/azure-devops/vso.build'],
  leastCalls: ({ length }) => [{ vendor: 'devops', calls: 2 + 2 * length, writes: length }],
  ends: 'place',
  stops: 'nothing-read',
  livesOn: 'nothing',
  read: async ({ devops }, { organisation, hookId }) => {
    const { items, failure } = await devops.listServiceHooks(organisation);
    const hook = items.find(({ id }) => id === hookId);
    if (hook === undefined && failure !== undefined) return failed(failure);
    if (hook === undefined) {
      const hidden = await devops.hiddenInOrganisation(organisation, 'service hooks');
      return hidden === undefined ? ok({ state: 'gone' }) : failed(hidden);
    }
    if (isStopped(hook)) return ok({ state: 'gone' });
    const { id, status, publisherId, createdBy } = hook;
    const image = { id, status, publisherId, ...hookState(hook), createdBy: createdBy?.uniqueName ?? null };
    return ok({ state: 'present', image, now: hookState(hook) });
  },
  act: async ({ devops }, { organisation, hookId }) => {
    const stopped = await devops.disableServiceHook(organisation, hookId);
    return stopped.ok ? ok({ effect: 'done' }, stopped.requestId) : stopped;
  },
  restore: {
    by: 'app',
    undo: 'it enables the hook again.',
    look: async ({ devops }, { organisation, hookId, expected }) => {
      const { items, failure } = await devops.listServiceHooks(organisation);
      const hook = items.find(({ id }) => id === hookId);
      if (hook !== undefined)
        return ok(comparedTo(expected, hookState(hook), { is: isStopped(hook) ? 'free' : 'back' }));
      const hidden = failure ?? (await devops.hiddenInOrganisation(organisation, 'service hooks'));
      return hidden === undefined ? ok(DELETED_SINCE) : failed(hidden);
    },
    give: ({ devops }, { organisation, hookId }) => devops.disableServiceHook(organisation, hookId, 'enabled'),
  },
});
