import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { IN_BROWSER, startBrowser } from '../support/browser.ts';

const START = resolve(import.meta.dirname, '../../local/start.ts');
const home = mkdtempSync(join(tmpdir(), 'start-test-'));
const temp = mkdtempSync(join(home, 'tmp-'));
let started: ChildProcess;
let said = '';

before(async () => {
  started = spawn(process.execPath, [START, '--port', '0', '--play-port', '0'], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: temp },
  });
  const { stdout } = started;
  if (stdout === null) throw new Error('no output');
  for await (const chunk of stdout.iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    if (/^The log of the app is in/m.test(said)) return;
  }
  throw new Error(said);
});
after(() => {
  started.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

const line = (pattern: RegExp): string => pattern.exec(said)?.[1] ?? assert.fail(`${pattern} is not in: ${said}`);
const consoleOf = (as: string): string =>
  line(new RegExp(`^  ${as} .* (http://127\\.0\\.0\\.1:\\d+/console/\\S+)$`, 'm'));
/** The printed line of another terminal, and what follows it there. */
const inShell = (shell: string, command: string) =>
  spawnSync(shell, ['-c', `${line(/^ {2}(\. \S+)$/m)}\n${command}`], { encoding: 'utf8', cwd: home });

const STAFF = [
  ['operator', 'Imani Okafor'],
  ['approver', 'Sven Lindqvist'],
  ['administrator', 'Rosa Marchetti'],
  ['reader', 'Anneliese Oberhuber'],
  ['nobody', 'Tom Hale'],
] as const;

test('the first thing that is printed says that it starts', () => {
  assert.match(said, /^Starting a simulated firm, storage and the app on this machine/);
});

test('the links of the console and of the play page answer', async () => {
  for (const url of [...STAFF.map(([as]) => consoleOf(as)), line(/^ {2}(http:\S+\/)$/m)])
    assert.equal((await fetch(url)).status, 200, url);
});

test('each link of the console opens it signed in as whom it names', IN_BROWSER, async () => {
  const browser = await startBrowser();
  try {
    for (const [as, name] of STAFF) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(consoleOf(as));
      await page.locator('.me').getByText(name, { exact: true }).waitFor();
      assert.doesNotMatch(page.url(), /login_hint/, 'an address that is shared names nobody');
      await context.close();
    }
    // The same tab, with another link: the person changes.
    const page = await browser.newPage();
    for (const [as, name] of STAFF.slice(0, 2)) {
      await page.goto(consoleOf(as));
      await page.locator('.me').getByText(name, { exact: true }).waitFor();
      await page.reload();
      await page.locator('.me').getByText(name, { exact: true }).waitFor();
    }
  } finally {
    await browser.close();
  }
});

for (const shell of ['bash', 'zsh'])
  test(`the line for another terminal makes the CLI the operator’s, in ${shell}`, {
    skip: spawnSync(shell, ['-c', ':']).error !== undefined && `no ${shell} here`,
  }, () => {
    const { stdout, stderr } = inShell(shell, 'offboard whoami; as $APPROVER whoami; call "$API/me"');
    assert.equal(stderr, '');
    assert.match(stdout, new RegExp(`${WORLD.operator.oid}[^]*a9000000-[^]*${WORLD.operator.oid}`));
  });

test('another start names the ports that are taken, both at once, and how to name others', () => {
  const [app, play] = [new URL(consoleOf('operator')).port, new URL(line(/^ {2}(http:\S+\/)$/m)).port];
  const another = spawnSync(process.execPath, [START, '--port', app, '--play-port', play], {
    encoding: 'utf8',
    cwd: home,
  });
  assert.equal(another.status, 1);
  assert.match(another.stderr, new RegExp(`^Ports ${app} and ${play} are taken.* --port N --play-port N`));
});

test('the process of storage that is named is the one of this run', () => {
  const { stdout } = inShell('bash', 'ps -o ppid=,args= -p $STORAGE_PID');
  assert.match(stdout, new RegExp(`^ *${started.pid} .*azurite\\.js`));
});

test('all that the app does by the clock, done at once, opens no case and begins no sweep', async () => {
  const app = new URL(consoleOf('operator')).origin;
  const functions = (await (await fetch(`${app}/admin/functions`)).json()) as {
    readonly name: string;
    readonly trigger: { readonly type: string };
  }[];
  const timers = functions.filter(({ trigger }) => trigger.type === 'timerTrigger').map(({ name }) => name);
  assert.ok(timers.includes('dueWork') && !timers.includes('sweepTimer'), timers.join());
  for (const name of timers) {
    const ran = await fetch(`${app}/admin/functions/${name}?wait=true`, { method: 'POST', body: '{}' });
    assert.equal(ran.status, 200, name);
  }
  const { stdout } = inShell('bash', 'call "$API/cases"; call "$API/sweeps"');
  const [cases, sweeps] = stdout
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as Record<string, unknown>);
  assert.deepEqual(cases?.cases, []);
  assert.deepEqual([sweeps?.running, sweeps?.filed], [[], []]);
});

test('the app’s log is in the file that is named, and Ctrl+C leaves nothing in the system’s folder', async () => {
  assert.match(readFileSync(join(home, line(/^The log of the app is in (\S+) /m)), 'utf8'), /"level":"information"/);
  const file = line(/^ {2}\. (\S+)$/m);
  assert.ok(existsSync(file));
  const exit = once(started, 'exit');
  started.kill('SIGINT');
  assert.deepEqual(await exit, [130, null]);
  assert.deepEqual(
    readdirSync(temp).filter((name) => name.startsWith('mcp-offboarding-')),
    [],
  );
  assert.ok(!existsSync(file), 'nor the tokens');
});
