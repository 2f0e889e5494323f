import assert from 'node:assert/strict';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { readTestArguments } from '../../scripts/testing/test-arguments.ts';
import { runCommand } from './run-command.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Test files outside of the project, which say what the command does with files of all kinds. */
function filesFor(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'test-command-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files))
    writeFileSync(path.join(folder, name), `import { describe, test } from 'node:test';\n${text}\n`);
  return folder;
}

test('without a file or a name, everything is run: every gate and every test file', () => {
  const { whole, files } = readTestArguments([], root);
  assert.ok(whole);
  const all = globSync('test/**/*.test.ts', { cwd: root }).map((file) => path.join(root, file));
  assert.deepEqual(files, all.sort());
});

test('a name without a file looks in every file, and runs no gate', () => {
  const { whole, namePart, files } = readTestArguments(['--name', 'survives'], root);
  assert.deepEqual([whole, namePart], [false, 'survives']);
  assert.deepEqual(files, readTestArguments([], root).files);
});

test('a folder stands for its test files, and each file is run once', () => {
  const { files } = readTestArguments(['test/commands', 'test/commands/test-command.test.ts'], root);
  const folder = globSync('test/commands/*.test.ts', { cwd: root }).map((file) => path.join(root, file));
  assert.deepEqual(files, folder.sort());
});

for (const [args, says] of [
  ['test/no-such.test.ts', 'there is no test/no-such.test.ts'],
  ['scripts/test.ts', 'scripts/test.ts is not a test: the name of one ends in .test.ts'],
  ['docs', 'docs has no file that ends in .test.ts'],
  ['--nam x', "Unknown option '--nam'"],
  ['--name', "Option '--name <value>' argument missing"],
  ['--name ""', '--name needs a part of a name'],
  ['--watch', 'test:watch needs a file or a folder'],
] as const) {
  test(`\`npm test -- ${args}\` is refused with the reason and the usage`, async () => {
    const { code, output } = await runCommand(`node scripts/test.ts ${args}`);
    assert.equal(code, 2);
    assert.ok(output.startsWith(says), output);
    assert.match(output, /^Usage:$/m);
  });
}

const MIXED = `
test('one', () => {});
describe('a suite', () => { test('two (a|b)', () => {}); test('three', () => { throw new Error('broken'); }); });
test('four', { skip: 'not here' }, () => {});
`;

test('tests are counted, skipped ones aside, one failure fails the run, and the slowest files are named', async (t) => {
  const folder = filesFor(t, { 'mixed.test.ts': MIXED, 'good.test.ts': `test('five', () => {});` });
  const { code, output } = await runCommand(`node scripts/test.ts ${folder}`);
  assert.equal(code, 1);
  assert.ok(output.endsWith('\n3 passed, 1 failed\n'), output);
  const named = output.slice(output.indexOf('\nSlowest files:\n')).match(/^ +\d+\.\d s {2}\S+$/gm) ?? [];
  assert.deepEqual(named.map((line) => path.basename(line)).sort(), ['good.test.ts', 'mixed.test.ts']);
});

test('a part of a name is text, not a pattern, and the suite’s name counts', async (t) => {
  const folder = filesFor(t, { 'mixed.test.ts': MIXED, 'good.test.ts': `test('five', () => {});` });
  const { code, output } = await runCommand(`node scripts/test.ts --name "Suite two (a|b)" ${folder}`);
  assert.equal(code, 0, output);
  assert.ok(output.endsWith('\n1 passed, 0 failed\n'), output);
  assert.doesNotMatch(output, /✔ \S*good\.test\.ts/);
});

test('a name that no test has is a failure that says so', async (t) => {
  const folder = filesFor(t, { 'mixed.test.ts': MIXED });
  const { code, output } = await runCommand(`node scripts/test.ts --name "six" ${folder}`);
  assert.equal(code, 1);
  assert.ok(output.endsWith('\nNo test that ran has a name with "six".\n\n0 passed, 0 failed\n'), output);
});

test('a file without a test, one that cannot be loaded, and one that skips everything are no success', async (t) => {
  const empty = filesFor(t, { 'empty.test.ts': 'void [describe, test];' });
  const { code, output } = await runCommand(`node scripts/test.ts ${empty}`);
  assert.equal(code, 1);
  assert.match(output, /^✖ .*empty\.test\.ts has no test\n\n0 passed, 1 failed\n$/m);

  const broken = await runCommand(`node scripts/test.ts ${filesFor(t, { 'broken.test.ts': 'throw new Error();' })}`);
  assert.equal(broken.code, 1);
  assert.ok(broken.output.endsWith('\n0 passed, 1 failed\n'), broken.output);

  const skipped = filesFor(t, { 'skipped.test.ts': `test('seven', { skip: true }, () => {});` });
  const { code: none, output: said } = await runCommand(`node scripts/test.ts ${skipped}`);
  assert.equal(none, 1);
  assert.ok(said.endsWith('\n0 passed, 0 failed\n'), said);
});
