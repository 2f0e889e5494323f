import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

test('installing adds one line to .env, twice as well as once, and removing takes that line and the files away', () => {
  const { runner, env, hook, install } = makeRunner('plain', 'LANG=C.UTF-8\nhttps_proxy=http://proxy');
  for (const _ of [1, 2]) {
    assert.equal(install(...TO).status, 0);
    assert.equal(env(), `LANG=C.UTF-8\nhttps_proxy=http://proxy\n${hook}\n`);
  }
  const settings: unknown = JSON.parse(readFileSync(path.join(runner, 'mcp-inventory/mcp-inventory.json'), 'utf8'));
  assert.deepEqual(settings, {
    url: 'https://offboarding.example',
    as: 'github-oidc',
    audience: 'api://mcp-offboarding',
  });
  assert.equal(install('--remove').status, 0);
  assert.equal(env(), 'LANG=C.UTF-8\nhttps_proxy=http://proxy\n');
  assert.equal(existsSync(path.join(runner, 'mcp-inventory')), false);
});

test('another hook is left as it is, and the operator is told the line that has it run both', () => {
  const { runner, env, install } = makeRunner('hooked', 'ACTIONS_RUNNER_HOOK_JOB_STARTED=/opt/clean.sh\n');
  const { status, stderr } = install(...TO);
  assert.equal(status, 1);
  assert.match(stderr, /another hook already: \/opt\/clean\.sh/);
  assert.ok(stderr.includes(`sh '${runner}/mcp-inventory/hook.sh'`));
  assert.equal(env(), 'ACTIONS_RUNNER_HOOK_JOB_STARTED=/opt/clean.sh\n');
});

test('an agent of Azure Pipelines has no hook: the files are put there, and .env stays', () => {
  const { runner, env, install } = makeRunner('agent');
  writeFileSync(path.join(runner, '.agent'), '{}');
  const { status, stdout } = install(...TO, '--client-id', '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35');
  assert.equal(status, 0);
  assert.match(stdout, /azure-pipelines/);
  assert.equal(env(), undefined);
  assert.ok(existsSync(path.join(runner, 'mcp-inventory/hook.sh')));
});

for (const [what, args, says] of [
  ['no address', [], /--url/],
  ['an address without TLS', ['--url', 'http://offboarding.example'], /https/],
  ['an address that would break the settings', ['--url', 'https://a", "as": "x'], /holds what no address/],
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
