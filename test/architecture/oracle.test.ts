import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadedBy } from '../support/architecture/loaded-by.ts';

const root = join(import.meta.dirname, '../..');
const ORACLE = globSync(['test/truth/firm/firm.ts', 'test/truth/firm/items/*.ts', 'test/truth/oracle/*.ts'], {
  cwd: root,
});
/** Types of the simulated vendors' state are the vendors' truth; their modules are not needed for it. */
const PRODUCT = /from '(\.\.\/)+(src|activities|orchestrations)\//;

test('the oracle imports nothing of the product, not even a type: it would share its mistakes', () => {
  for (const file of ORACLE) assert.doesNotMatch(readFileSync(join(root, file), 'utf8'), PRODUCT, file);
});

test('nothing but the oracle and the firm it judges is loaded for it', () => {
  assert.deepEqual(
    loadedBy(['test/truth/oracle/judge.ts']).filter((file) => !ORACLE.includes(file)),
    [],
  );
});

test('an import of the product is seen', () => {
  assert.match("import { config } from '../../../src/config.ts';", PRODUCT);
});
