import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { EQUIVALENTS } from './equivalents.ts';
import { mutate } from './mutants.ts';
import { applied, NAMED } from './named.ts';
import { scoreLines, shareOf } from './score.ts';
import { verdictsOn } from './verdicts.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** The source with one mutant on, or none, run as an expression. */
function resultOf(expression: string, on = -1): unknown {
  const { source } = mutate(expression);
  return new Function('__mutant', `return ${source}`)((id: number) => id === on);
}
const changesOf = (expression: string): readonly string[] => mutate(expression).mutants.map(({ becomes }) => becomes);

test('each named mutant still applies, and names a test that is there', () => {
  for (const named of NAMED) {
    assert.notEqual(applied(named, readFileSync(resolve(ROOT, named.file), 'utf8')), '');
    assert.ok(existsSync(resolve(ROOT, named.test)), named.test);
  }
});

test('each change that nobody could see is still one that is tried', () => {
  for (const { file, was, becomes } of EQUIVALENTS) {
    const { mutants } = mutate(readFileSync(resolve(ROOT, file), 'utf8'));
    assert.ok(
      mutants.some((each) => each.was === was && each.becomes === becomes),
      `${file}: ${was} → ${becomes}`,
    );
  }
});

test('a source without a mutant on does what it did, and each mutant changes one thing', () => {
  const expression = '[3, 1, 2].filter((n) => n > 1 && n !== 9).toSorted((a, b) => a - b).at(0)';
  const { mutants } = mutate(expression);
  assert.equal(resultOf(expression), 2);
  assert.ok(mutants.some(({ id }) => resultOf(expression, id) !== 2));
  assert.equal(new Set(mutants.map(({ id }) => id)).size, mutants.length);
});

test('a part of a chain is changed with the whole of it, which still ends where nothing is', () => {
  const expression = '(undefined)?.a.filter((x) => x).b';
  assert.equal(resultOf(expression), undefined);
  const { mutants } = mutate(expression);
  assert.throws(() =>
    resultOf(expression, mutants.find(({ becomes }) => becomes === '(undefined).a.filter((x) => x).b')?.id),
  );
});

test('comparisons, conditions, patterns and guards are changed, wording is not', () => {
  assert.deepEqual(changesOf('a === b'), ['a !== b']);
  assert.deepEqual(changesOf("say('Look at it.')"), []);
  assert.deepEqual(changesOf('/^x$/i'), ['/x$/i', '/^x/i', '/^x$/']);
  assert.deepEqual(changesOf('if (a) b();'), ['!(a)']);
  assert.ok(changesOf('function f() { if (a) return 1; return 2; }').includes('false'));
  assert.deepEqual(changesOf('a ?? b'), ['a']);
});

test('a line is that of the source, types or not', () => {
  const [mutant] = mutate(
    'interface A {\n  b: string;\n}\nexport const c = (a: A): boolean => a.b === "x y";\n',
  ).mutants;
  assert.equal(mutant?.line, 4);
});

test('a pattern that is read as a file loads is noticed by the second test that loads it, where the first does not', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'mutation-'));
  t.after(() => rm(folder, { recursive: true }));
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  const asks = (word: string): string =>
    `import { test } from 'node:test';
     import { WORD } from './rule.ts';
     test('${word}', () => { if (!WORD.test('${word}')) throw new Error(); });`;
  const rule = await write('rule.ts', 'export const WORD = /word/i;');
  const tests = [await write('one.test.ts', asks('word')), await write('two.test.ts', asks('WORD'))];
  const [verdict] = (await verdictsOn(rule, tests)).values();
  assert.match(verdict?.by ?? '', /two\.test\.ts: WORD$/);
});

test('what nobody could notice counts neither way', () => {
  const counts = new Map([
    ['src/steps/consent/rules/a.ts', { killed: 3, survived: 1, equivalent: 7 }],
    ['src/cases/b.ts', { killed: 1, survived: 0, equivalent: 0 }],
  ]);
  assert.equal(shareOf([...counts.values()]), 80);
  assert.deepEqual(
    scoreLines(counts).map((line) => line.replaceAll(/\s+/g, ' ')),
    [
      'src/cases 100.0 % 1 of 1, 0 equivalent',
      'src/steps/consent 75.0 % 3 of 4, 7 equivalent',
      'all 80.0 % 4 of 5, 7 equivalent',
    ],
  );
});
