import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { filteredLogger } from '../../local/host/log.ts';
import { startHost } from '../../local/host/start-host.ts';
import type { Envelope } from '../../src/durable/failure.ts';
import { startApp } from '../support/apps/start-app.ts';
import { world } from './fixtures/storage/world.ts';

// Short enough for a test; what is tested is their order: a call of storage, then an activity, then the host.
const app = await startApp({
  vendors: () => [],
  storage: true,
  settings: { STORAGE_TIMEOUT_SECONDS: '2', ACTIVITY_TIMEOUT_SECONDS: '4' },
});
Object.assign(process.env, app.settings, { TASK_HUB_NAME: 'storage', LOCAL_TIMERS: 'by-hand' });
const stateDir = await mkdtemp(path.join(tmpdir(), 'frozen-'));
app.freezeStorage?.();
const logged: { readonly category: string; readonly message: string }[] = [];
const host = await startHost({
  app: path.join(import.meta.dirname, 'fixtures/storage/app.ts'),
  stateDir,
  log: filteredLogger('information', (entry) => logged.push(entry)),
});
after(async () => {
  app.thawStorage?.();
  await host.stop();
  await app.stop();
  await rm(stateDir, { recursive: true, force: true });
});

const dueWork = async (): Promise<string> => {
  const from = logged.length;
  await fetch(`${host.url}/admin/functions/dueWork?wait=true`, { method: 'POST' });
  return logged
    .slice(from)
    .map(({ message }) => message)
    .join('\n');
};

async function sideBySide(id: string): Promise<readonly (string | undefined)[]> {
  host.engine.start({ name: 'sideBySide', instanceId: id, input: 'null' });
  await host.idle();
  const ends = JSON.parse(host.engine.instance(id)?.output ?? '[]') as Envelope<string>[];
  return ends.map((end) => (end.ok ? end.value : end.error.code));
}

test('storage that takes connections and answers nothing keeps the app from nothing, and harms no neighbour', async () => {
  // The app has started with it; what hangs is given up long before the host would end the worker.
  const ends = sideBySide('frozen');
  assert.match(await dueWork(), /due work failed and comes again .*storage-unavailable|due work failed.*make storage/);
  world.letNeighbourEnd.resolve();
  assert.deepEqual(await ends, ['storage-unavailable', 'storage-unavailable', 'deadline-passed', 'unharmed']);
  assert.ok(!logged.some(({ category }) => category === 'Host.FunctionTimeout'));
});

test('once storage is back, everything goes on by itself, and what was not made is made', async () => {
  app.thawStorage?.();
  // Storage that comes back answers slowly at first: what finds it so comes again, as the timer would bring it.
  const rounds = [await dueWork()];
  while (rounds.length < 10 && !/"done":\{"make storage":1\}/.test(rounds.at(-1) ?? '')) rounds.push(await dueWork());
  assert.match(rounds.at(-1) ?? '', /"done":\{"make storage":1\}/);
  assert.deepEqual(await sideBySide('thawed'), ['read', 'read', 'deadline-passed', 'unharmed']);
});
