import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { type ApiDocument, changesOf } from '../../scripts/api-changes/compare-documents.ts';
import { nextVersion } from '../../scripts/api-changes/next-version.ts';

/** A contract of one operation that reads and one that changes, whose parts a case of the table replaces. */
interface Parts {
  readonly request?: object;
  readonly answer?: object;
  readonly query?: object;
  readonly get?: object;
  readonly post?: object | undefined;
  readonly paths?: object;
}
const MODE = { type: 'string', default: 'plan' };
const REQUEST = {
  type: 'object',
  properties: {
    reason: { type: 'string', minLength: 1, maxLength: 500 },
    mode: { ...MODE, enum: ['plan', 'apply'] },
    when: {
      anyOf: [
        { type: 'string', const: 'now' },
        { type: 'string', format: 'date-time' },
      ],
    },
    people: { type: 'array', maxItems: 100, items: { type: 'object', properties: { oid: { type: 'string' } } } },
  },
  required: ['reason'],
  additionalProperties: false,
};
const ANSWER = {
  type: 'object',
  properties: {
    id: { type: 'string', format: 'uuid' },
    state: { type: 'string', enum: ['open', 'filed'] },
    note: { type: 'string' },
    of: { $ref: '#/components/schemas/Answer' },
    steps: { type: 'object', propertyNames: { type: 'string' }, additionalProperties: { type: 'string' } },
  },
  required: ['id', 'state'],
};
const json = (schema: object) => ({ 'application/json': { schema } });

function contract({
  request = REQUEST,
  answer = ANSWER,
  query = {},
  get = {},
  paths = {},
  ...more
}: Parts): ApiDocument {
  const shared = { security: [{ entra: [] }], 'x-roles': ['Read', 'Operate'] };
  const search = { in: 'query', name: 'search', schema: { type: 'string', maxLength: 100 }, ...query };
  const answers = {
    200: { content: json({ $ref: '#/components/schemas/Answer' }) },
    404: { content: { 'application/problem+json': { schema: { type: 'object' } } } },
  };
  const read = { operationId: 'read', ...shared, parameters: [search], responses: answers, ...get };
  const body = { required: true, content: json(request) };
  const change = { operationId: 'change', ...shared, requestBody: body, responses: answers };
  return {
    info: { version: '1.4.2' },
    paths: {
      '/x': { get: read, ...('post' in more && more.post === undefined ? {} : { post: { ...change, ...more.post } }) },
      ...paths,
    },
    components: { schemas: { Answer: answer } },
  } as ApiDocument;
}
const request = (properties: object, more: object = {}): Parts => ({
  request: { ...REQUEST, properties: { ...REQUEST.properties, ...properties }, ...more },
});
const answer = (properties: object, more: object = {}): Parts => ({
  answer: { ...ANSWER, properties: { ...ANSWER.properties, ...properties }, ...more },
});
const { note: _note, ...withoutNote } = ANSWER.properties;
const { mode: _mode, ...withoutMode } = REQUEST.properties;

const BREAKS: Readonly<Record<string, Parts>> = {
  'a method is gone': { post: undefined },
  'an operation has another name': { get: { operationId: 'other' } },
  'a status is gone': { get: { responses: { 200: { content: json({ $ref: '#/components/schemas/Answer' }) } } } },
  'an answer has another media type': {
    get: { responses: { 200: { content: { 'text/html': { schema: {} } } }, 404: {} } },
  },
  'a role is not let in any more': { get: { 'x-roles': ['Operate'] } },
  'a parameter is needed': { query: { required: true } },
  'a parameter is gone': { get: { parameters: [] } },
  'a new parameter is needed': {
    get: {
      parameters: [
        { in: 'query', name: 'search', schema: { type: 'string', maxLength: 100 } },
        { in: 'query', name: 'n', required: true, schema: { type: 'string' } },
      ],
    },
  },
  'a parameter may be shorter only': { query: { schema: { type: 'string', maxLength: 50 } } },
  'a request has a new member that is needed': request({ why: { type: 'string' } }, { required: ['reason', 'why'] }),
  'a member of a request is needed now': request({}, { required: ['reason', 'mode'] }),
  'a member of a request is gone': { request: { ...REQUEST, properties: withoutMode } },
  'a value is taken no more': request({ mode: { ...MODE, enum: ['plan'] } }),
  'a text becomes one of a list': request({ reason: { type: 'string', enum: ['left'] } }),
  'a member of a request has another type': request({ reason: { type: 'integer' } }),
  'a text must be longer': request({ reason: { type: 'string', minLength: 2, maxLength: 500 } }),
  'a text must be shorter': request({ reason: { type: 'string', minLength: 1, maxLength: 499 } }),
  'a text has a pattern': request({ reason: { type: 'string', minLength: 1, maxLength: 500, pattern: '^a' } }),
  'a list must be shorter': request({ people: { ...REQUEST.properties.people, maxItems: 50 } }),
  'a member inside a list has another type': request({
    people: { ...REQUEST.properties.people, items: { type: 'object', properties: { oid: { type: 'integer' } } } },
  }),
  'one of several forms is taken no more': request({ when: { anyOf: [{ type: 'string', const: 'now' }] } }),
  'what was left out means something else': request({
    mode: { ...MODE, enum: ['plan', 'apply'], default: 'apply' },
  }),
  'a member of an answer is gone': { answer: { ...ANSWER, properties: withoutNote } },
  'a member of an answer may be missing': answer({}, { required: ['id'] }),
  'a member of an answer has another type': answer({ note: { type: 'integer' } }),
  'a member of an answer has another form': answer({ id: { type: 'string', format: 'date' } }),
  'a member of an answer may be null': answer({ note: { anyOf: [{ type: 'string' }, { type: 'null' }] } }),
  'a value is told no more': answer({ state: { type: 'string', enum: ['open'] } }),
  'what a record holds has another type': answer({
    steps: { ...ANSWER.properties.steps, additionalProperties: { type: 'integer' } },
  }),
};

const ADDS: Readonly<Record<string, Parts>> = {
  'a path is new': { paths: { '/y': { get: { operationId: 'y', security: [], 'x-roles': [], responses: {} } } } },
  'one more role is let in': { get: { 'x-roles': ['Read', 'Operate', 'Approve'] } },
  'no role is needed any more': { get: { 'x-roles': [], 'x-any-role': true } },
  'a parameter takes more': { query: { schema: { type: 'string', maxLength: 200 } } },
  'a request may have a further member': request({ why: { type: 'string' } }),
  'a member of a request is not needed any more': request({}, { required: [] }),
  'one more value is taken': request({ mode: { ...MODE, enum: ['plan', 'apply', 'try'] } }),
  'a text may be longer': request({ reason: { type: 'string', minLength: 1, maxLength: 600 } }),
  'a text may be anything': request({ reason: { type: 'string' } }),
  'one more form is taken': request({ when: { anyOf: [...REQUEST.properties.when.anyOf, { type: 'integer' }] } }),
  'an answer has a further member': answer({ more: { type: 'string' } }),
  'a member of an answer is always there': answer({}, { required: ['id', 'state', 'note'] }),
  'one more value is told': answer({ state: { type: 'string', enum: ['open', 'filed', 'failed'] } }),
};

const SAME: Readonly<Record<string, Parts>> = {
  nothing: {},
  'words of a member': answer({ note: { type: 'string', description: 'what somebody said' } }),
  'the order of values and members': {
    ...request({ mode: { ...MODE, enum: ['apply', 'plan'] } }, { required: ['reason'] }),
    ...answer({}, { required: ['state', 'id'] }),
  },
};

const before = contract({});
const kindsOf = (parts: Parts): string[] => [...new Set(changesOf(before, contract(parts)).map(({ kind }) => kind))];
const versionOf = (parts: Parts): string => {
  const after = contract(parts);
  return nextVersion(before, after, changesOf(before, after));
};

describe('breaks whoever calls', () => {
  for (const [what, parts] of Object.entries(BREAKS))
    test(what, () => {
      assert.ok(kindsOf(parts).includes('breaking'));
      assert.equal(versionOf(parts), '2.0.0');
    });
});

describe('adds something', () => {
  for (const [what, parts] of Object.entries(ADDS))
    test(what, () => {
      assert.deepEqual(kindsOf(parts), ['addition']);
      assert.equal(versionOf(parts), '1.5.0');
    });
});

describe('changes nothing but', () => {
  for (const [what, parts] of Object.entries(SAME))
    test(what, () => {
      assert.deepEqual(kindsOf(parts), []);
      assert.equal(versionOf(parts), what === 'nothing' ? '1.4.2' : '1.4.3');
    });
});

test('a path that is gone breaks, with every operation of it named', () => {
  const wide = contract(ADDS['a path is new'] ?? {});
  assert.deepEqual(changesOf(wide, before), [{ kind: 'breaking', what: 'GET /y is gone' }]);
});

test('a change says where it is', () => {
  const parts = { ...BREAKS['a text must be shorter'], ...BREAKS['a value is told no more'] };
  assert.deepEqual(
    changesOf(before, contract(parts)).map(({ what }) => what),
    [
      'GET /x 200.state is "filed" no more',
      'POST /x body.reason has maxLength 499, and had 500',
      'POST /x 200.state is "filed" no more',
    ],
  );
});

test('every major version of docs/openapi.json but the first stands in docs/api-changes.md', () => {
  const read = (path: string): string => readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8');
  const { version } = (JSON.parse(read('openapi.json')) as ApiDocument).info;
  const accepted = read('api-changes.md');
  for (let major = 2; major <= Number(version.split('.')[0]); major += 1)
    assert.ok(accepted.includes(`- **${major}.0.0**: `), `why version ${major} breaks whoever calls`);
});
