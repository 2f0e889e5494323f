import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRouter } from '../../../local/host/triggers/http-routes.ts';
import { fc } from '../../support/properties.ts';

const router = (...templates: string[]) =>
  createRouter(templates.map((template) => ({ template, methods: ['GET'], target: template })));

for (const [templates, path, target, params] of [
  [['api/cases/{id}'], '/api/cases/1', 'api/cases/{id}', { id: '1' }],
  [['api/cases/{id}', 'api/cases/new'], '/API/Cases/NEW', 'api/cases/new', {}],
  [['a/{x}', 'a/{x:int}'], '/a/7', 'a/{x:int}', { x: '7' }],
  [['a/{x}', 'a/{x:int}'], '/a/seven', 'a/{x}', { x: 'seven' }],
  [['a/{*rest}', 'a/{x}'], '/a/b', 'a/{x}', { x: 'b' }],
  [['a/{*rest}'], '/a/b/c', 'a/{*rest}', { rest: 'b/c' }],
  [['a/{*rest}'], '/a', 'a/{*rest}', {}],
  [['a/{x=1}'], '/a', 'a/{x=1}', { x: '1' }],
  [['a/{x:guid}'], '/a/not-a-guid', undefined, {}],
  [['a/{x:length(3)}'], '/a/abc', 'a/{x:length(3)}', { x: 'abc' }],
  [['a/{x:range(1,5)}'], '/a/6', undefined, {}],
  [['a/{x:regex(^v\\d$)}'], '/a/v1', 'a/{x:regex(^v\\d$)}', { x: 'v1' }],
  [['a'], '/a/b', undefined, {}],
] as const) {
  test(`${path} against ${templates.join(', ')} ${target === undefined ? 'is not found' : `is ${target}`}`, () => {
    const match = router(...templates)('GET', path);
    assert.equal(match?.target, target);
    assert.deepEqual({ ...match?.params }, params);
  });
}

test('a template that the host cannot serve is refused at once', () => {
  assert.throws(() => router('a/{x}.json'), /not supported/);
  assert.throws(() => router('a/{x:unheard}'), /not supported/);
});

test('any text goes through a parameter unchanged', () => {
  const route = router('files/{name}');
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
      assert.equal(route('GET', `/files/${encodeURIComponent(name)}`)?.params.name, name);
    }),
  );
});
