import * as z from 'zod';
import { ok, type VendorResult } from '../result.ts';
import type { DevOpsSettings } from '../settings.ts';
import { type DevOpsQuery, QUERIES } from './queries.ts';
import { ask } from './request.ts';

/** What the pilot asks, as the service documents it, by what it is about. */
const LOOKS = {
  users: QUERIES.users,
  /** Whoever the organisation knows, wherever they come from. */
  'users of every kind': (): DevOpsQuery => ({ ...QUERIES.users(), query: {} }),
  /** Pools, without saying of which kind. */
  'pools of no kind': (): DevOpsQuery => ({ ...QUERIES.pools('automation'), query: {} }),
  environments: QUERIES.environments,
  machines: (projectId: string, environmentId: string): DevOpsQuery => {
    const environments = QUERIES.environments(projectId);
    return { ...environments, path: [...environments.path, environmentId, 'providers', 'virtualmachines'] };
  },
  tokens: (descriptor: string): DevOpsQuery => QUERIES.tokens(descriptor, { sshKeys: false }),
  'service hooks': QUERIES.serviceHooks,
  'audit log': (from: string, to: string): DevOpsQuery => QUERIES.auditLog(new Date(from), new Date(to)),
} as const;

export type Looked = keyof typeof LOOKS;

/** One page as the service answers it, whatever its shape: the pilot asks what that is. `about`: ids. Reads only. */
export async function look(
  settings: DevOpsSettings,
  organisation: string,
  which: Looked,
  ...about: readonly string[]
): Promise<VendorResult<unknown>> {
  const queryOf = LOOKS[which] as (...about: readonly string[]) => DevOpsQuery;
  const answer = await ask(settings, {
    identity: 'reader',
    organisation,
    ...queryOf(...about),
    what: `show the pilot its ${which}`,
    shape: z.unknown(),
  });
  return answer.ok ? ok(answer.value.body) : answer;
}
