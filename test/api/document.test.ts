import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { documentOf } from '../../src/api/document.ts';
import { ROUTES } from '../../src/api/routes/index.ts';

const committed = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as unknown;

test('docs/openapi.json is the document of the routes; scripts/write-openapi.ts writes it', () => {
  assert.deepEqual(JSON.parse(JSON.stringify(documentOf(ROUTES))), committed);
});
