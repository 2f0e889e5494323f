import { setTimeout as delay } from 'node:timers/promises';
import { TableClient } from '@azure/data-tables';
import { TERMINAL } from '../../../local/host/engine/storage/instance-row.ts';
import { Store } from '../../../local/host/engine/storage/store.ts';
import { storageCredential } from '../../scenarios/support/everything-written.ts';
import { decide, type Firm } from './firm.ts';
import { casesIn, changeBlob, rowsIn } from './kept.ts';

interface Waiting {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly etag: string;
}

const DAY_MS = 86_400_000;
const RECONCILIATION = 'reconciliation/entra.json';

/** A quarter of an hour passes for whoever asks Entra what changed. */
export async function askEntraAgain(firm: Firm): Promise<void> {
  const past = new Date(Date.now() - 60_000).toISOString();
  await changeBlob(firm, 'work', RECONCILIATION, (text) => {
    const state = JSON.parse(text) as { readonly waiting?: readonly object[] };
    const waiting = (state.waiting ?? []).map((each) => ({ ...each, notBefore: past }));
    return JSON.stringify({ ...state, waiting, dueAt: past });
  });
}

/** The pauses between tries of HR’s messages that wait are over. */
export async function tryHrAgain(firm: Firm): Promise<void> {
  const table = new TableClient(firm.storage.table, 'leavings', storageCredential(firm));
  const nextAt = new Date(Date.now() - 1_000).toISOString();
  // One that was decided meanwhile is gone, and one that was just tried waits anew.
  for (const { partitionKey, rowKey, etag } of await rowsIn<Waiting>(firm, 'leavings'))
    if (partitionKey === 'waiting')
      await table.updateEntity({ partitionKey, rowKey, nextAt }, 'Merge', { etag }).catch(() => undefined);
}

/** The task hub loses the orchestration of a case that runs. While the app is dead. */
export async function loseOrchestration(firm: Firm): Promise<boolean> {
  const running = (await casesIn(firm)).filter(
    ({ state, attemptAt }) => state === 'running' && attemptAt === undefined,
  );
  const candidates = running.filter(({ oid }) => firm.leavers.some((each) => each.oid === oid && canBeLost(each)));
  if (candidates.length === 0) return false;
  const { oid, instanceId } = firm.chance.pick(candidates);
  const leaver = firm.leavers.find((each) => each.oid === oid);
  const lost = inTaskHub(firm, (store) => {
    const family = store.withDescendants(instanceId);
    for (const each of family) store.deleteInstance(each);
    return family.length > 0;
  });
  if (leaver === undefined || !lost) return false;
  leaver.lost = true;
  return true;
}

function canBeLost({ fate, mostCases, lost }: Firm['leavers'][number]): boolean {
  return fate === 'leaves' && mostCases === 1 && !lost;
}

/**
 * Orchestrations that ended become so old that they are purged next; nothing that old has children at work. While the app
 * is dead. @returns their instances
 */
export async function ageHistories(firm: Firm): Promise<string[]> {
  const [mark] = (await rowsIn<{ partitionKey: string; until: string }>(firm, 'idempotency')).filter(
    ({ partitionKey }) => partitionKey === 'purged',
  );
  if (mark === undefined) return [];
  // A dying app may have purged the slice behind the mark, and its word of that be on the way.
  const createdAt = Date.parse(mark.until) + firm.chance.between(DAY_MS, 9 * DAY_MS);
  return inTaskHub(firm, (store) => {
    const hasEnded = (id: string): boolean => TERMINAL.has(store.instance(id)?.status ?? 'Running');
    const families = store
      .instances({ statuses: ['Completed'], prefix: 'case-' })
      .rows.filter(({ parent }) => parent === null)
      .map(({ instanceId }) => store.withDescendants(instanceId));
    const aged = families.filter((family) => family.every(hasEnded)).flat();
    for (const instanceId of aged) {
      const row = store.instance(instanceId);
      if (row !== undefined) store.saveInstance({ ...row, createdAt });
    }
    return aged;
  });
}

/** Instances that the engine still has. While the app is dead. */
export function instancesIn(firm: Firm): string[] {
  return inTaskHub(firm, (store) => store.instances({}).rows.map(({ instanceId }) => instanceId));
}

/** Storage takes connections and answers nothing. While the app lives. */
export async function hangStorage({ storage, chance }: Firm): Promise<void> {
  storage.freeze();
  try {
    await delay(chance.between(3_000, 7_000));
  } finally {
    storage.thaw();
  }
}

/** Somebody releases whatever is on hold by now. */
export async function releaseHeld(firm: Firm): Promise<void> {
  await decide(firm, '/api/held/release', { reason: 'HR confirmed.' }, [200]);
}

function inTaskHub<T>({ stateDir }: Firm, work: (store: Store) => T): T {
  const store = new Store(stateDir);
  try {
    return work(store);
  } finally {
    store.close();
  }
}
