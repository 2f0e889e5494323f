import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { commandsIn } from '../support/docs/shell-commands.ts';
import { type CommandRun, runCommand } from './run-command.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

/** Every command of npm's in CONTRIBUTING.md, in a span or in a block. */
const COMMANDS = [...read('CONTRIBUTING.md').matchAll(/```\w*\n([\s\S]*?)```|`([^`\n]+)`/g)]
  .flatMap(([, block = '', span = '']) => [...block.split('\n'), span])
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .filter((line) => /^np[mx] /.test(line));

const succeeds = ({ code, output }: CommandRun): void => assert.equal(code, 0, output);

function passes(run: CommandRun, tests: RegExp): void {
  succeeds(run);
  assert.match(run.output, tests);
}

/** How each example is run, and what it must say. */
const EXAMPLES: Readonly<Record<string, () => Promise<void>>> = {
  'npm test -- test/docs/docs.test.ts': async () =>
    passes(await runCommand('npm test -- test/docs/docs.test.ts'), /\n[1-9]\d* passed, 0 failed\n$/),
  'npm test -- --name "every page of docs" test/docs/docs.test.ts': async () =>
    passes(
      await runCommand('npm test -- --name "every page of docs" test/docs/docs.test.ts'),
      /every page of docs.*\n1 passed, 0 failed\n$/s,
    ),
  'npm run test:watch -- test/docs/docs.test.ts': async () => {
    // Node prints the duration last, and then waits for a change; only the interruption ends it.
    const { output } = await runCommand('npm run test:watch -- test/docs/docs.test.ts', 'ℹ duration_ms');
    assert.match(output, /^✔ README\.md leads to every page of docs/m);
    assert.match(output, /^ℹ fail 0$/m);
  },
  'npm run infra:check -- infra/modules/network': async () =>
    passes(await runCommand('npm run infra:check -- infra/modules/network'), /^terraform test: ok$/m),
  'npm run infra:check -- infra/modules/network validate': async () =>
    passes(await runCommand('npm run infra:check -- infra/modules/network validate'), /^terraform validate: ok$/m),
};

/** Why an example is not run here. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm ci': 'it would take the running tests their packages away',
  'npm test': 'it is the run that this test is a part of',
  'npm run check': 'it is how the run begins that this test is a part of',
  'npm run format': 'it changes the tree',
  'npm run build': 'it replaces the bundle that somebody may be running',
  'npm run test:crash': 'it is a campaign of its own; a sample of it runs in npm test',
  'npm run test:crash:case': 'it is a campaign of its own',
  'npm run test:fuzz -- --runs 10000 --seed 1': 'it is a campaign of its own; a sample of it runs in npm test',
  'npm run test:infra-mutations -- --only network --sample 100 --seed 2': 'it is a campaign of its own',
  'npm run test:mutation -- --only src/people': 'it is a campaign of its own',
  'npm run test:seeds -- --rounds 10': 'it is a campaign of its own; one seed runs in npm test',
  'npm run test:calendar': 'it is a campaign of its own; one of its days runs in npm test',
  'npm run test:tables': 'it is a campaign of its own; a short form of each table runs in npm test',
  'npm run write:api-types': 'it changes the tree',
  'npm run write:permissions': 'it changes the tree',
  'npm run write:snapshot': 'it changes the tree',
  'npm run refresh:terraform-schemas': 'it asks the network and changes the tree',
  'npx node scripts/record-histories.ts': 'it changes the tree',
};

test('every example of CONTRIBUTING.md is run here, or there is a reason why not', () => {
  assert.deepEqual([...new Set(COMMANDS)].sort(), [...Object.keys(EXAMPLES), ...Object.keys(NOT_RUN)].sort());
});

test('the scripts that the examples name exist', () => {
  for (const { args } of COMMANDS.flatMap((command) => commandsIn(command))) {
    const [verb = '', script = ''] = args;
    if (verb === 'run') assert.ok(script in scripts, `npm run ${script}`);
    else if (verb === 'node') assert.ok(read(script).length > 0);
    else assert.ok(['ci', 'test'].includes(verb), `npm ${verb}`);
  }
});

for (const [command, run] of Object.entries(EXAMPLES)) test(`\`${command}\` works`, run);
