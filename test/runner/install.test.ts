import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { parse } from 'yaml';
import { findOnPath } from '../support/machine/find-on-path.ts';

const SOURCES = path.resolve(import.meta.dirname, '../../runner');
const root = mkdtempSync(path.join(tmpdir(), 'install-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** What a release has, and the folder of a runner whose `.env` has these lines. */
function makeRunner(name: string, lines?: string) {
  const release = path.join(root, 'release');
  mkdirSync(release, { recursive: true });
  for (const file of ['hook.sh', 'install.sh']) copyFileSync(path.join(SOURCES, file), path.join(release, file));
  writeFileSync(path.join(release, 'mcp-inventory.cjs'), '');
  const runner = path.join(root, name);
  mkdirSync(path.join(runner, 'externals'), { recursive: true });
  const env = path.join(runner, '.env');
  if (lines !== undefined) writeFileSync(env, lines);
  return {
    runner,
    env: () => (existsSync(env) ? readFileSync(env, 'utf8') : undefined),
    hook: `ACTIONS_RUNNER_HOOK_JOB_STARTED=${runner}/mcp-inventory/hook.sh`,
    install: (...args: readonly string[]) =>
      spawnSync('sh', [path.join(release, 'install.sh'), '--runner', runner, ...args], { encoding: 'utf8' }),
  };
}

const TO = ['--url', 'https://offboarding.example', '--as', 'github-oidc'];
const AS_IDENTITY = ['--url', 'https://offboarding.example', '--audience', 'api://3c9d1f7a'];
const LINES = 'LANG=C.UTF-8\nhttps_proxy=http://proxy';

test('installing adds one line to .env, twice as well as once', () => {
  const { runner, env, hook, install } = makeRunner('plain', LINES);
  for (const says of [/^Installed\./, /^Updated\./]) {
    const { status, stdout } = install(...TO);
    assert.equal(status, 0);
    assert.match(stdout, says);
    assert.equal(env(), `${LINES}\n${hook}\n`);
  }
  const held = path.join(runner, 'mcp-inventory');
  assert.deepEqual(readdirSync(held).sort(), ['hook.sh', 'mcp-inventory.cjs', 'mcp-inventory.json']);
  assert.deepEqual(JSON.parse(readFileSync(path.join(held, 'mcp-inventory.json'), 'utf8')), {
    url: 'https://offboarding.example',
    as: 'github-oidc',
  });
});

test('removing takes the line away at once, and the hook when no runner looks for it any more', () => {
  const { runner, env, hook, install } = makeRunner('removed', LINES);
  install(...TO);
  mkdirSync(path.join(runner, '_diag'));
  writeFileSync(path.join(runner, '_diag/mcp-inventory.log'), 'x\n');
  const first = install('--remove');
  assert.equal(first.status, 0);
  assert.match(first.stdout, /Start the runner again, then run the same command once more/);
  assert.equal(env(), `${LINES}\n`);
  // As a runner starts it that was not started again: in a shell that ends at the first failure.
  assert.equal(spawnSync('bash', ['-e', hook.split('=')[1] ?? '']).status, 0);
  assert.deepEqual(readdirSync(path.join(runner, 'mcp-inventory')), ['hook.sh']);
  for (const _ of [1, 2]) assert.equal(install('--remove').status, 0);
  assert.equal(env(), `${LINES}\n`);
  assert.equal(existsSync(path.join(runner, 'mcp-inventory')), false);
  assert.equal(existsSync(path.join(runner, '_diag/mcp-inventory.log')), false);
});

test('a runner without .env gets one that its account can read, whoever installs', () => {
  const { runner, env, hook, install } = makeRunner('new');
  assert.equal(install(...TO).status, 0);
  assert.equal(env(), `${hook}\n`);
  assert.equal(statSync(path.join(runner, '.env')).mode & 0o777, 0o644);
});

test('a path with a space is refused for a runner, which could not start the hook, and good for an agent', () => {
  const refused = makeRunner('my runner', LINES);
  const { status, stderr } = refused.install(...TO);
  assert.equal(status, 1);
  assert.match(stderr, /each job would fail/);
  assert.equal(refused.env(), LINES);
  assert.equal(existsSync(path.join(refused.runner, 'mcp-inventory')), false);
  const agent = makeRunner('my agent');
  writeFileSync(path.join(agent.runner, '.agent'), '{}');
  assert.match(agent.install(...TO).stderr, /no token of GitHub: say --as managed-identity/);
  assert.equal(agent.install(...AS_IDENTITY).status, 0);
  assert.equal(spawnSync('sh', [path.join(agent.runner, 'mcp-inventory/hook.sh')]).status, 0);
  assert.equal(agent.install('--remove').status, 0);
  assert.equal(existsSync(path.join(agent.runner, 'mcp-inventory')), false);
});

test('what a firm’s network needs goes into the settings', () => {
  const { runner, install } = makeRunner('network');
  const authorities = path.join(root, 'ca.pem');
  writeFileSync(authorities, '');
  assert.equal(install(...TO, '--authorities', authorities, '--proxy', 'http://proxy.example:3128').status, 0);
  const settings: unknown = JSON.parse(readFileSync(path.join(runner, 'mcp-inventory/mcp-inventory.json'), 'utf8'));
  assert.deepEqual(settings, {
    ...{ url: 'https://offboarding.example', as: 'github-oidc' },
    ...{ authorities, proxy: 'http://proxy.example:3128' },
  });
});

test('another hook is left as it is, and the operator is told the line that has it run both', () => {
  const { runner, env, install } = makeRunner('hooked', 'ACTIONS_RUNNER_HOOK_JOB_STARTED=/opt/clean.sh\n');
  const { status, stderr } = install(...TO);
  assert.equal(status, 1);
  assert.match(stderr, /another hook already: \/opt\/clean\.sh/);
  assert.ok(stderr.includes(`[ ! -f '${runner}/mcp-inventory/hook.sh' ] || sh '${runner}/mcp-inventory/hook.sh'`));
  assert.equal(env(), 'ACTIONS_RUNNER_HOOK_JOB_STARTED=/opt/clean.sh\n');
});

test('an agent of Azure Pipelines has no hook: the files are put there, and .env stays', () => {
  const { runner, env, install } = makeRunner('agent');
  writeFileSync(path.join(runner, '.agent'), '{}');
  const { status, stdout } = install(...AS_IDENTITY, '--client-id', '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35');
  assert.equal(status, 0);
  assert.match(stdout, /azure-pipelines/);
  assert.equal(env(), undefined);
  assert.ok(existsSync(path.join(runner, 'mcp-inventory/hook.sh')));
});

for (const [what, args, says] of [
  ['no address', [], /--url/],
  ['an identity without whom it asks for', ['--url', 'https://a.example'], /--audience/],
  ['authorities that are not there', [...TO, '--authorities', '/nowhere.pem'], /not there/],
  ['a proxy that is none', [...TO, '--proxy', 'proxy:3128'], /http:\/\/host:port/],
  ['an address without TLS', ['--url', 'http://offboarding.example'], /https/],
  [
    'an address that would break the settings',
    ['--url', 'https://a", "as": "x', '--as', 'github-oidc'],
    /holds what no address/,
  ],
  [
    'a way to sign in that is none',
    ['--url', 'https://a.example', '--as', 'password'],
    /managed-identity or github-oidc/,
  ],
  ['an option that is none', ['--uninstall'], /--uninstall is unknown/],
] as const) {
  test(`${what} is refused with what to say instead, and nothing is written`, () => {
    const { runner, install } = makeRunner('refused');
    const { status, stderr } = install(...args);
    assert.equal(status, 1);
    assert.match(stderr, says);
    assert.equal(existsSync(path.join(runner, 'mcp-inventory')), false);
  });
}

test('the templates of Azure Pipelines are YAML whose steps cannot fail a job', () => {
  const read = (name: string): unknown => parse(readFileSync(path.join(SOURCES, 'azure-pipelines', name), 'utf8'));
  const { steps } = read('mcp-inventory.yml') as { readonly steps: readonly Record<string, unknown>[] };
  assert.deepEqual(
    steps.map(({ continueOnError }) => continueOnError),
    [true, true],
  );
  for (const { bash, powershell } of steps) assert.match(String(bash ?? powershell), /exit 0\s*$/);
  assert.ok(JSON.stringify(read('required-template.yml')).includes('mcp-inventory.yml'));
});

test('the scripts of the runner are clean', {
  skip: findOnPath('shellcheck', process.env) === undefined && 'no shellcheck',
}, () => {
  execFileSync('shellcheck', ['hook.sh', 'install.sh'], { cwd: SOURCES });
});
