import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { STEPS } from '../../src/steps/registry.ts';

test('the page knows every step by the title that the report gives it, in the same order', () => {
  const source = readFileSync(join(import.meta.dirname, '../../console/src/pages/case/report.ts'), 'utf8');
  const [, listed = ''] = /^const TITLES: .*= \{\n([\s\S]*?)^\};/m.exec(source) ?? [];
  const named = [...listed.matchAll(/^ {2}'?([a-z-]+)'?: '(.+)',$/gm)].map(([, name, title]) => [name, title]);
  assert.deepEqual(
    named,
    STEPS.map(({ name, title }) => [name, title]),
  );
});
