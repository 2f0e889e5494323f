import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { Database } from '../../local/host/engine/storage/database.ts';
import { startHostProcess, statusOf } from './host-process.ts';
import { fixture, stateFolder } from './host-under-test.ts';

const state = stateFolder();
after(() => state.remove());
const folder = (name: string): string => path.join(state.path, name);
const MAIN = path.join(import.meta.dirname, '../../local/host/main.ts');

/** SQLite meets its own limit of pages as it meets the end of a disk: SQLITE_FULL, and the transaction rolled back. */
function limitTo(database: Database, pages: number): void {
  database.prepare(`PRAGMA max_page_count = ${pages}`).get();
}

test('on a full disk the reason is told with the folder and what to do, and everything before it is kept', () => {
  const database = new Database(folder('full'));
  const keep = (name: string, sequence: number): void => {
    database.prepare('INSERT INTO checkpoints (name, sequence) VALUES (?, ?)').run(name, sequence);
  };
  const kept = () => database.prepare('SELECT count(*) AS rows FROM checkpoints').get()?.rows;
  limitTo(database, 30);
  database.transaction(() => keep('before', 1));
  const full = {
    name: 'StateFolderError',
    message:
      `The disk that holds the local host's state in ${folder('full')} is full. What was kept before is intact. ` +
      'Free space there, or move the folder to a disk that has some, and start the host again.',
  };
  const large = 'x'.repeat(200_000);
  assert.throws(() => database.transaction(() => [keep('half', 1), keep(large, 1)]), full);
  assert.throws(() => keep(large, 1), full);
  assert.equal(kept(), 1);
  limitTo(database, 1_000);
  database.transaction(() => keep(large, 1));
  assert.equal(kept(), 2);
  database.close();
});

test('what is not the disk’s fault is told as it is, and nothing of the transaction is kept', () => {
  const database = new Database(folder('sound'));
  const keep = (): void => {
    database.prepare('INSERT INTO checkpoints (name, sequence) VALUES (?, ?)').run('same', 1);
  };
  assert.throws(() => database.transaction(() => [keep(), keep()]), { message: /UNIQUE constraint failed/ });
  database.transaction(keep);
  database.close();
});

/** The host as a process whose files the kernel does not let grow beyond so many blocks of 512 bytes. */
function spawnLimited(blocks: number, stateDir: string) {
  const command = [process.execPath, MAIN, '--app', fixture('crash'), '--state', stateDir];
  return spawn('sh', ['-c', `ulimit -f ${blocks}; exec "$@"`, 'sh', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LOCAL_HOST_LOG_LEVEL: 'error' },
  });
}

test('a host that cannot write its folder from the start ends and says so, without a stack', async () => {
  const child = spawnLimited(1, folder('never'));
  const [[code], said] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  assert.equal(code, 1);
  assert.match(said, /^The local host's state in .*never cannot be written .*start the host again\.$/m);
  assert.doesNotMatch(said, /^\s+at /m);
});

test('a host whose disk fills up says so, and the next one goes on with what was kept', async () => {
  const stateDir = folder('fills');
  const child = spawnLimited(400, stateDir);
  const ended = once(child, 'exit');
  const said = text(child.stderr);
  const [ready] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url } = JSON.parse(ready) as { url: string };
  const start = async (id: string, bytes: number): Promise<number> => {
    const body = JSON.stringify('x'.repeat(bytes));
    const path = `/runtime/webhooks/durabletask/orchestrators/nap/${id}`;
    return (await fetch(url + path, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).status;
  };
  assert.equal(await start('kept', 10), 202);
  assert.equal(await start('too-large', 400_000), 500);
  child.kill('SIGKILL');
  await ended;
  assert.match(await said, /POST .*too-large: The local host's state in .*fills cannot be written/);
  const next = await startHostProcess('crash', stateDir);
  assert.notEqual((await statusOf(next.url, 'kept')).runtimeStatus, undefined);
  assert.equal((await fetch(`${next.url}/runtime/webhooks/durabletask/instances/too-large`)).status, 404);
  await next.end('SIGTERM');
});
