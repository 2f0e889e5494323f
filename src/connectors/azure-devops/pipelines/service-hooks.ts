import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { ok, type VendorResult } from '../../result.ts';
import type { DevOpsSettings } from '../../settings.ts';
import { listAll } from '../list-all.ts';
import { named, textual } from '../odd-values.ts';
import { QUERIES } from '../queries.ts';
import { ask } from '../request.ts';
import { Person } from './pipelines.ts';

const described = z.string().nullish().catch(null);

const Hook = z
  .object({
    id: z.string().min(1),
    // One whose state is not known may send.
    status: described,
    publisherId: described,
    eventType: described,
    consumerId: described,
    consumerActionId: described,
    actionDescription: described,
    createdBy: Person,
    modifiedBy: Person,
    createdDate: described,
    consumerInputs: named(textual),
  })
  .transform(({ consumerInputs: { values }, ...hook }) => ({
    ...hook,
    /** Where it sends. The other inputs hold credentials, and stay where they are. */
    url: values.url ?? null,
    /** The ways in which the address says who it is for: in what stands before the `@`, and behind the `?`. */
    host: hostOf(values.url ?? ''),
  }));
/** A service hook: events of the organisation go to somebody else's address. */
export type ServiceHook = z.output<typeof Hook>;

/** Every service hook of the organisation that the app may see. The list has no pages. */
export function listServiceHooks(settings: DevOpsSettings, organisation: string): Promise<Listing<ServiceHook>> {
  return listAll(settings, {
    ...QUERIES.serviceHooks(),
    identity: 'reader',
    organisation,
    what: `list the service hooks of ${organisation}`,
    row: Hook,
    keyOf: ({ id }) => id,
  });
}

/** Stops a service hook, which keeps what it is: the whole object is sent as it stands, with another status. */
export async function disableServiceHook(
  settings: DevOpsSettings,
  organisation: string,
  hookId: string,
  status: 'disabledByUser' | 'enabled' = 'disabledByUser',
): Promise<VendorResult<void>> {
  const common = {
    identity: 'remover',
    version: '7.1',
    scope: 'vso.build',
    organisation,
    path: ['_apis', 'hooks', 'subscriptions', hookId],
  } as const;
  const now = await ask(settings, {
    ...common,
    what: `read service hook ${hookId} of ${organisation}`,
    shape: z.looseObject({ id: z.string() }),
  });
  if (!now.ok) return now;
  const answer = await ask(settings, {
    ...common,
    method: 'PUT',
    body: { ...now.value.body, status },
    what: `${status === 'enabled' ? 'enable' : 'disable'} service hook ${hookId} of ${organisation}`,
    shape: z.object({ status: z.string() }),
  });
  return answer.ok ? ok(undefined, answer.requestId) : answer;
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
