import { setTimeout as delay } from 'node:timers/promises';
import { doDueWork } from '../../../local/telling/follow-case.ts';
import { releaseHeld, tryHrAgain } from './accidents.ts';
import { ask } from './entrances.ts';
import { type Firm, leaversQueue, poisonQueue } from './firm.ts';
import { casesIn, readBlob, rowsIn } from './kept.ts';

const LONGEST_MS = 6 * 60_000;
/** What falls due meanwhile is looked for this often, as the timer would. */
const LONGEST_CASES_MS = 20_000;

/**
 * Lets the app live until nothing is left to be done, as an operator and the minutes would: what is on hold is
 * released, what failed is asked for again. What is still not at rest then is for the comparison to say.
 * @returns what the app was at when it was given up; empty where all is quiet
 */
export async function becomeQuiet(firm: Firm): Promise<readonly string[]> {
  const until = Date.now() + LONGEST_MS;
  const again = new Set<string>();
  for (let calm = 0; ; ) {
    // Rounds of due work beside cases that run would only slow them down.
    await orchestrationsEnd(firm, Math.min(until, Date.now() + LONGEST_CASES_MS));
    await doDueWork(firm).catch(() => undefined);
    await operate(firm, again);
    const busy = await whatIsLeft(firm);
    calm = busy.length === 0 ? calm + 1 : 0;
    firm.onLeft(busy);
    // What ended may have left something to be told.
    if (calm === 2) return [];
    if (Date.now() > until) return busy;
    await delay(busy.length === 0 ? 0 : 1_000);
  }
}

async function orchestrationsEnd(firm: Firm, until: number): Promise<void> {
  while (Date.now() < until && (await atWork(firm)).length > 0) await delay(250);
}

/** What an operator does who looks at the list of cases. */
async function operate(firm: Firm, again: Set<string>): Promise<void> {
  const cases = await casesIn(firm);
  if (cases.some(({ state, onHold }) => state === 'open' && onHold !== undefined)) await releaseHeld(firm);
  await tryHrAgain(firm);
  for (const leaver of firm.leavers) {
    for (const [id, text] of leaver.messages) {
      const receipt = String(await readBlob(firm, 'hr-receipts', `${id}.json`));
      if (!receipt.includes('"undecided"') || again.has(id)) continue;
      again.add(id);
      await leaversQueue(firm).sendMessage(text);
    }
    const newest = cases.filter(({ oid }) => oid === leaver.oid).at(-1);
    if (newest?.state !== 'failed' || again.has(newest.caseId)) continue;
    again.add(newest.caseId);
    await ask(firm, leaver, {}, newest.n + 1);
  }
}

async function whatIsLeft(firm: Firm): Promise<string[]> {
  const waits = new Set(firm.leavers.filter(({ fate }) => fate === 'waits').map(({ oid }) => oid));
  const [cases, messages, tasks, queue, instances, leavings] = await Promise.all([
    casesIn(firm),
    rowsIn<{ state: string; caseId: string; moment: string; channel: string; dueAt: string; failure?: string }>(
      firm,
      'outbox',
    ),
    rowsIn(firm, 'workflowtasks'),
    leaversQueue(firm).getProperties(),
    atWork(firm),
    rowsIn(firm, 'leavings'),
  ]);
  const poison = poisonQueue(firm);
  const poisoned = (await poison.exists()) ? (await poison.getProperties()).approximateMessagesCount : 0;
  const text = (await readBlob(firm, 'work', 'reconciliation/entra.json'))?.toString('utf8') ?? '{}';
  const changes = (JSON.parse(text) as { readonly waiting?: readonly object[] }).waiting ?? [];
  return [
    ...cases
      .filter(({ oid, state }) => ['open', 'running'].includes(state) || (state === 'scheduled' && !waits.has(oid)))
      .map(({ caseId, state, onHold = '', attempts = '' }) => `case ${caseId} is ${state} ${onHold} ${attempts}`),
    ...messages
      .filter(({ state }) => state === 'waiting')
      .map(
        ({ caseId, moment, channel, dueAt, failure }) => `${moment} of ${caseId} to ${channel}, ${dueAt}, ${failure}`,
      ),
    ...tasks.map((task) => `a workflow waits for its answer: ${JSON.stringify(task)}`),
    ...leavings.filter(({ partitionKey }) => partitionKey === 'waiting').map(({ row }) => `HR’s message waits: ${row}`),
    ...(queue.approximateMessagesCount ? [`${queue.approximateMessagesCount} messages of HR are not answered`] : []),
    ...(poisoned ? [`${poisoned} messages of HR lie in the poison queue`] : []),
    ...changes.map((change) => `a change of Entra waits: ${JSON.stringify(change)}`),
    ...instances,
  ];
}

/** Orchestrations that have not ended. */
async function atWork({ url }: Firm): Promise<string[]> {
  const unended = 'runtimeStatus=Running,Pending,Suspended&showInput=false&top=1000';
  try {
    const answer = await fetch(`${url()}/runtime/webhooks/durabletask/instances?${unended}`);
    const found = (await answer.json()) as readonly { readonly instanceId: string }[];
    return found.map(({ instanceId }) => `the orchestration ${instanceId} has not ended`);
  } catch {
    return ['the app does not answer'];
  }
}
