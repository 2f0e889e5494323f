import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { MachineReportSchema } from '../../src/machines/report.ts';
import { type NeverInTheWayWorld, quiet, startNeverInTheWay } from './never-in-the-way-world.ts';
import { planted, sha256 } from './support/planted.ts';

let receiver: NeverInTheWayWorld['receiver'];
let github: NeverInTheWayWorld['github'];
before(async () => {
  ({ receiver, github } = await startNeverInTheWay());
});
after(() => receiver.close());

test('what is no file, is endless, is huge or refused is told as it is, within 64 MB, and the rest is read', async () => {
  const machine = await github();
  const token = planted('github-classic');
  const at = (name: string): string => path.join(machine.home, name);
  mkdirSync(at('.docker'));
  symlinkSync(at('.docker/config.json'), at('.docker/config.json'));
  symlinkSync('/dev/zero', at('.npmrc'));
  execFileSync('mkfifo', [at('.netrc')]);
  mkdirSync(at('.gitconfig'));
  symlinkSync(at('.'), at('.ssh'));
  writeFileSync(at('.git-credentials'), `https://alex:${token.value}@github.com\n${'x'.repeat(50 * 1_024 * 1_024)}`);
  symlinkSync(machine.runner, path.join(machine.runner, '_work'));
  quiet(await machine.begin());
  const report = MachineReportSchema.parse(JSON.parse(await receiver.next()));
  const states = Object.fromEntries(report.places.map(({ path: file, state }) => [file, state]));
  assert.deepEqual(
    ['~/.docker/config.json', '~/.npmrc', '~/.netrc', '~/.gitconfig', '~/.git-credentials'].map((each) => states[each]),
    ['unreadable', 'unreadable', 'unreadable', 'unreadable', 'too-large'],
  );
  const [found] = report.tokens.filter(({ sha256: digest }) => digest === sha256(token.value));
  assert.deepEqual([found?.place, found?.name, found?.account], ['git', 'github.com', 'alex']);
  machine.remove();
});

test('a file that nobody can look through, and folders without end, cost nothing that others hold', async () => {
  const machine = await github();
  const [env, deep] = [planted('github-classic'), planted('anthropic-oauth')];
  machine.write(path.join(machine.runner, '.env'), `GH=${env.value}\n`);
  const args = `${'['.repeat(60_000)}"${deep.value}"${']'.repeat(60_000)}`;
  machine.write(
    path.join(machine.runner, '_work/a/a/.mcp.json'),
    `{"mcpServers":{"a":{"command":"x","args":${args}}}}`,
  );
  for (let at = 0; at < 100; at += 1) {
    const many = Array.from({ length: 200 }, () => `T=${planted('npm').value}`).join('\n');
    machine.write(path.join(machine.runner, `_work/a/r${at}/.env`), many);
  }
  quiet(await machine.begin());
  const report = MachineReportSchema.parse(JSON.parse(await receiver.next()));
  assert.ok(report.tokens.some(({ sha256: digest }) => digest === sha256(env.value)));
  // How far it comes in its time is the machine's affair: of each file that it read, every token is told or counted.
  const read = report.places.filter(({ path: file, state }) => /\/r\d+\/\.env$/.test(file) && state === 'read').length;
  assert.ok(read > 0);
  assert.ok(
    report.leftOut.tokens >= 200 * read - report.tokens.length,
    `${read} files, ${report.leftOut.tokens} left out`,
  );
  assert.equal(machine.logged(), '');
  machine.remove();
});

test('a job that sets its path to anything is told of all the same', async () => {
  const machine = await github();
  const bin = path.join(machine.home, 'bin');
  mkdirSync(bin);
  symlinkSync('/bin/sh', path.join(bin, 'sh'));
  quiet(await machine.begin({ PATH: bin }));
  MachineReportSchema.parse(JSON.parse(await receiver.next()));
  machine.remove();
});

test('a job that fills its environment with tokens does not push out what lies on the machine', async () => {
  const machine = await github();
  const left = planted('github-classic');
  machine.write(path.join(machine.runner, '.env'), `GH=${left.value}\n`);
  const many = Array.from({ length: 260 }, (_, at) => [`V${at}`, planted('npm').value]);
  quiet(await machine.begin(Object.fromEntries(many)));
  const report = MachineReportSchema.parse(JSON.parse(await receiver.next()));
  assert.ok(report.tokens.some(({ sha256: digest }) => digest === sha256(left.value)));
  assert.equal(report.leftOut.tokens, 160);
  machine.remove();
});

test('jobs whose names hold a part of a token are not taken for one another', async () => {
  const machine = await github();
  machine.write(path.join(machine.runner, '.env'), `GH=${planted('github-fine-grained').value}\n`);
  const jobs = new Set<string>();
  for (const GITHUB_RUN_ID of ['7', '8']) {
    quiet(await machine.begin({ GITHUB_RUN_ID, GITHUB_JOB: 'github_pages' }));
    jobs.add(MachineReportSchema.parse(JSON.parse(await receiver.next())).job);
  }
  assert.equal(jobs.size, 2);
  machine.remove();
});

test('a line of a shell that says more than what it assigns is named by that alone', async () => {
  const machine = await github();
  const lines = [
    `docker login -u bot -p Passw0rd-one registry && export GH_TOKEN=${planted('github-classic').value}`,
    `mysql -u root -pPassw0rd-two --comment=${planted('npm').value}`,
  ];
  machine.write(path.join(machine.home, '.bashrc'), lines.join('\n'));
  quiet(await machine.begin());
  const body = await receiver.next();
  assert.doesNotMatch(body, /Passw0rd/);
  assert.deepEqual(
    MachineReportSchema.parse(JSON.parse(body)).tokens.map(({ name }) => name),
    ['GH_TOKEN', '--comment'],
  );
  machine.remove();
});

test('files and folders that the account may not read are told as such', {
  skip: process.getuid?.() !== 0 && 'needs root to become nobody',
}, async () => {
  const machine = await github();
  machine.write(path.join(machine.home, '.npmrc'), 'registry=x\n');
  machine.write(path.join(machine.home, '.ssh/id'), 'x\n');
  for (const each of ['.npmrc', '.ssh']) chmodSync(path.join(machine.home, each), 0);
  for (const each of [path.dirname(machine.home), machine.home]) chmodSync(each, 0o755);
  quiet(await machine.begin({}, 65_534));
  const report = MachineReportSchema.parse(JSON.parse(await receiver.next()));
  const refused = report.places.filter(({ state }) => state === 'unreadable').map(({ path: file }) => file);
  assert.deepEqual(refused.filter((each) => each.startsWith('~')).sort(), ['~/.npmrc', '~/.ssh']);
  machine.remove();
});

test('an account without a home is one with fewer places', async () => {
  const machine = await github({ accountHome: 'none' });
  machine.write(path.join(machine.runner, '.env'), `GH=${planted('github-oauth').value}\n`);
  quiet(await machine.begin({ HOME: '/nowhere/at/all' }));
  const report = MachineReportSchema.parse(JSON.parse(await receiver.next()));
  assert.deepEqual(
    report.tokens.map(({ place, name }) => [place, name]),
    [['runner-environment', 'GH']],
  );
  machine.remove();
});

test('a variable, a file and a server that are named with a token, or a part of one, do not carry it away', async () => {
  const machine = await github();
  const tokens = [planted('github-classic'), planted('azure-devops'), planted('anthropic-oauth')];
  const [first = '', second = '', third = ''] = tokens.map(({ value }) => value);
  machine.write(path.join(machine.home, '.ssh', `key-${first}`), second);
  machine.write(path.join(machine.home, '.ssh', second.slice(20, 44)), 'x');
  machine.write(
    path.join(machine.home, '.cursor/mcp.json'),
    JSON.stringify({ mcpServers: { [third]: { command: 'npx', args: [third], env: { [`A_${first}`]: third } } } }),
  );
  quiet(await machine.begin({ [`NAME_${first}`]: 'x', PLAIN: first, GITHUB_JOB: second }));
  const body = await receiver.next();
  const report = MachineReportSchema.parse(JSON.parse(body));
  for (const { value } of tokens) {
    for (let at = 0; at + 8 <= value.length; at += 1) {
      const part = value.slice(at, at + 8);
      assert.ok(part === 'sk-ant-o' || !body.includes(part), `${at}: ${body}`);
    }
  }
  assert.deepEqual(report.servers[0]?.tokens.includes(sha256(third)), true);
  machine.remove();
});

test('what the vendor gives each job for itself is left out where it is that, and told where it is not', async () => {
  const machine = await github();
  const own = [planted('github-installation'), planted('jwt'), planted('jwt')].map(({ value }) => value);
  const personal = planted('github-classic');
  const [GITHUB_TOKEN, ACTIONS_RUNTIME_TOKEN, SYSTEM_ACCESSTOKEN] = own;
  quiet(await machine.begin({ GITHUB_TOKEN, ACTIONS_RUNTIME_TOKEN, SYSTEM_ACCESSTOKEN }));
  assert.deepEqual(MachineReportSchema.parse(JSON.parse(await receiver.next())).tokens, []);
  quiet(await machine.begin({ GITHUB_TOKEN: personal.value, OTHER: GITHUB_TOKEN }));
  const report = MachineReportSchema.parse(JSON.parse(await receiver.next()));
  assert.deepEqual(report.tokens.map(({ name, type }) => `${name} ${type}`).sort(), [
    'GITHUB_TOKEN github-classic',
    'OTHER github-installation',
  ]);
  machine.remove();
});

test('more tokens than a report holds: it stays within its bounds and says how many it left out', async () => {
  const machine = await github();
  const many = Array.from({ length: 260 }, () => planted('github-classic').value);
  machine.write(path.join(machine.runner, '.env'), many.map((each, at) => `V${at}=${each}`).join('\n'));
  quiet(await machine.begin());
  const report = MachineReportSchema.parse(JSON.parse(await receiver.next()));
  assert.deepEqual([report.tokens.length, report.leftOut.tokens], [200, 60]);
  machine.remove();
});
