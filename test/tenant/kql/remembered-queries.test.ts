import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { evaluate } from '../../../local/tenant/kql/evaluate.ts';
import type { Schema } from '../../../local/tenant/kql/schema.ts';
import { bind } from '../../../local/tenant/kql/syntax/bind.ts';
import { rememberedQuery } from '../../../local/tenant/kql/syntax/remembered-queries.ts';

const folder = mkdtempSync(join(tmpdir(), 'remembered-queries-'));
const before = process.env.NODE_COMPILE_CACHE;
process.env.NODE_COMPILE_CACHE = folder;
after(() => {
  if (before === undefined) delete process.env.NODE_COMPILE_CACHE;
  else process.env.NODE_COMPILE_CACHE = before;
  rmSync(folder, { recursive: true, force: true });
});

/** Another object each time, as in another process: what this one remembers goes by the object. */
const schema = (): Schema => ({ Calls: [{ name: 'caller', type: 'string' }] });
const QUERY =
  'let who = "alex"; Calls | where caller == who | summarize calls = count() by caller | sort by calls desc';
const answer = () => evaluate(QUERY, schema(), { Calls: [{ caller: 'alex' }, { caller: 'sam' }] }, new Date());
const FILES = join(folder, 'kql');
const never = (): never => assert.fail('it is remembered');

test('a query that another process has bound is not bound again, and answers the same', () => {
  const anew = answer();
  assert.deepEqual(anew, {
    ok: true,
    columns: [
      { name: 'caller', type: 'string' },
      { name: 'calls', type: 'long' },
    ],
    rows: [{ caller: 'alex', calls: 1 }],
  });
  assert.equal(readdirSync(FILES).length, 1);
  rememberedQuery(QUERY, schema(), never);
  assert.deepEqual(answer(), anew);
});

test('a fault is remembered as well, and another table makes it another question', () => {
  const misspelt = bind(QUERY.replace('== who', '== whom'), schema());
  assert.ok(!misspelt.ok && misspelt.errors.some(({ text }) => text === 'whom'));
  assert.deepEqual(bind(QUERY.replace('== who', '== whom'), schema()), misspelt);
  assert.equal(bind(QUERY, { Others: [{ name: 'caller', type: 'string' }] }).ok, false);
});

test('what cannot be read is bound anew', () => {
  for (const name of readdirSync(FILES)) writeFileSync(join(FILES, name), '{"ok":');
  assert.equal(answer().ok, true);
  rememberedQuery(QUERY, schema(), never);
});
