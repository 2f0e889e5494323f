import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { assemble } from '../../runner/assemble.ts';
import { collect } from '../../runner/collect.ts';
import { fromHome, homeOf, rootsOf } from '../../runner/look/bases.ts';
import type { Disk } from '../../runner/look/disk.ts';
import { unitFiles } from '../../runner/look/unit-files.ts';
import { whoIs } from '../../runner/who.ts';
import { MachineReportSchema } from '../../src/machines/report.ts';
import { planted, sha256 } from './support/planted.ts';

/** A disk in memory, of whichever system. */
function diskOf(files: Readonly<Record<string, string>>, { dirname, basename }: path.PlatformPath): Disk {
  const folders = new Map<string, Map<string, boolean>>();
  for (const file of Object.keys(files)) {
    for (let at = file, isFolder = false; dirname(at) !== at; at = dirname(at), isFolder = true) {
      const names = folders.get(dirname(at)) ?? new Map<string, boolean>();
      folders.set(dirname(at), names.set(basename(at), isFolder));
    }
  }
  return {
    read: (file, most) => {
      const text = files[file];
      if (text === undefined) return folders.has(file) ? { state: 'unreadable' } : { state: 'absent' };
      const bytes = Buffer.from(text);
      return { state: bytes.length > most ? 'too-large' : 'read', bytes: bytes.subarray(0, most) };
    },
    list: (folder) => [...(folders.get(folder) ?? [])].map(([name, isFolder]) => ({ name, isFolder })),
    real: (folder) => folder,
  };
}

const LIMITS = { bytesOfAFile: 262_144, bytes: 8_388_608, files: 280, tokens: 2_000, hasTime: () => true };
const MACHINE = { host: 'DESK', user: 'AlexMoreau', takenAt: '2026-11-02T10:00:00Z', tookMs: 5, version: '1' };

function reportOf(
  os: 'windows' | 'macos',
  accountHome: string,
  runner: string,
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
) {
  const ways = os === 'windows' ? path.win32 : path.posix;
  const disk = diskOf(files, ways);
  const who = whoIs(runner, env, disk, ways, () => 'chance');
  assert.ok(who);
  const around = { os, env, accountHome, runner, workFolder: who.workFolder, path: ways };
  const where = { os, roots: rootsOf(around), env, path: ways };
  const collected = collect(where, unitFiles(runner, os, homeOf(around), disk, ways), disk, LIMITS);
  return MachineReportSchema.parse(
    assemble(collected, { ...MACHINE, who, os, fromHome: (file) => fromHome(file, around) }),
  );
}

test('on Windows the tools keep things elsewhere; what the system encrypts is told as read, without tokens', () => {
  const home = 'C:\\Users\\AlexMoreau';
  const agent = 'D:\\agents\\a1';
  const token = () => planted('github-classic').value;
  const env = {
    APPDATA: `${home}\\AppData\\Roaming`,
    LOCALAPPDATA: `${home}\\AppData\\Local`,
    ProgramData: 'C:\\ProgramData',
  };
  const held: Readonly<Record<string, [place: string, token: string]>> = {
    [`${home}\\AppData\\Roaming\\GitHub CLI\\hosts.yml`]: ['github-cli', token()],
    [`${home}\\AppData\\Roaming\\Claude\\claude_desktop_config.json`]: ['mcp-client', token()],
    [`${home}\\AppData\\Roaming\\Code\\User\\mcp.json`]: ['mcp-client', token()],
    [`${home}\\AppData\\Roaming\\terraform.d\\credentials.tfrc.json`]: ['cloud', token()],
    [`${home}\\AppData\\Roaming\\gcloud\\application_default_credentials.json`]: ['cloud', token()],
    [`${home}\\.claude\\.credentials.json`]: ['claude-code', token()],
    [`${home}\\.ssh\\id_ed25519`]: ['ssh', token()],
    [`${home}\\_netrc`]: ['git', token()],
    [`${agent}\\_work\\1\\s\\.git\\config`]: ['runner-work', token()],
    [`${agent}\\_work\\_temp\\git-credentials-1.config`]: ['runner-work', token()],
    [`${agent}\\.env`]: ['runner-environment', token()],
  };
  const sealed = `${home}\\.azure\\msal_token_cache.bin`;
  const files = {
    ...Object.fromEntries(Object.entries(held).map(([file, [, value]]) => [file, `KEY=${value}\r\n`])),
    [sealed]: 'encrypted',
    [`${home}\\.azure\\azureProfile.json`]: '\uFEFF{"subscriptions":[{"user":{"name":"alex"}}]}',
    [`${agent}\\.agent`]:
      '\uFEFF{"agentId":31,"agentName":"DESK","serverUrl":"https://dev.azure.com/northwind/","workFolder":"_work"}',
  };
  const report = reportOf('windows', home, agent, files, env);
  const { name, number, registeredAt, os } = report.machine;
  assert.deepEqual([name, number, registeredAt, os], ['DESK', 31, 'https://dev.azure.com/northwind', 'windows']);
  assert.deepEqual(
    report.tokens.map(({ place, path: file, sha256: digest }) => `${place} ${file} ${digest}`).sort(),
    Object.entries(held)
      .map(([file, [place, value]]) => `${place} ${file.replace(home, '~')} ${sha256(value)}`)
      .sort(),
  );
  const told = report.places.find(({ path: file }) => file === '~\\.azure\\msal_token_cache.bin');
  assert.equal(told?.state, 'read');
});

test('on macOS the desktop clients keep theirs in Application Support, and the service is a property list', () => {
  const home = '/Users/alex';
  const runner = '/Users/alex/actions-runner';
  const [desktop, unit] = [planted('anthropic-oauth').value, planted('github-oauth').value];
  const files = {
    [`${runner}/.runner`]:
      '{"agentId":3,"agentName":"mac","gitHubUrl":"https://github.com/northwind","ephemeral":true}',
    [`${runner}/.service`]: `${home}/Library/LaunchAgents/actions.runner.northwind.mac.plist\n`,
    [`${home}/Library/LaunchAgents/actions.runner.northwind.mac.plist`]: `<key>GH_TOKEN</key><string>${unit}</string>`,
    [`${home}/Library/Application Support/Claude/claude_desktop_config.json`]: `{"mcpServers":{"a":{"command":"x","env":{"K":"${desktop}"}}}}`,
  };
  const report = reportOf('macos', home, runner, files, {});
  assert.deepEqual(
    report.tokens.map(({ place, sha256: digest }) => [place, digest]),
    [
      ['runner-environment', sha256(unit)],
      ['mcp-client', sha256(desktop)],
    ],
  );
  assert.deepEqual([report.machine.ephemeral, report.servers[0]?.client], [true, 'claude-desktop']);
});

test('when time runs out, what was not looked at is said to be left out', () => {
  const home = '/home/alex';
  const files = { [`${home}/.gitconfig`]: 'x', [`${home}/.npmrc`]: 'x' };
  const around = { os: 'linux', env: {}, accountHome: home, runner: '/opt/runner', workFolder: '_work' } as const;
  const where = { os: around.os, roots: rootsOf({ ...around, path: path.posix }), env: {}, path: path.posix };
  const { places } = collect(where, [], diskOf(files, path.posix), { ...LIMITS, hasTime: () => false });
  assert.deepEqual(
    places.map(({ state }) => state),
    ['left-out'],
  );
});

test('on Windows a job’s own profile is looked at beside that of the account, with its whole path', () => {
  const account = 'C:\\Users\\runner';
  const job = 'D:\\work\\_temp\\home';
  const [left, own] = [planted('github-classic').value, planted('github-classic').value];
  const agent = 'D:\\agents\\a1';
  const files = {
    [`${agent}\\.agent`]: '{"agentName":"DESK","serverUrl":"https://dev.azure.com/northwind/"}',
    [`${account}\\AppData\\Roaming\\GitHub CLI\\hosts.yml`]: `oauth_token: ${left}`,
    [`${job}\\_netrc`]: `password ${own}`,
  };
  const env = { USERPROFILE: job, APPDATA: `${job}\\AppData\\Roaming` };
  assert.deepEqual(
    reportOf('windows', account, agent, files, env).tokens.map(({ path: file, sha256: digest }) => [file, digest]),
    [
      ['~\\AppData\\Roaming\\GitHub CLI\\hosts.yml', sha256(left)],
      [`${job}\\_netrc`, sha256(own)],
    ],
  );
});

test('the unit of an agent’s service is found by the name that systemd escapes, and of no other folder', () => {
  const unit = 'vsts.agent.northwind.Default.laptop\\x2damoreau.service';
  const filesOf = (noted: string) =>
    unitFiles(
      '/opt/agent',
      'linux',
      undefined,
      diskOf({ '/opt/agent/.service': `${noted}\n` }, path.posix),
      path.posix,
    );
  assert.deepEqual(
    filesOf(unit).map(({ path: file }) => file),
    [`/etc/systemd/system/${unit}`],
  );
  for (const noted of ['..', '../../home/alex/x', 'two words', '']) assert.deepEqual(filesOf(noted), []);
});
