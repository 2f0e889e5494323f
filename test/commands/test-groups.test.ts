import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { readTestArguments } from '../../scripts/testing/test-arguments.ts';
import { groupTests, sharesProcess } from '../../scripts/testing/test-groups.ts';
import { runCommand } from './run-command.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { files } = readTestArguments([], root);

test('every test file is run once, alone or in a group, and there are groups', () => {
  const { alone, groups } = groupTests(files);
  assert.ok(groups.length > 1);
  assert.deepEqual([...alone, ...groups.flatMap((group) => group.files)].sort(), files);
});

const ROOM = path.join(root, 'test/cases/some.test.ts');
const TEST = `import { test } from 'node:test';\ntest('adds', () => {});\n`;

test('whoever computes, or has the app in this process, shares it; who hosts or changes what surrounds it does not', () => {
  for (const more of [
    '',
    'before(start);',
    'const app = await startApp({});',
    `t.mock.method(app, 'stop');`,
    'const runs = Number(process.env.RUNS ?? 9);',
  ])
    assert.ok(sharesProcess(ROOM, `${TEST}${more}\n`), more);
  for (const more of [
    `process.env.TZ = 'Europe/Berlin';`,
    'const stack = await startFastStack();',
    `const zone = process.env.TZ;\ndelete process.env.TZ;`,
    'process.chdir(folder);',
    'mock.timers.enable();',
    `import { spawn } from 'node:child_process';`,
  ])
    assert.equal(sharesProcess(ROOM, `${TEST}${more}\n`), false, more);
  assert.equal(sharesProcess(path.join(root, 'test/scenarios/some.test.ts'), TEST), false);
  assert.equal(sharesProcess(ROOM, `runTable(ROWS);\n`), false, 'whose tests they are is not known');
});

/** What a run says of files that share one process. */
async function runTogether(t: TestContext, texts: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'test-groups-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const made = Object.entries(texts).map(([name, text]) => {
    const file = path.join(folder, name);
    writeFileSync(file, `import { after, before, test } from 'node:test';\n${text}\n`);
    return file;
  });
  const script = path.join(folder, 'run.mjs');
  writeFileSync(
    script,
    `import { runTests } from ${JSON.stringify(path.join(root, 'scripts/testing/run-tests.ts'))};
     import { groupTests } from ${JSON.stringify(path.join(root, 'scripts/testing/test-groups.ts'))};
     const { passed, failed, seconds, empty } =
       await runTests({ files: ${JSON.stringify(made)}, namePart: undefined }, (files) => groupTests(files, () => true));
     const names = (paths) => paths.map((each) => each.split('/').at(-1)).sort();
     console.log('\\n' + JSON.stringify({ passed, failed, slow: names([...seconds.keys()]), empty: names(empty) }));`,
  );
  const { output } = await runCommand(`node ${script}`);
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as unknown;
}

test('in a group each test counts, a failure fails, each file has its time, and one without a test is named', async (t) => {
  const ended = await runTogether(t, {
    'good.test.ts': `test('one', () => {}); test('two', () => {});`,
    'bad.test.ts': `test('three', () => { throw new Error('broken'); });`,
    'empty.test.ts': 'void test;',
    'skipped.test.ts': `test('four', { skip: true }, () => {});`,
    'last.test.ts': `test('five', () => {});`,
  });
  const slow = ['bad.test.ts', 'empty.test.ts', 'good.test.ts', 'last.test.ts', 'skipped.test.ts'];
  assert.deepEqual(ended, { passed: 3, failed: 1, slow, empty: ['empty.test.ts', 'skipped.test.ts'] });
});

test('a file of a group that cannot be loaded, or whose hook fails, has failed, and the others run', async (t) => {
  const good = `test('one', () => {});`;
  const ended = await runTogether(t, {
    'broken.test.ts': `throw new Error('broken');`,
    'good.test.ts': good,
    'half.test.ts': `${good}\nawait Promise.reject(new Error('half'));`,
    'hook.test.ts': `after(() => { throw new Error('left open'); });\n${good}`,
    'last.test.ts': good,
  });
  const slow = ['broken.test.ts', 'good.test.ts', 'half.test.ts', 'hook.test.ts', 'last.test.ts'];
  assert.deepEqual(ended, { passed: 4, failed: 3, slow, empty: [] });
});

test('files of a group follow each other: what one awaits and hooks is over when the next is loaded', async (t) => {
  const named = (name: string) => `
    const seen = (globalThis.seen ??= []);
    await new Promise((done) => setTimeout(done, 5));
    seen.push('${name} loaded');
    before(() => seen.push('${name} before'));
    after(() => seen.push('${name} after'));`;
  const ended = await runTogether(t, {
    'a.test.ts': `${named('a')}\ntest('a', () => {});`,
    'b.test.ts': `${named('b')}\ntest('b', () => {
      const wanted = 'a loaded,a before,a after,b loaded,b before';
      if (seen.join() !== wanted) throw new Error(seen.join());
    });`,
  });
  assert.deepEqual(ended, { passed: 2, failed: 0, slow: ['a.test.ts', 'b.test.ts'], empty: [] });
});

test('a group ends although one of its files failed before it closed what it had opened', async (t) => {
  const ended = await runTogether(t, {
    'good.test.ts': `test('one', () => {});`,
    'open.test.ts': `setInterval(() => {}, 1_000); await Promise.reject(new Error('not started'));`,
  });
  assert.deepEqual(ended, { passed: 1, failed: 1, slow: ['good.test.ts', 'open.test.ts'], empty: [] });
});
