import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import { detectTokens } from '../../src/credentials/detector/detect-tokens.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const TEXTS = '**/*.{ts,js,cjs,mjs,json,md,yml,yaml,tf,hcl,kql,xml,cs,sh,html,txt}';
/** Made by npm, by the build or by Terraform, and not the project's. */
const NOT_OURS = ['node_modules', 'dist', '.git', '.terraform'];

test('no file of the project holds anything that the detector takes for a token: tests mint theirs', async () => {
  const { mint } = makeTokenMint();
  assert.ok(detectTokens(`const a = '${mint('github-classic')}';`).length > 0, 'one would be seen');
  const found: string[] = [];
  let looked = 0;
  const ours = glob(TEXTS, {
    cwd: ROOT,
    exclude: (name) => NOT_OURS.some((each) => `/${name}/`.includes(`/${each}/`)),
  });
  for await (const file of ours) {
    looked += 1;
    for (const { type } of detectTokens(await readFile(resolve(ROOT, file), 'utf8'))) found.push(`${file}: ${type}`);
  }
  assert.ok(looked > 500, `${looked} files were looked at`);
  assert.deepEqual(found, []);
});
