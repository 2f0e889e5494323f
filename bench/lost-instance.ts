/**
 * How long a case that is lost goes unnoticed: orchestrations are taken out of the task hub while they run, one after the
 * other over a minute, and the app's own timer is waited for. Prints one line. `npm run bench:lost-instance`
 */
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Store } from '../local/host/engine/storage/store.ts';
import { startStack } from '../local/stack.ts';
import { WORLD } from '../local/tenant/seeds/world.ts';
import { quartiles } from './measure/quartiles.ts';

const CASES = 4;
const APART_MS = 15_000;
const hook = resolve(import.meta.dirname, '../test/scenarios/support/another-release.ts');
const stack = await startStack({
  scale: { repositories: 0, identities: 0, credentialsPerIdentity: 0 },
  settings: { NODE_OPTIONS: `--import ${hook}`, RELEASE_STOPS_IN: 'identifyLeaver' },
});
const people = stack.states.entra.users
  .where(({ id, userType }) => userType === 'Member' && id !== WORLD.operator.oid && id !== WORLD.breakGlass.oid)
  .slice(0, CASES);

const lost = people.map(async ({ id: oid }, index) => {
  const opened = await stack.api('/api/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ oid, reason: 'A case that is lost', mode: 'plan' }),
  });
  if (!opened.ok) throw new Error(await opened.text());
  const { caseId } = (await opened.json()) as { caseId: string };
  await delay(15_000 + index * APART_MS);
  const hub = new Store(stack.stateDir);
  hub.deleteInstance(`case-${caseId}`);
  hub.close();
  const since = performance.now();
  for (;;) {
    const answer = await stack.api(`/api/cases/${caseId}`);
    const { state } = (await answer.json()) as { state: string };
    if (state === 'failed') return (performance.now() - since) / 1_000;
    if (state !== 'running') throw new Error(`case ${caseId} is ${state}`);
    await delay(100);
  }
});
const seconds = await Promise.all(lost);
const { min, median, max } = quartiles(seconds);
const said = [min, median, max].map((each) => each.toFixed(1)).join(', ');
process.stdout.write(`${seconds.length} lost cases were noticed after ${said} s (least, median, most)\n`);
await stack.stop();
process.exit(0);
