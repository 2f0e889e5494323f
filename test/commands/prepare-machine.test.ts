import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { prepareMachine } from '../../scripts/testing/prepare-machine.ts';
import { DEBIAN_PACKAGES } from '../support/machine/debian-packages.ts';
import { findBrowser } from '../support/machine/find-browser.ts';
import { aptGet, type NewcomersMachine, newcomersMachine, terraformOf } from './newcomers-machine.ts';

const root = path.resolve(import.meta.dirname, '../..');
const PACKAGES = DEBIAN_PACKAGES.map(({ name }) => name).join(' ');
const COMMAND = `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${PACKAGES}`;

function machineFor(t: TestContext, programs: Readonly<Record<string, string>>): NewcomersMachine {
  const machine = newcomersMachine();
  t.after(machine.remove);
  for (const [program, script] of Object.entries(programs)) machine.add(program, script);
  return machine;
}

function prepare({ environment }: NewcomersMachine, isRoot: boolean): { fault: string | undefined; lines: string[] } {
  const lines: string[] = [];
  const fault = prepareMachine({ environment, isRoot }, (line) => lines.push(line));
  return { fault, lines };
}

test('root on a fresh Debian gets what the tests need, is told so in a line, and only once', (t) => {
  const machine = machineFor(t, { terraform: terraformOf('1.11.0'), 'apt-get': aptGet({ installs: true }) });
  const line = `Installing what the tests need of Debian: ${PACKAGES}`;
  assert.deepEqual(prepare(machine, true), { fault: undefined, lines: [line] });
  const asked = ['update -qq', `install -y -qq --no-install-recommends ${PACKAGES}`];
  assert.deepEqual(machine.askedOfApt(), asked);
  assert.deepEqual(prepare(machine, true), { fault: undefined, lines: [] });
  assert.deepEqual(machine.askedOfApt(), asked);
});

test('only what is missing is installed', (t) => {
  const machine = machineFor(t, {
    terraform: terraformOf('2.0.0'),
    'apt-get': aptGet({ installs: true }),
    chromium: 'exit 0',
  });
  assert.equal(prepare(machine, true).fault, undefined);
  assert.doesNotMatch(machine.askedOfApt().join('\n'), /chromium/);
});

test('a browser is found by any of its names on the PATH, and a named one is not replaced by another', (t) => {
  const { environment } = machineFor(t, { 'google-chrome': 'exit 0' });
  const { CHROMIUM_PATH, ...unnamed } = environment;
  assert.equal(findBrowser(unnamed), path.join(environment.PATH ?? '', 'google-chrome'));
  assert.equal(findBrowser({ ...unnamed, CHROMIUM_PATH }), undefined);
});

test('who is not root gets the one command to type, and apt-get is left alone', (t) => {
  const machine = machineFor(t, { terraform: terraformOf('1.12.1'), 'apt-get': aptGet({ installs: true }) });
  const { fault, lines } = prepare(machine, false);
  assert.ok(fault?.endsWith(`\nType: ${COMMAND}`), fault);
  assert.deepEqual([lines, machine.askedOfApt()], [[], []]);
});

test('without apt-get, root too is told what is missing and what Debian calls it', (t) => {
  const { fault = '' } = prepare(machineFor(t, { terraform: terraformOf('1.12.1') }), true);
  for (const { name, what } of DEBIAN_PACKAGES) assert.ok(fault.includes(`${what}: Debian's ${name}`), fault);
  assert.ok(fault.endsWith(`On Debian: ${COMMAND}`), fault);
});

test('an apt-get that fails is quoted, and nothing is asked of it after that', (t) => {
  const machine = machineFor(t, {
    terraform: terraformOf('1.11.4'),
    'apt-get': aptGet({ installs: false, exitCode: 100 }),
  });
  const { fault } = prepare(machine, true);
  assert.equal(fault, "apt-get update -qq failed: exit code 100\nE: the archive's own words\n");
  assert.deepEqual(machine.askedOfApt(), ['update -qq']);
});

test('an apt-get that succeeds without effect is not believed', (t) => {
  const machine = machineFor(t, { terraform: terraformOf('1.11.4'), 'apt-get': aptGet({ installs: false }) });
  assert.match(prepare(machine, true).fault ?? '', /^apt-get succeeded, and still this is not found:\n.*chromium/i);
});

for (const [what, script, fault] of [
  ['missing', undefined, /^terraform is not on the PATH.* Install Terraform 1\.11 or newer: https:/],
  ['too old', terraformOf('1.10.5'), /^Terraform 1\.10\.5 is too old\. Install Terraform 1\.11 or newer: https:/],
  ['older by far', terraformOf('0.15.1'), /^Terraform 0\.15\.1 is too old\./],
  ['broken', 'echo "no such cloud" >&2; exit 3', /^terraform version failed: no such cloud\. Install/],
] as const) {
  test(`a Terraform that is ${what} ends the run before anything is installed`, (t) => {
    const machine = machineFor(t, {
      ...(script === undefined ? {} : { terraform: script }),
      'apt-get': aptGet({ installs: true }),
    });
    assert.match(prepare(machine, true).fault ?? '', fault);
    assert.deepEqual(machine.askedOfApt(), []);
  });
}

test('`npm test` on a machine that cannot be prepared ends at once, with a closing line that counts one failure', (t) => {
  const machine = machineFor(t, {
    terraform: terraformOf('1.11.4'),
    'apt-get': aptGet({ installs: false, exitCode: 100 }),
  });
  const { status, stdout } = spawnSync('node', ['scripts/test.ts'], {
    cwd: root,
    env: machine.environment,
    encoding: 'utf8',
  });
  assert.equal(status, 1);
  assert.match(stdout, /^(?:Installing .*\n)?✖ (?:apt-get update -qq failed|The tests need)/);
  assert.ok(stdout.endsWith('\n0 passed, 1 failed\n'), stdout);
});

test('CI types what a newcomer types, and nothing else', () => {
  const script = readFileSync(path.join(root, '.ci/run'), 'utf8');
  assert.equal(script, '#!/usr/bin/env bash\ncd "$(dirname "$0")/.." && npm cit\n');
});

test('README.md names what the machine must have, and what is installed by itself', () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  assert.ok(readme.includes('Terraform 1.11 or newer'));
  assert.ok(readme.includes(`\`${PACKAGES}\``), PACKAGES);
});
