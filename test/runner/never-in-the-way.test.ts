import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { MachineReportSchema } from '../../src/machines/report.ts';
import { type NeverInTheWayWorld, quiet, startNeverInTheWay } from './never-in-the-way-world.ts';
import { planted } from './support/planted.ts';
import type { Conduct } from './support/receiver.ts';

let receiver: NeverInTheWayWorld['receiver'];
let github: NeverInTheWayWorld['github'];
before(async () => {
  ({ receiver, github } = await startNeverInTheWay());
});
after(() => rmSync(pipes, { recursive: true }));
after(() => receiver.close());

/** Far above what the hook allows itself, for a machine on which much else runs. */
const GENEROUS_MS = 15_000;

const pipes = mkdtempSync(path.join(tmpdir(), 'pipes-'));
execFileSync('mkfifo', [path.join(pipes, 'pipe')]);

const REFUSALS: readonly { readonly conduct: Conduct; readonly logs: RegExp }[] = [
  { conduct: 'hangs', logs: /report dropped: no answer in time\n$/ },
  { conduct: 'fails', logs: /report dropped: (?:no answer in time|the app answered 500)\n$/ },
  { conduct: 'resets', logs: /report dropped: (?:no answer in time|not reached \(ECONNRESET\))\n$/ },
  { conduct: 'redirects', logs: /report dropped: the app answered 307\n$/ },
];

for (const { conduct, logs } of REFUSALS) {
  test(`an app that ${conduct}: the job goes on, and one line without a value says why`, async () => {
    receiver.conduct.now = conduct;
    receiver.requests.length = 0;
    const machine = await github({ settings: { sendSeconds: 0.5 } });
    const token = planted('github-classic');
    const outcome = await machine.begin({ TOKEN: token.value });
    quiet(outcome);
    assert.ok(outcome.ms < GENEROUS_MS, `${outcome.ms} ms`);
    assert.match(await machine.lineLogged(), logs);
    assert.equal(machine.logged().includes(token.value.slice(4, 12)), false);
    assert.equal(
      receiver.requests.some((each) => each.includes('/elsewhere')),
      false,
    );
    receiver.conduct.now = 'takes';
    machine.remove();
  });
}

for (const [what, url] of [
  ['nobody listens', 'https://localhost:1'],
  ['no such name exists', 'https://nobody.invalid'],
] as const) {
  test(`${what} at the app’s address: the job goes on, and one line says why`, async () => {
    const machine = await github({ settings: { sendSeconds: 0.5, url } });
    quiet(await machine.begin());
    assert.match(await machine.lineLogged(), /report dropped: (?:no answer in time|not reached \(E\w+\))\n$/);
    machine.remove();
  });
}

for (const [what, settings, line] of [
  ['no address', { url: undefined }, /MCP_INVENTORY_URL is not set/],
  ['an address without TLS', { url: 'http://localhost:1' }, /MCP_INVENTORY_URL is no https address/],
  ['a way to sign in that is none', { as: 'password' }, /MCP_INVENTORY_AS is neither/],
] as const) {
  test(`${what} in the settings: nothing is sent, and one line says why`, async () => {
    receiver.requests.length = 0;
    const machine = await github({ settings });
    quiet(await machine.begin());
    assert.match(machine.logged(), line);
    assert.deepEqual(receiver.requests, []);
    machine.remove();
  });
}

test('a job cannot have the report, or a token of the machine, sent elsewhere by its own environment', async () => {
  const machine = await github();
  quiet(await machine.begin({ MCP_INVENTORY_URL: 'https://localhost:1', MCP_INVENTORY_AUDIENCE: 'other' }));
  MachineReportSchema.parse(JSON.parse(await receiver.next()));
  assert.ok(receiver.requests.some((each) => each.includes('audience=mcp-offboarding-machines')));
  machine.remove();
});

test('a runner without its Node, or a folder that is no runner: nothing happens', async () => {
  const machine = await github({ node: { folder: 'node16', file: process.execPath, skip: false } });
  quiet(await machine.begin());
  assert.equal(machine.logged(), '');
  machine.remove();
});

test('an inventory that does nothing any more is ended by its hook, and the job goes on', async () => {
  const stuck = path.join(mkdtempSync(path.join(tmpdir(), 'stuck-')), 'node');
  writeFileSync(stuck, '#!/bin/sh\nexec sleep 600\n');
  chmodSync(stuck, 0o755);
  const machine = await github({ node: { folder: 'node20', file: stuck, skip: false } });
  const outcome = await machine.begin();
  quiet(outcome);
  assert.ok(outcome.ms < GENEROUS_MS, `${outcome.ms} ms`);
  machine.remove();
  rmSync(path.dirname(stuck), { recursive: true });
});

/** A tracer that never looks: of what is killed its parent hears nothing, as of a process that waits for a dead network drive. */
const TRACER = `import ctypes, os, sys, time
seized = ctypes.CDLL(None).ptrace(0x4206, int(sys.argv[1]), None, None) == 0
open(sys.argv[2], 'w').write(str(os.getpid()) if seized else '')
time.sleep(20)
`;

test('an inventory that cannot even be killed, as on a dead network drive, does not hold the job up', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'unkillable-'));
  const [stuck, tracer, seized] = ['node', 'tracer.py', 'seized'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(tracer, TRACER);
  writeFileSync(
    stuck,
    `#!/bin/sh\nprintf %s "$$" >'${folder}/pid'\npython3 '${tracer}' "$$" '${seized}' &\nexec sleep 600\n`,
  );
  chmodSync(stuck, 0o755);
  const machine = await github({ node: { folder: 'node20', file: stuck, skip: false } });
  const outcome = await machine.begin();
  const by = existsSync(seized) ? readFileSync(seized, 'utf8') : '';
  if (by === '') t.skip('no Python, or nothing may be traced here');
  else {
    quiet(outcome);
    // It was ended, and is still there.
    process.kill(Number(readFileSync(path.join(folder, 'pid'), 'utf8')), 0);
    process.kill(Number(by));
  }
  machine.remove();
  rmSync(folder, { recursive: true });
});

test('pipes in the place of the log and of the authority hold nobody up', async () => {
  for (const settings of [{}, { authorities: path.join(pipes, 'pipe') }]) {
    const machine = await github({ settings });
    execFileSync('mkfifo', [path.join(machine.runner, '_diag/mcp-inventory.log')]);
    const outcome = await machine.begin({
      NODE_EXTRA_CA_CERTS: path.join(pipes, 'pipe'),
      ACTIONS_ID_TOKEN_REQUEST_URL: undefined,
    });
    quiet(outcome);
    assert.ok(outcome.ms < GENEROUS_MS, `${outcome.ms} ms`);
    machine.remove();
  }
});
