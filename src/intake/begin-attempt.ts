import type { DurableClient } from 'durable-functions';
import { type CaseRow, type OffboardLeaverInput, OffboardLeaverInputSchema } from '../cases/case.ts';
import type { CasePolicy } from '../cases/policy.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { isMissing, startCaseWith } from './start-case.ts';

/**
 * Begins the next attempt of a case, with the person as the case was opened about them: whoever came back since is
 * noticed by what differs from that. Starting it twice starts it once.
 *
 * @returns false where what the case was begun with is not to be had any more: nothing was started
 */
export async function beginAttempt(
  vendors: Pick<Vendors, 'storage'>,
  row: CaseRow,
  client: DurableClient,
  policy: CasePolicy,
): Promise<boolean> {
  const { caseId, instanceId, attemptAt: _, ...rest } = row;
  const before = await inputOf(client, row.attempts?.at(-1)?.instanceId ?? '');
  if (before === undefined) return false;
  await startCaseWith(client)(instanceId, { ...before, row: { ...rest, caseId, instanceId }, policy });
  await vendors.storage.updateCase(caseId, (current) => {
    if (current.instanceId !== instanceId || current.attemptAt === undefined) return undefined;
    const { attemptAt: __, ...begun } = current;
    return begun;
  });
  return true;
}

async function inputOf(client: DurableClient, instanceId: string): Promise<OffboardLeaverInput | undefined> {
  try {
    const { input } = await client.getStatus(instanceId, { showInput: true });
    return OffboardLeaverInputSchema.safeParse(input).data;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
