import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { makeGraph } from '../../../local/tenant/entra/vendor.ts';
import type { MachineReport } from '../../../src/machines/report.ts';
import { noneOnWorkstations } from '../../../src/posture/checks/none-on-workstations.ts';
import { workstationServers } from '../../../src/posture/readings/servers/workstation-servers.ts';
import { keptMachine } from '../../support/apps/kept-machine.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { checked, told } from '../support/checked.ts';
import { withoutEach } from '../support/permissions-away.ts';
import { connects, device, entra, hashOf, SERVER, SITUATIONS, tables } from './situations/none-on-workstations.ts';

const app = await startApp({ vendors: (core) => [makeGraph(core, entra)], storage: true });
after(() => app.stop());

beforeEach(() => {
  for (const rows of Object.values(tables)) rows.length = 0;
  entra.devices.clear();
  Object.assign(entra.defender, { licensed: true, rowLimit: 100_000 });
  entra.switches.pageSize = 100;
  device('a');
});

const ON: Partial<typeof app.config> = { WORKSTATION_HUNTING: 'on', SHARED_HOSTS: ['northwind.example', '10.2.0.9'] };
const outcome = async (settings: object = {}): Promise<string> =>
  told(await checked(app, noneOnWorkstations, { ...ON, ...settings }));

for (const [situation, make, said, settings] of SITUATIONS) {
  test(`${situation}: ${said.slice(0, 40)}`, async () => {
    make();
    assert.equal(await outcome(settings), said);
  });
}

for (const text of [
  'uvx mcp-server-git',
  'python -m mcp_server_time',
  'node C:/npx/figma-developer-mcp/cli.js',
  'docker run -i mcp/github-mcp-server',
  'uvx mcp-atlassian',
  'NODE.EXE @ModelContextProtocol\\server-everything',
]) {
  test(`is a server: ${text}`, async () => {
    connects('a', text);
    assert.equal(await outcome(), `fail: reaches-shared-host ${hashOf(text)}`);
  });
}

test('what is filed has the device and the hash, and no word of the command line', async () => {
  connects('a', SERVER);
  const judged = await checked(app, noneOnWorkstations, ON);
  assert.deepEqual(
    [judged.failures[0]?.evidence.hash, judged.failures[0]?.evidence.resource],
    [hashOf(SERVER), 'devices/d-a'],
  );
  assert.doesNotMatch(JSON.stringify(judged), /s3cr3t|server-postgres/);
  assert.deepEqual(judged.shows.not_seen, [
    'what runs in WSL',
    'what runs in containers',
    'runners that do not report',
  ]);
});

test('where it is off, nobody is asked', async () => {
  const from = app.tenant.calls.length;
  await outcome({ WORKSTATION_HUNTING: 'off' });
  assert.deepEqual(app.tenant.calls.slice(from), []);
});

test('an answer that was cut, and one of which the first page alone came: what fails fails, the rest is unknown', async () => {
  for (const name of 'bc') device(name);
  for (const name of 'abc') connects(name, SERVER);
  entra.defender.rowLimit = 3;
  const { status, failures, gaps } = await checked(app, noneOnWorkstations, ON);
  assert.deepEqual([status, failures.length, gaps.map(({ reason }) => reason)], ['fail', 2, ['partial', 'partial']]);
  tables.DeviceNetworkEvents.length = 0;
  assert.equal(await outcome(), 'unknown: partial');
  entra.defender.rowLimit = 100_000;
  assert.equal(await outcome(), 'pass');
});

test('the device that does not report is on the second page', async () => {
  entra.switches.largestPage = 1;
  device('b', { reported: undefined });
  assert.equal(await outcome(), 'unknown: partial');
  entra.switches.largestPage = 999;
});

withoutEach(app, [workstationServers], async (permission) => {
  assert.equal(await outcome(), `unknown: denied ${permission}`);
});

test('throttled to the end: nobody can say', async () => {
  const headers = { 'content-type': 'application/json' };
  const body = '{"error":{"code":"TooManyRequests","message":"You have exceeded processing resources allocated."}}';
  const effect = { kind: 'answer', status: 429, headers, body } as const;
  const lift = app.tenant.faults.add({ vendor: 'graph', path: /runHuntingQuery/, effect });
  assert.equal(await outcome(), 'unknown: throttled');
  lift();
});

test('what a runner says of servers on it adds what fails, and lets nothing pass', async () => {
  const { storage } = app.context.vendors;
  const at = new Date();
  const { sayer, report } = keptMachine('github', at.toISOString());
  const server = (name: string, more: Partial<MachineReport['servers'][number]>) => ({
    ...{ client: 'claude-code' as const, path: '~/.claude.json', name, transport: 'stdio' as const },
    ...{ tokens: [], otherCredential: false, ...more },
  });
  const say = (job: string, servers: MachineReport['servers'], minutes: number) => {
    const taken = new Date(at.getTime() + minutes * 60_000);
    return storage.keepMachine(sayer, { ...report, job, takenAt: taken.toISOString(), servers }, taken);
  };
  await say('1', [server('files', {})], 0);
  assert.equal(await outcome(), 'pass');
  await say('2', [server('files', {}), server('crm', { otherCredential: true })], 1);
  const on = 'crm';
  assert.equal(await outcome(), `fail: personal-on-runner ${on}`);
  entra.defender.licensed = false;
  assert.equal(await outcome(), `fail: personal-on-runner ${on}`);
  await say('3', [server('crm', {})], 2);
  entra.defender.licensed = true;
  assert.equal(await outcome(), 'unknown: no-data', 'its own word that it is given nothing any more is no proof');
  await say('4', [], 3);
  assert.equal(await outcome(), 'unknown: no-data', 'nor is an empty report');
  await say('5', [], 31 * 24 * 60);
  assert.equal(await outcome(), 'pass', 'after thirty days without a word of it');
  entra.defender.licensed = false;
  assert.equal(await outcome(), 'unknown: unreadable', 'nothing told is no pass');
});
