import type { DurableClient } from 'durable-functions';
import type { CasePolicy } from '../../cases/policy.ts';
import { startOnce } from '../starting/start-case.ts';

/** The orchestration that calls, in `orchestrations/run-canary.ts`. */
const RUN_CANARY = 'runCanary';

/** Begins the calls of a canary, unless they began. */
export function startCanary(
  client: DurableClient,
  instanceId: string,
  input: { readonly canaryId: string; readonly policy: CasePolicy },
): Promise<void> {
  return startOnce(client, RUN_CANARY, instanceId, input);
}
