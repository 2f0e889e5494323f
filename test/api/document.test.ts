import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { documentOf } from '../../src/api/document.ts';
import { ROUTES } from '../../src/api/routes/index.ts';
import { faultsOfDocument, type Json } from './support/document-rules.ts';

const text = readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
const committed = (): Json => JSON.parse(text) as Json;

test('docs/openapi.json is the document of the routes; scripts/pages/write-openapi.ts writes it', () => {
  assert.deepEqual(JSON.parse(JSON.stringify(documentOf(ROUTES))), committed());
});

test('it is a document of OpenAPI 3.1, and every schema in it is one of JSON Schema 2020-12', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(committed());
  assert.deepEqual([valid, validator.version], [true, '3.1'], JSON.stringify(errors));
  const ajv = new Ajv2020({ strict: false });
  const schemas = schemasIn(committed());
  assert.ok(schemas.length > 100);
  for (const schema of schemas) assert.ok(ajv.validateSchema(schema), ajv.errorsText());
});

test('every operation has an id of its own, a summary, a tag and roles, every value a type, and every refusal is a problem', () => {
  assert.deepEqual(faultsOfDocument(committed()), []);
});

/** What somebody may spoil, and what must be said of it. `at` leads to the object that is changed. */
const SPOILED: readonly (readonly [at: readonly string[], change: Json, said: RegExp])[] = [
  [['paths', '/api/me', 'get'], { operationId: 'getDoctor' }, /the id getDoctor is there twice/],
  [['paths', '/api/me', 'get'], { operationId: 'get me' }, /GET \/api\/me has no id/],
  [['paths', '/api/me', 'get'], { summary: undefined }, /GET \/api\/me has no summary/],
  [['paths', '/api/me', 'get'], { tags: ['Others'] }, /GET \/api\/me has not one tag/],
  [['paths', '/api/me', 'get'], { 'x-roles': undefined }, /GET \/api\/me does not say who/],
  [['paths', '/api/cases', 'get'], { 'x-roles': [] }, /GET \/api\/cases names no role/],
  [['paths', '/api/health', 'get'], { 'x-roles': ['Offboarding.Read'] }, /names a role and needs none/],
  [['paths', '/api/cases/{id}', 'get'], { parameters: [] }, /does not describe \{id\}/],
  [['paths', '/api/people', 'get', 'parameters', '0'], { schema: {} }, /parameter search has no type/],
  [['paths', '/api/pause', 'post', 'responses'], { 415: undefined }, /POST \/api\/pause does not know 415/],
  [
    ['paths', '/api/pause', 'post', 'responses', '403'],
    { content: { 'text/plain': { schema: {} } } },
    /403 with something/,
  ],
  [['paths', '/api/pause', 'post', 'responses', '200'], { content: undefined }, /answers 200 with nothing/],
  [['paths', '/api/me', 'get', 'responses', '200'], { description: '' }, /does not describe 200/],
  [['components', 'schemas', 'Case', 'properties'], { state: { description: 'x' } }, /Case\.state has no type/],
];
for (const [at, change, said] of SPOILED)
  test(`the rules see it: ${said.source}`, () => {
    const document = committed();
    const place = at.reduce((inside: unknown, name) => (inside as Json)[name], document);
    Object.assign(place as object, change);
    const spoiled = JSON.parse(JSON.stringify(document)) as Json;
    assert.match(faultsOfDocument(spoiled).join('\n'), said);
  });

function schemasIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => {
    const isSchema = name === 'schema' || name === 'schemas';
    const here = !isSchema ? [] : name === 'schema' ? [inside as object] : Object.values(inside as object);
    return [...here, ...(isSchema ? [] : schemasIn(inside))];
  });
}
