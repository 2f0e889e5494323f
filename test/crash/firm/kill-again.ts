import { setTimeout as delay } from 'node:timers/promises';
import type { CallRecord } from '../../../local/tenant/core/server.ts';
import type { Firm } from './firm.ts';

/** What happens beside the kills; each returns when it is done, and what it began goes on in the next lives. */
export interface Storm {
  /** Right after the app listens. */
  readonly begins: (life: number) => void;
  /** Between two lives. */
  readonly between: (life: number) => Promise<void>;
}

/** Kills the app so many times with SIGKILL, at moments of chance, and starts it again each time. */
export async function killAgain(firm: Firm, kills: number, storm: Storm): Promise<void> {
  for (let life = 1; life <= kills; life += 1) {
    storm.begins(life);
    const rounds = dueWorkAtTimes(firm);
    await momentToDie(firm);
    for (const round of rounds) clearTimeout(round);
    await firm.killApp();
    await storm.between(life);
    await firm.startApp();
  }
}

/** The timer fires within most lives, once or twice, so that what falls due dies as often as the rest. */
function dueWorkAtTimes(firm: Firm): NodeJS.Timeout[] {
  const { chance } = firm;
  const at = [chance.is(0.6) ? [chance.between(0, 300)] : [], chance.is(0.5) ? [chance.between(300, 2_500)] : []];
  return at.flat().map((ms) => setTimeout(() => runDueWork(firm), ms));
}

export function runDueWork({ url }: Pick<Firm, 'url'>): void {
  const begin = async (): Promise<unknown> => fetch(`${url()}/admin/functions/dueWork`, { method: 'POST' });
  begin().catch(() => undefined);
}

/**
 * By the clock: most lives are short, few are long. Or by a call, which the vendor has answered and of which the app
 * never hears the answer.
 */
function momentToDie({ chance, tenant }: Firm): Promise<void> {
  const longest = chance.is(0.2) ? chance.between(2_000, 5_000) : chance.between(0, 2_000);
  if (chance.is(0.6)) return delay(longest);
  let left = chance.between(1, 80);
  const isChange = ({ method }: CallRecord): boolean => method !== 'GET';
  const changesOnly = chance.is(0.5);
  if (changesOnly) left = chance.between(1, 6);
  return new Promise((resolve) => {
    const timer = setTimeout(end, longest);
    const unwatch = tenant.server.onCall((call) => {
      if (changesOnly && !isChange(call)) return;
      left -= 1;
      if (left === 0) end();
    });
    function end(): void {
      clearTimeout(timer);
      unwatch();
      resolve();
    }
  });
}
