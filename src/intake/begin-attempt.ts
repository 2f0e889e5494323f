import type { DurableClient } from 'durable-functions';
import * as z from 'zod';
import { attemptIdOf, attemptOf } from '../cases/attempts.ts';
import { type CaseRow, OffboardLeaverInputSchema } from '../cases/case.ts';
import type { CasePolicy } from '../cases/policy.ts';
import type { Vendors } from '../connectors/vendors.ts';
import { askEngine } from './ask-engine.ts';
import { isMissing, startCaseWith } from './start-case.ts';

/**
 * Begins the next attempt of a case, with the person as the case was opened about them: whoever came back since is
 * noticed by what differs from that. Starting it twice starts it once.
 *
 * @returns `paused`: nothing is started before the pause has ended. `lost`: what the case was begun with is not to be had
 * any more, and nothing was started
 */
export async function beginAttempt(
  vendors: Pick<Vendors, 'storage'>,
  row: CaseRow,
  client: DurableClient,
  policy: CasePolicy,
): Promise<'begun' | 'paused' | 'lost'> {
  if ((await vendors.storage.readPause()) !== undefined) return 'paused';
  const { caseId, instanceId, attemptAt: _, ...rest } = row;
  let before: z.output<typeof Kept> | undefined;
  // The last one need not have begun: the report of the one before it may have come late.
  for (let attempt = attemptOf(row) - 1; before === undefined && attempt >= 1; attempt -= 1)
    before = await begunWith(client, attemptIdOf(caseId, attempt));
  if (before === undefined) return 'lost';
  await startCaseWith(client)(instanceId, { ...before, caseId, row: { ...rest, caseId, instanceId }, policy });
  await vendors.storage.updateCase(caseId, (current) => {
    if (current.instanceId !== instanceId || current.attemptAt === undefined) return undefined;
    const { attemptAt: __, ...begun } = current;
    return begun;
  });
  return 'begun';
}

/**
 * What the next attempt takes over: the row and the policy are today's. Another release may have written more, or
 * another row and policy, which keeps nobody's case from going on.
 */
const { person, denialGeneration } = OffboardLeaverInputSchema.shape;
const Kept = z.object({ person: person.strip(), denialGeneration });

async function begunWith(client: DurableClient, instanceId: string): Promise<z.output<typeof Kept> | undefined> {
  try {
    const { input } = await askEngine('asking for an orchestration', () =>
      client.getStatus(instanceId, { showInput: true }),
    );
    return Kept.safeParse(input).data;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
