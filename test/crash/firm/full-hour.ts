import { setTimeout as delay } from 'node:timers/promises';
import { TableClient } from '@azure/data-tables';
import { doDueWork } from '../../../local/telling/follow-case.ts';
import { storageCredential } from '../../scenarios/support/everything-written.ts';
import { type Firm, insist } from './firm.ts';
import { rowsIn } from './kept.ts';
import { runDueWork } from './kill-again.ts';
import { becomeQuiet } from './quiet.ts';

const HOUR_MS = 3_600_000;
const GONE_DAYS = 40;
const KILLS = 3;
const CLOCK = new URL('../../calendar/moved-clock.ts', import.meta.url);

/** Somebody who was offboarded, and deleted for good longer ago than the deny list has to hold them. */
export async function plantLongGone(firm: Firm): Promise<string> {
  const oid = '0f000000-0000-4000-8000-000000000001';
  const caseId = `${oid}-1`;
  const at = new Date(Date.now() - GONE_DAYS * 24 * HOUR_MS).toISOString();
  const write = (table: string, partitionKey: string, rowKey: string, columns: object): Promise<unknown> =>
    new TableClient(firm.storage.table, table, storageCredential(firm)).createEntity({
      partitionKey,
      rowKey,
      oid,
      caseId,
      ...columns,
    });
  await write('cases', oid, '000001', {
    ...{ n: 1, trigger: 'entra-event', mode: 'apply', state: 'filed', outcome: 'clear', contained: 'done' },
    ...{ reason: 'Left.', requestedBy: 'entra', instanceId: `case-${caseId}`, merged: '[]' },
    ...{ requestedAt: at, openedAt: at, filedAt: at, deletedAt: at, goneAt: at },
  });
  const row = { kind: 'person', state: 'denied', generation: 1, since: at, changedAt: at, why: 'Left.' };
  await write('denied', 'denied', oid, row);
  return oid;
}

/**
 * The app lives into the next full hour by a clock of its own, and dies there: then it looks whom the deny list need not
 * hold any more. @returns how often it was killed, and what is wrong
 */
export async function passFullHour(
  firm: Firm,
  longGone: string,
): Promise<{ readonly kills: number; readonly faults: readonly string[] }> {
  const onTheHour = (): Record<string, string> => {
    const ahead = HOUR_MS - (Date.now() % HOUR_MS);
    // Whoever is told lives in the same hour.
    firm.states.webhook.clockAheadMs = ahead;
    const clock = `--import=${CLOCK.href}?by=${ahead}`;
    return { NODE_OPTIONS: [process.env.NODE_OPTIONS ?? '', clock].join(' ') };
  };
  await firm.killApp();
  for (let life = 1; life <= KILLS; life += 1) {
    await firm.startApp(onTheHour());
    runDueWork(firm);
    await delay(firm.chance.between(50, 800));
    await firm.killApp();
  }
  await firm.startApp(onTheHour());
  await doDueWork(firm);
  // The sweep of this hour finds whom an incomplete one missed, and what a vendor did not answer is read again.
  await insist(
    'the sweep',
    () => fetch(`${firm.url()}/admin/functions/sweepTimer?wait=true`, { method: 'POST' }),
    [200],
  );
  const left = await becomeQuiet(firm);
  await firm.killApp();
  firm.states.webhook.clockAheadMs = 0;
  await firm.startApp();
  await doDueWork(firm);
  const denied = await rowsIn<{ oid: string; state: string }>(firm, 'denied');
  const isListed = firm.states.arm.namedValues.all().some(({ value }) => value.includes(longGone));
  const state = denied.find(({ oid }) => oid === longGone)?.state;
  const isReleased = state === 'released' && !isListed;
  return {
    kills: KILLS,
    faults: [
      ...left.map((each) => `not quiet after the hour: ${each}`),
      ...(isReleased ? [] : [`${longGone}, who is long gone, is ${state}, listed: ${isListed}`]),
    ],
  };
}
