import { type Stack, type StackOptions, startStack } from '../../../local/stack.ts';
import { type Administrator, administratorOf } from '../../../local/tenant/entra/administrator.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';

/** Waits of milliseconds where production waits for minutes. */
const FAST = {
  RETRY_ATTEMPTS: '2',
  RETRY_DELAY_MS: '20',
  VERIFY_INTERVAL_MS: '50',
  VERIFY_DEADLINE_MS: '2000',
  GITHUB_POINTS_PER_MINUTE: '1000000',
};

export interface FastStack extends Stack {
  readonly administrator: Administrator;
}

/** The whole stack with the story's own things and hardly anything else. */
export async function startFastStack(options: StackOptions = {}): Promise<FastStack> {
  const stack = await startStack({
    scale: { repositories: 0, identities: 0, credentialsPerIdentity: 0 },
    ...options,
    settings: { ...FAST, ...options.settings },
  });
  return { ...stack, administrator: administratorOf(stack.tenant.core, WORLD.operator.oid) };
}
