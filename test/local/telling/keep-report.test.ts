import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { keepReport } from '../../../local/telling/keep-report.ts';

const parent = mkdtempSync(join(tmpdir(), 'reports-'));
after(() => rmSync(parent, { recursive: true, force: true }));

test('each run of the demo keeps its report beside the earlier ones, also of two that end in the same second', async () => {
  const generatedAt = '2026-11-29T18:34:28.120Z';
  const first = await keepReport(parent, { generatedAt }, async (file) => `first ${file}`);
  const second = await keepReport(parent, { generatedAt }, async (file) => `second ${file}`);
  assert.deepEqual(readdirSync(parent), ['2026-11-29T18-34-28', '2026-11-29T18-34-28-2']);
  for (const file of ['report.html', 'report.md', 'report.json']) {
    assert.equal(readFileSync(join(first, file), 'utf8'), `first ${file}`);
    assert.equal(readFileSync(join(second, file), 'utf8'), `second ${file}`);
  }
});
