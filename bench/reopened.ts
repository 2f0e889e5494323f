/**
 * How long it takes from a call that the gateway let pass to the case that is marked as an incident, over the local hub and
 * host, and from there to the case that is being read again, which the app begins within a minute by itself and the bench
 * at once. `npm run bench:reopened -- --runs 20`
 */

import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readNumber } from '../local/read-number.ts';
import { startStack } from '../local/stack.ts';
import { deleteUser, doDueWork, followCase } from '../local/telling/follow-case.ts';
import { sendToolCalls, toolCallEvent } from '../local/tenant/event-hub/gateway.ts';
import { WORLD } from '../local/tenant/seeds/world.ts';
import type { CaseRow } from '../src/cases/case.ts';
import { makeCaseId } from '../src/cases/ids.ts';
import { loadConfig } from '../src/config.ts';
import { openVendors } from '../src/connectors/vendors.ts';
import { type Oid, parseOid } from '../src/people/oid.ts';
import { quartiles } from './measure/quartiles.ts';

const { values } = parseArgs({ options: { runs: { type: 'string' } } });
const runs = readNumber('--runs', values.runs, 20, 1, 200);
/** Beyond the minutes that a gateway has to read its list. */
const LATER_MS = 10 * 60_000;

const stack = await startStack({
  scale: { repositories: 0, identities: 0, credentialsPerIdentity: 0 },
  settings: { VERIFY_INTERVAL_MS: '50', VERIFY_DEADLINE_MS: '2000', LOCAL_TIMERS: 'by-hand' },
});
try {
  const oid: Oid = parseOid(WORLD.leaver.oid) ?? fail();
  const caseId = makeCaseId(oid, 1);
  Object.assign(process.env, stack.tenant.identityEnvironment);
  const { storage } = openVendors(loadConfig(stack.settings));
  const row = async (): Promise<CaseRow> => (await storage.getCase(caseId))?.row ?? fail();
  await deleteUser(stack, oid);
  await followCase(stack, caseId);
  const marked: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    // As if nothing had passed before.
    await storage.updateCase(caseId, ({ passed: _, followUps: __, ...rest }) => ({ ...rest, incident: false }));
    const timestamp = new Date(Date.now() + LATER_MS).toISOString();
    const begun = performance.now();
    await sendToolCalls(stack.tenant, [toolCallEvent({ caller_oid: oid, timestamp })]);
    while ((await row()).incident !== true) await delay(5);
    marked.push(performance.now() - begun);
  }
  const begun = performance.now();
  const round = doDueWork(stack);
  for (let now = await row(); now.state === 'filed' || now.attemptAt !== undefined; now = await row()) await delay(5);
  const read = performance.now() - begun;
  await round;
  const { min, median, max } = quartiles(marked);
  const ms = (value: number): string => `${Math.round(value)} ms`;
  process.stdout.write(
    `from the call to the incident, ${runs} runs: ${ms(median)} (${ms(min)} to ${ms(max)})\nfrom the beginning of the minute’s round to the reading: ${ms(read)}\n`,
  );
} finally {
  await stack.stop();
}

function fail(): never {
  throw new Error('there is no such case');
}
