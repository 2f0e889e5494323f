import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { PURE, pureFiles } from '../../scripts/pure-folders.ts';

const ROOT = resolve(import.meta.dirname, '../..');

interface Biome {
  readonly overrides: readonly { readonly includes: readonly string[]; readonly plugins?: readonly string[] }[];
}

test('lint refuses a clock and chance in every folder of rules', () => {
  const { overrides }: Biome = JSON.parse(readFileSync(resolve(ROOT, 'biome.json'), 'utf8'));
  const included = overrides.find(({ plugins }) => plugins !== undefined)?.includes ?? [];
  assert.deepEqual(
    PURE.filter((glob) => !included.includes(glob)),
    [],
  );
});

test('every folder of rules has some', () => {
  const files = pureFiles();
  for (const glob of PURE)
    assert.ok(
      files.some((file) => file.startsWith(glob.replace('**', ''))),
      glob,
    );
});
