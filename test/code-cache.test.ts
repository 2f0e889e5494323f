import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { writeCodeCache } from '../scripts/build/code-cache.ts';

const scripts = path.resolve(import.meta.dirname, '../scripts');
const folder = mkdtempSync(path.join(tmpdir(), 'code-cache-'));
after(() => rmSync(folder, { recursive: true }));

/** `at` is where the second line is, as a stack trace tells it. */
const APP = (greeting: string): string =>
  `globalThis.greeting = '${greeting} ' + require('node:path').basename(__filename);\nglobalThis.at = new Error().stack.split('\\n')[1];\n`;
const RUN = `
  const { compiled } = require(process.argv[1]);
  const { greeting, at } = globalThis;
  process.stdout.write(JSON.stringify({ greeting, at, rejected: compiled.script.cachedDataRejected ?? 'no cache' }));
`;

interface Ran {
  readonly greeting: string;
  readonly at: string;
  readonly rejected: boolean | 'no cache';
}

function packageOf(
  name: string,
  greeting: string,
): { main: string; cache: () => string; run: (...flags: string[]) => Ran } {
  const cwd = mkdtempSync(path.join(folder, name));
  const main = path.join(cwd, 'main.cjs');
  copyFileSync(path.join(scripts, 'build/bundle-main.cjs'), main);
  writeFileSync(path.join(cwd, 'app.cjs'), APP(greeting));
  return {
    main,
    cache: () => path.join(cwd, readdirSync(cwd).find((file) => file.endsWith('.cache')) ?? 'none'),
    run: (...flags) => JSON.parse(execFileSync(process.execPath, [...flags, '-e', RUN, main], { encoding: 'utf8' })),
  };
}

test('the package runs from what the build compiled, the same bytes wherever it was built', () => {
  const [one, other] = [packageOf('one', 'hello'), packageOf('other', 'hello')];
  assert.equal(one.run().rejected, 'no cache');
  writeCodeCache(one.main);
  writeCodeCache(other.main);
  assert.deepEqual(readFileSync(one.cache()), readFileSync(other.cache()));
  const { greeting, at, rejected } = one.run();
  assert.deepEqual({ greeting, rejected }, { greeting: 'hello app.cjs', rejected: false });
  assert.match(at, / app\.cjs:2:17$/);
});

test('what was compiled for another text, other flags or by another version runs nothing', () => {
  const app = packageOf('app', 'hello');
  writeCodeCache(app.main);
  const cache = app.cache();
  // As long as the other, which is all that V8 would compare.
  writeFileSync(path.join(path.dirname(app.main), 'app.cjs'), APP('howdy'));
  assert.deepEqual(pick(app.run()), { greeting: 'howdy app.cjs', rejected: 'no cache' });
  writeFileSync(path.join(path.dirname(app.main), 'app.cjs'), APP('hello'));
  assert.deepEqual(pick(app.run('--no-opt')), { greeting: 'hello app.cjs', rejected: true });
  const bytes = readFileSync(cache);
  // V8's version stands in the second word.
  bytes.writeUInt32LE(bytes.readUInt32LE(4) + 1, 4);
  writeFileSync(cache, bytes);
  assert.deepEqual(pick(app.run()), { greeting: 'hello app.cjs', rejected: true });
});

function pick({ greeting, rejected }: Ran): Pick<Ran, 'greeting' | 'rejected'> {
  return { greeting, rejected };
}
