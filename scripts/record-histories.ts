/**
 * Records how today's orchestrations run, into `test/golden/<defaultVersion>/`. From then on every change is replayed
 * against these histories. A version that was released is never recorded again: cases of it may be in flight. What it
 * can do besides since is recorded with `--add`, which leaves every history alone that is there.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Store } from '../local/host/engine/storage/store.ts';
import { startStack } from '../local/stack.ts';
import { doDueWork, followCase } from '../local/telling/follow-case.ts';
import { CANARY_RULE } from '../local/tenant/arm/alerts/canary-rule.ts';
import { administratorOf } from '../local/tenant/entra/people/administrator.ts';
import { WORLD } from '../local/tenant/seeds/world.ts';
import { attemptIdOf } from '../src/cases/following/attempts.ts';
import { type CaseId, makeCaseId } from '../src/cases/ids.ts';
import { casePolicy } from '../src/config/config-cases.ts';
import { loadConfig } from '../src/config.ts';
import { openVendors } from '../src/connectors/vendors.ts';
import { partsOf } from '../src/exposure/part.ts';
import type { Oid } from '../src/people/oid.ts';
import { READINGS } from '../src/posture/readings-needed.ts';
import { runIdOf } from '../src/posture/runs/run-id.ts';
import { play } from '../test/support/golden/play.ts';
import {
  currentVersion,
  GOLDEN,
  type Recording,
  recordingText,
  takeRecording,
} from '../test/support/golden/recording.ts';
import { brokenPlays } from './broken-plays.ts';

const option = { type: 'boolean', default: false } as const;
const { values } = parseArgs({ options: { replace: option, add: option } });
const folder = join(GOLDEN, currentVersion());
if (existsSync(folder) && !values.replace && !values.add) {
  process.stderr.write(
    `${folder} is there already. If that version was released, raise "defaultVersion" in host.json and record again; ` +
      'if it was not, pass --replace; for a new scenario of it pass --add. CONTRIBUTING.md says when.\n',
  );
  process.exit(2);
}

const stack = await startStack({
  scale: { repositories: 3, identities: 1, credentialsPerIdentity: 2 },
  settings: {
    ...{ RETRY_DELAY_MS: '200', VERIFY_INTERVAL_MS: '3000', VERIFY_DEADLINE_MS: '30000' },
    EXPOSURE: 'own,company',
  },
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

  // Somebody has two things of it given back.
  const cut = await stack.api(`/api/cases/${oid}-2/findings?status=done`);
  const { findings } = (await cut.json()) as { findings: { id: string; remedy?: { undo: string } }[] };
  const back = findings.filter(({ remedy }) => remedy?.undo.startsWith('The app'));
  const asked = await stack.api(`/api/cases/${oid}-2/restore`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ revision: 1, findings: back.slice(0, 2).map(({ id }) => id), reason: 'Production' }),
  });
  if (asked.status !== 202) throw new Error(`nothing is given back: ${asked.status} ${await asked.text()}`);
  await doDueWork(stack);
  await filed(`${oid}-2`);

  // Every vendor refuses once for a while: each kind of work is tried again.
  for (const vendor of ['arm', 'github', 'devops', 'logs']) {
    const effect = { kind: 'answer', status: 429, headers: { 'retry-after': '1' } } as const;
    stack.tenant.faults.add({ vendor, effect, times: 1 });
  }
  await administrator.deleteUser(oid);
  await filed(`${oid}-3`);

  // GitHub is away for longer than every attempt, and back when the case is read again.
  const lift = stack.tenant.faults.add({ vendor: 'github', effect: { kind: 'answer', status: 503 } });
  const [other] = WORLD.colleagues;
  const away = makeCaseId(other.oid as Oid, 1);
  await administrator.deleteUser(other.oid);
  await filed(away);
  lift();
  await letBeReadAgain(away);
  await filed(away);

  const pilotId = await pilot();
  const policy = casePolicy(loadConfig(stack.settings));
  const at = new Date();
  const others = {
    posture: await run('assessPosture', {
      ...{ runId: runIdOf(at, 'asked'), at: at.toISOString(), trigger: 'asked', policy },
      readings: READINGS.map(({ id }) => id),
    }),
    exposure: await run('readExposure', {
      at: at.toISOString(),
      parts: partsOf(Object.values(WORLD.subscriptions)),
      policy,
    }),
  };
  await stack.killApp();
  await stack.startApp({
    CANARY_CLIENT_ID: WORLD.app.canary.clientId,
    CANARY_URL: `${stack.tenant.origin('gateway')}/mcp/canary`,
    CANARY_RULE_ID: CANARY_RULE.id,
  });
  const canary = await run('runCanary', { canaryId: 'canary:recorded', policy });

  await stack.killApp();
  const store = new Store(stack.stateDir);
  if (!values.add) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await write('plan', takeRecording(store, `case-${oid}-1`, 'a case in mode plan'));
  const apply = takeRecording(store, `case-${oid}-2`, 'a case with queued revocations');
  await write('apply', apply);
  const title = 'a case in which every vendor asked to be called later once';
  await write('faults', takeRecording(store, `case-${oid}-3`, title));
  const undone = attemptIdOf(makeCaseId(oid as Oid, 2), 2);
  await write('undone', takeRecording(store, undone, 'a case of which two things are given back'));
  await write('sweep', takeRecording(store, sweepId, 'a sweep that opens a case'));
  const again = 'a case that is read again because GitHub was away';
  await write('read-again', takeRecording(store, attemptIdOf(away, 2), again));
  await write('pilot', takeRecording(store, pilotId, 'a pilot that asks every vendor'));
  await write('posture', takeRecording(store, others.posture, 'a run of the checklist'));
  await write('exposure', takeRecording(store, others.exposure, 'a reading of what would still work'));
  await write('canary', takeRecording(store, canary, 'a canary that calls the gateway'));
  store.close();
  for (const [index, [name, each]] of Object.entries(brokenPlays()).entries()) {
    await write(name, await play(apply, { ...each, caseId: `${oid}-${index + 4}` }));
  }
} catch (error) {
  const told = stack.logs.filter((line) => line.includes('"level":"error"')).slice(-20);
  process.stderr.write(`Nothing was recorded. What the app said last:\n${told.join('\n') || 'no error'}\n`);
  throw error;
} finally {
  await stack.stop();
}

async function filed(caseId: string): Promise<void> {
  const { state } = await followCase(stack, caseId);
  if (state !== 'filed') throw new Error(`the case ${caseId} ended as ${state}`);
}

/** Has the pilot ask everybody, and waits until its record is filed. */
async function pilot(): Promise<string> {
  const roles = ['Offboarding.Administer'];
  const body = JSON.stringify({ reason: 'What documents leave open' });
  await stack.api('/api/pilot', { method: 'POST', headers: { 'content-type': 'application/json' }, body }, roles);
  for (;;) {
    const answer = await stack.api('/api/pilot', {}, roles);
    const { pilotId, state } = (await answer.json()) as { pilotId: string; state: string };
    if (state === 'filed') return pilotId;
    if (state === 'failed') throw new Error(`the pilot ${pilotId} failed`);
    await delay(500);
  }
}

/** Runs an orchestration by itself, and tells its instance. */
async function run(name: string, input: object): Promise<string> {
  const id = `recorded-${name}`;
  const hub = `${stack.url()}/runtime/webhooks/durabletask`;
  const headers = { 'content-type': 'application/json' };
  await fetch(`${hub}/orchestrators/${name}/${id}`, { method: 'POST', headers, body: JSON.stringify(input) });
  for (;;) {
    const { runtimeStatus, output } = (await (await fetch(`${hub}/instances/${id}`)).json()) as {
      runtimeStatus: string;
      output: unknown;
    };
    if (runtimeStatus === 'Completed') return id;
    if (runtimeStatus === 'Failed') throw new Error(`${name} failed: ${JSON.stringify(output)}`);
    await delay(500);
  }
}

/** Lets the time come at which the case is read again. */
async function letBeReadAgain(caseId: CaseId): Promise<void> {
  Object.assign(process.env, stack.tenant.identityEnvironment);
  const { storage } = openVendors(loadConfig(stack.settings));
  await storage.updateCase(caseId, (row) => ({ ...row, readAgainAt: row.openedAt }));
  await doDueWork(stack);
  const now = await storage.getCase(caseId);
  if (now?.row.state !== 'running') throw new Error(`the case ${caseId} is ${now?.row.state}, and not read again`);
}

async function write(name: string, recording: Recording): Promise<void> {
  const file = join(folder, `${name}.jsonl`);
  if (values.add && existsSync(file)) return;
  // Where errors were thrown says which folder this one is, and is the same folder everywhere else.
  const text = recordingText(recording).replaceAll(join(import.meta.dirname, '..'), '/app');
  await writeFile(file, text);
  process.stdout.write(`${file}: ${text.length} bytes\n`);
}
