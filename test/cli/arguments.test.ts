import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS } from '../../cli/commands/index.ts';
import { readArguments } from '../../cli/read-arguments.ts';
import { runCli } from './support/run-cli.ts';

const CASE = '0e000000-0000-4000-8000-000000000001-1';

/** A command line that cannot be meant so, and every fault that the one line names. */
const FAULTS: readonly (readonly [string, readonly string[]])[] = [
  ['case open', ['person is missing', '--reason is missing']],
  ['case open alex --mode apply', ['there is no --mode', '“alex” is no object id', '--reason is missing']],
  ['case open a@b.c --reason --json', ['--reason has no value']],
  ['case open a@b.c --reason=', ['--reason has no value']],
  ['case open a@b.c --reason x --reason y', ['--reason is there twice']],
  [
    'case open a@b.c --reason x --last-day 29.1.2027 --time 5pm',
    ['--last-day: a day is written', '--time: a time of day'],
  ],
  ['case open a@b.c d@e.f --reason x --confirm-upn a@b.c', ['--confirm-upn goes with one person']],
  [
    'case list --state done --limit 101 --json=yes',
    ['--state is one of scheduled', '--limit: a number', '--json takes no value'],
  ],
  ['case show', ['case is missing']],
  ['case show 17', ['“17” is no id of a case']],
  [`case show ${CASE} ${CASE}`, ['is too much']],
  [
    `case decide ${CASE} --approve F-1 --plan-hash abc`,
    ['--approve: the id of a finding', '--plan-hash: 64 hexadecimal'],
  ],
  [`case decide ${CASE} --approve F-0123456789ab`, ['--reason is missing', '--plan-hash is missing']],
  [`case decide ${CASE}`, ['name findings with --approve or --reject']],
  ['release', ['person is missing', '--reason is missing']],
  ['case fly', ['there is no command “case fly”']],
  ['', ['which command?']],
  ['whoami', ['Where is the app?']],
  ['whoami --url app.example', ['not one such as https://']],
  ['whoami --url http://app.example', ['others can read your token']],
  ['whoami --url https://me:secret@app.example', ['not one such as https://']],
];

for (const [line, faults] of FAULTS) {
  test(`2, with every fault in one line and nothing on standard output: offboard ${line}`, async () => {
    const { code, out, err } = await runCli(line.split(' ').filter((word) => word !== ''));
    assert.equal(code, 2, err);
    assert.equal(out, '');
    const [first = ''] = err.split('\n');
    for (const fault of faults) assert.ok(first.includes(fault), `${fault} is not in: ${first}`);
  });
}

test('a list may be repeated and takes commas; what stands behind -- is no option', () => {
  const decide = COMMANDS.find(({ name }) => name === 'case decide');
  assert.ok(decide);
  const [one, two, three] = ['F-0123456789ab', 'F-0123456789ac', 'F-0123456789ad'];
  const read = readArguments(decide, ['--approve', `${one},${two}`, `--approve=${three}`, '--', CASE]);
  assert.ok('given' in read);
  assert.deepEqual([read.given.options.approve, read.given.operand], [[one, two, three], CASE]);
});

test('every command has a usage that names each of its options, and an example that parses', async () => {
  for (const command of COMMANDS) {
    const words = command.name.split(' ');
    const { code, out, err } = await runCli([...words, '--help']);
    assert.deepEqual([code, err], [0, ''], command.name);
    for (const name of Object.keys(command.options)) assert.ok(out.includes(`--${name}`), `${command.name} --${name}`);
    assert.ok(command.example.startsWith(command.name), command.example);
    const args = command.example.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [];
    assert.ok('given' in readArguments(command, args.slice(words.length)), command.example);
  }
});

test('the usage lists every command, also those of one family alone', async () => {
  const all = await runCli(['--help']);
  for (const { name } of COMMANDS) assert.ok(all.out.includes(`  ${name} `), name);
  const family = await runCli(['deny', '--help']);
  assert.ok(family.out.includes('deny list') && !family.out.includes('case list'));
  assert.deepEqual([(await runCli(['--version'])).out, all.code, family.code], ['0.0.0\n', 0, 0]);
});
