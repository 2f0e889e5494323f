import type { DurableClient } from 'durable-functions';
import * as z from 'zod';
import type { CaseRow } from '../../cases/case.ts';
import { attemptIdOf, attemptOf } from '../../cases/following/attempts.ts';
import type { CasePolicy } from '../../cases/policy.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { askEngine } from '../ask-engine.ts';
import { readSealed } from '../deciding/read-sealed.ts';
import { type BegunWith, BegunWithSchema, readBegun } from './begun-with.ts';
import { isMissing, startCaseWith } from './start-case.ts';

/**
 * Begins the next attempt of a case, with the person as the case was opened about them: whoever came back since is
 * noticed by what differs from that. Starting it twice starts it once.
 *
 * @returns `paused`: nothing is started before the pause has ended. `lost`: what the case was begun with is not to be had
 * any more, of no place that keeps it, and nothing was started
 */
export async function beginAttempt(
  vendors: Pick<Vendors, 'storage'>,
  row: CaseRow,
  client: DurableClient,
  policy: CasePolicy,
): Promise<'begun' | 'paused' | 'lost'> {
  if ((await vendors.storage.readPause()) !== undefined) return 'paused';
  const { caseId, instanceId, attemptAt: _, ...rest } = row;
  const before =
    (await readBegun(vendors, caseId)) ?? (await fromHistory(client, row)) ?? (await fromReport(vendors, row));
  if (before === undefined) return 'lost';
  await startCaseWith(client)(instanceId, { ...before, caseId, row: { ...rest, caseId, instanceId }, policy });
  await vendors.storage.updateCase(caseId, (current) => {
    if (current.instanceId !== instanceId || current.attemptAt === undefined) return undefined;
    const { attemptAt: __, ...begun } = current;
    return begun;
  });
  return 'begun';
}

/** By the engine, for cases of before it was kept. It forgets after HISTORY_RETENTION_DAYS. */
async function fromHistory(client: DurableClient, row: CaseRow): Promise<BegunWith | undefined> {
  // The last one need not have begun: the report of the one before it may have come late.
  for (let attempt = attemptOf(row) - 1; attempt >= 1; attempt -= 1) {
    const before = await begunWith(client, attemptIdOf(row.caseId, attempt));
    if (before !== undefined) return before;
  }
  return undefined;
}

/** By the first report of the case, as it was sealed: the person as it was about them, without the accounts it found. */
async function fromReport(vendors: Pick<Vendors, 'storage'>, row: CaseRow): Promise<BegunWith | undefined> {
  const [first] = row.revisions ?? [];
  const sealed = await readSealed(vendors, first === undefined ? {} : first);
  if (sealed === undefined) return undefined;
  const leaver = Reported.safeParse(JSON.parse(sealed.report)).data?.leaver;
  return leaver && { person: { ...leaver, github: [], devops: [] } };
}

const Reported = z.object({ leaver: BegunWithSchema.shape.person });

async function begunWith(client: DurableClient, instanceId: string): Promise<BegunWith | undefined> {
  try {
    const { input } = await askEngine('asking for an orchestration', () =>
      client.getStatus(instanceId, { showInput: true }),
    );
    return BegunWithSchema.safeParse(input).data;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
