/**
 * Records how today's orchestrations run, into `test/golden/<defaultVersion>/`. From then on every change is replayed
 * against these histories. A version that was released is never recorded again: cases of it may be in flight.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { followCase } from '../local/follow-case.ts';
import { Store } from '../local/host/engine/store.ts';
import { startStack } from '../local/stack.ts';
import { administratorOf } from '../local/tenant/entra/administrator.ts';
import { WORLD } from '../local/tenant/seeds/world.ts';
import { currentVersion, GOLDEN, recordingText, takeRecording } from '../test/support/golden/recording.ts';

const { values } = parseArgs({ options: { replace: { type: 'boolean', default: false } } });
const folder = join(GOLDEN, currentVersion());
if (existsSync(folder) && !values.replace) {
  process.stderr.write(
    `${folder} is there already. If that version was released, raise "defaultVersion" in host.json and record again; ` +
      'if it was not, pass --replace. CONTRIBUTING.md says when.\n',
  );
  process.exit(2);
}

const stack = await startStack({
  scale: { repositories: 3, identities: 1, credentialsPerIdentity: 2 },
  settings: { RETRY_DELAY_MS: '200', VERIFY_INTERVAL_MS: '3000', VERIFY_DEADLINE_MS: '30000' },
});
try {
  const { oid } = WORLD.leaver;
  const administrator = administratorOf(stack.tenant.core, WORLD.operator.oid);

  await stack.api('/api/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ oid, reason: 'A look before HR acts', mode: 'plan' }),
  });
  await filed(`${oid}-1`);

  // The seeded leave date has passed, so the sweep opens a case. GitHub only queues its revocations for a while:
  // verification waits on timers.
  stack.states.github.revocationDelayMs = 15_000;
  await fetch(`${stack.url()}/admin/functions/sweepTimer?wait=true`, { method: 'POST', body: '{}' });
  const sweepId = `sweep:ci:${new Date().toISOString().slice(0, 13)}`;
  await filed(`${oid}-2`);

  // Every vendor refuses once for a while: each kind of work is tried again.
  for (const vendor of ['arm', 'github', 'devops', 'logs']) {
    const effect = { kind: 'answer', status: 429, headers: { 'retry-after': '1' } } as const;
    stack.tenant.faults.add({ vendor, effect, times: 1 });
  }
  await administrator.deleteUser(oid);
  await filed(`${oid}-3`);

  await stack.killApp();
  const store = new Store(stack.stateDir);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, instanceId, title] of [
    ['plan', `case-${oid}-1`, 'a case in mode plan'],
    ['apply', `case-${oid}-2`, 'a case with queued revocations'],
    ['bad-weather', `case-${oid}-3`, 'a case in which every vendor asked to be called later once'],
    ['sweep', sweepId, 'a sweep that opens a case'],
  ] as const) {
    const text = recordingText(takeRecording(store, instanceId, title));
    await writeFile(join(folder, `${name}.jsonl`), text);
    process.stdout.write(`${join(folder, name)}.jsonl: ${text.length} bytes\n`);
  }
  store.close();
} finally {
  await stack.stop();
}

async function filed(caseId: string): Promise<void> {
  const { state } = await followCase(stack, caseId);
  if (state !== 'filed') throw new Error(`the case ${caseId} ended as ${state}`);
}
