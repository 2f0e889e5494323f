import assert from 'node:assert/strict';
import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type MachineReport, MachineReportSchema } from '../../src/machines/report.ts';
import { makeMachine } from './support/machine.ts';
import { planted, sha256 } from './support/planted.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';

let receiver: Receiver;
before(async () => {
  receiver = await startReceiver();
});
after(() => receiver.close());

const told = async (): Promise<MachineReport> => MachineReportSchema.parse(JSON.parse(await receiver.next()));
const found = ({ tokens }: MachineReport): (string | undefined)[][] =>
  tokens.map(({ path: file, account, sha256: digest }) => [file, account, digest]);

test('a job with a home of its own hides nothing: both are looked at, the account’s first, and told apart', async () => {
  const machine = await makeMachine({ vendor: 'github', receiver, accountHome: 'another' });
  const [left, own] = [planted('anthropic-oauth').value, planted('anthropic-oauth').value];
  const credentials = (token: string): string => JSON.stringify({ claudeAiOauth: { accessToken: token } });
  machine.write(path.join(machine.account, '.claude/.credentials.json'), credentials(left));
  machine.write(path.join(machine.home, '.claude/.credentials.json'), credentials(own));
  machine.write(path.join(machine.home, '.claude.json'), '{"oauthAccount":{"emailAddress":"ana@northwind.example"}}');
  await machine.begin();
  assert.deepEqual(found(await told()), [
    ['~/.claude/.credentials.json', undefined, sha256(left)],
    [path.join(machine.home, '.claude/.credentials.json'), 'ana@northwind.example', sha256(own)],
  ]);
  machine.remove();
});

test('a job that points its tools elsewhere does not hide where they keep things else', async () => {
  const machine = await makeMachine({ vendor: 'github', receiver });
  const [left, own] = [planted('github-oauth').value, planted('github-oauth').value];
  machine.write(path.join(machine.account, '.config/gh/hosts.yml'), `github.com:\n    oauth_token: ${left}\n`);
  machine.write(path.join(machine.home, 'elsewhere/hosts.yml'), `github.com:\n    oauth_token: ${own}\n`);
  await machine.begin({ GH_CONFIG_DIR: path.join(machine.home, 'elsewhere'), XDG_CONFIG_HOME: '/nowhere' });
  assert.deepEqual(found(await told()), [
    ['~/.config/gh/hosts.yml', undefined, sha256(left)],
    ['~/elsewhere/hosts.yml', undefined, sha256(own)],
  ]);
  machine.remove();
});

test('a home that leads to that of the account is looked at once', async () => {
  const machine = await makeMachine({ vendor: 'github', receiver, accountHome: 'another' });
  rmSync(machine.home, { recursive: true });
  symlinkSync(machine.account, machine.home);
  const left = planted('npm').value;
  machine.write(path.join(machine.account, '.npmrc'), `//registry.npmjs.org/:_authToken=${left}\n`);
  await machine.begin();
  const report = await told();
  assert.deepEqual(found(report), [['~/.npmrc', undefined, sha256(left)]]);
  assert.equal(report.places.filter(({ path: file }) => file.endsWith('.npmrc')).length, 1);
  machine.remove();
});

test('a job that fills its home with files does not keep that of the account from being read', async () => {
  const machine = await makeMachine({ vendor: 'github', receiver, accountHome: 'another' });
  for (let at = 0; at < 300; at += 1) machine.write(path.join(machine.home, `.ssh/k${at}`), 'x');
  const left = planted('github-classic').value;
  machine.write(path.join(machine.account, '.codex/auth.json'), JSON.stringify({ key: left }));
  await machine.begin({ KUBECONFIG: '/etc/passwd:'.repeat(400) });
  assert.deepEqual(found(await told()), [['~/.codex/auth.json', undefined, sha256(left)]]);
  machine.remove();
});

test('an account that the system does not know, with a home of the job’s alone, is one whose home that is', {
  skip: process.getuid?.() !== 0 && 'needs root to become an account without an entry',
}, async () => {
  const machine = await makeMachine({ vendor: 'github', receiver, accountHome: 'none' });
  const left = planted('github-classic').value;
  machine.write(path.join(machine.home, '.netrc'), `machine github.com login alex password ${left}\n`);
  for (const each of [path.dirname(machine.home), machine.home]) chmodSync(each, 0o755);
  await machine.begin({}, 54_321);
  const report = await told();
  assert.deepEqual(found(report), [['~/.netrc', 'alex', sha256(left)]]);
  assert.equal(report.machine.user, 'unknown');
  machine.remove();
});
