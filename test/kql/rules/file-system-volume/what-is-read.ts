import assert from 'node:assert/strict';
import { test } from 'node:test';
import { many } from '../../support/run-rule.ts';
import { MORNING, reported } from './world.ts';

test('the tools of today’s reference server are known by what the gateway took them for, whatever they are called', () => {
  for (const tool of ['read_text_file', 'read_multiple_files', 'directory_tree', 'list_directory_with_sizes', 'peek']) {
    assert.equal(reported(many(101, MORNING, () => ({ tool, toolClass: 'read' })))[0]?.calls, 101, tool);
    assert.equal(reported(many(101, MORNING, () => ({ tool, toolClass: 'secrets' })))[0]?.calls, 101, tool);
  }
});

test('rows from before the gateway logged a class are known by the names of tools', () => {
  const older = (tool: string) => reported(many(101, MORNING, () => ({ tool, toolClass: '' }))).length;
  for (const tool of ['read_file', 'read_text_file', 'read_media_file', 'list_directory', 'search_files']) {
    assert.equal(older(tool), 1, tool);
  }
  assert.deepEqual([older('write_file'), older('peek'), older('[unread]')], [0, 0, 0]);
});

test('refused calls read nothing, and a hundred read among them are not one more', () => {
  for (const status of [401, 403, 404, 429, 500]) {
    assert.deepEqual(reported(many(200, MORNING, () => ({ status }))), [], String(status));
    const rows = [...many(100, MORNING), ...many(1, '2026-10-15T09:30:00Z', () => ({ status }))];
    assert.deepEqual(reported(rows), [], String(status));
  }
  assert.equal(reported(many(101, MORNING, () => ({ status: 202 }))).length, 1);
});

test('what the gateway writes of arguments has the same directories: path=, paths= with several, and [none]', () => {
  const files = (index: number) => ({ resource: `path=/d/${index}/f` });
  assert.deepEqual(reported(many(20, MORNING, files)), []);
  assert.equal(reported(many(21, MORNING, files))[0]?.directories, 21);
  const several = Array.from({ length: 21 }, (_, index) => `/d/${index}/f`).join(', ');
  const call = (resource: string) => many(1, MORNING, () => ({ tool: 'read_multiple_files', resource }));
  assert.equal(reported(call(`paths=${several}`))[0]?.directories, 21);
  const twenty = many(20, MORNING, (index) => ({ resource: `path=/d/${index}/f` }));
  // The same directory as it was written before, and calls about nothing.
  assert.deepEqual(reported([...twenty, ...many(1, MORNING, () => ({ resource: '/d/3/g' }))]), []);
  const about = (resource: string) => many(1, MORNING, () => ({ tool: 'list_allowed_directories', resource }));
  assert.deepEqual(reported([...twenty, ...about('[none]')]), []);
  assert.equal(reported([...twenty, ...about('path=/e')])[0]?.directories, 21);
});

test('a call for several documents counts as many, and as many as the gateway says where it could not write them all', () => {
  const call = (resource: string, count = 1) => many(count, MORNING, () => ({ tool: 'read_multiple_files', resource }));
  const paths = (count: number) =>
    `path=/d; paths=${Array.from({ length: count }, (_, index) => `/d/${index}`).join(', ')}`;
  assert.deepEqual(reported(call(paths(100))), []);
  assert.equal(reported(call(paths(101)))[0]?.calls, 101);
  assert.equal(reported(call('paths=/d/./././f, /d/g... [100 in all]; owner=x'))[0]?.calls, 100);
  assert.deepEqual(reported(call('paths=/d/f, /d/g... [20 in all]', 5).slice(0, 1)), []);
  // Two lists add up, and items of a list in any argument are told apart.
  assert.equal(reported(call(`${paths(60)}; file_path=/d/a, /d/b... [41 in all]`))[0]?.calls, 101);
  const roots = Array.from({ length: 101 }, (_, index) => `/d/${index}`).join(', ');
  assert.equal(reported(call(`path=${roots}`))[0]?.calls, 101);
  assert.deepEqual(reported(many(100, MORNING, () => ({ resource: 'path=/d/Moreau, Alex.pdf' }))), []);
  assert.equal(reported(call(paths(2), 51))[0]?.calls, 102);
});

test('documents of a list that the log has no room for may each lie in a directory of their own', () => {
  const listed = (inAll: number, first = '/d/f, /d/g') =>
    reported(
      many(1, MORNING, () => ({ tool: 'read_multiple_files', resource: `paths=${first}... [${inAll} in all]` })),
    );
  // One for both that are seen, of which the last may be cut, and so is one of its own; and those that are not seen.
  assert.deepEqual(listed(20), []);
  assert.deepEqual(listed(21)[0]?.directories, 21);
  assert.deepEqual(listed(20, `/d/${'./'.repeat(240)}`), []);
  assert.deepEqual(listed(21, `/d/${'./'.repeat(240)}`)[0]?.directories, 21);
});

test('a call that names documents by an argument each counts as many, those that the gateway left out too', () => {
  const calls = (resource: string) => reported(many(1, MORNING, () => ({ resource })))[0]?.calls;
  const each = (count: number) => Array.from({ length: count }, (_, index) => `path=/d/${index}`).join('; ');
  assert.equal(calls(each(100)), undefined);
  assert.equal(calls(each(101)), 101);
  assert.equal(calls(`${each(90)}; [11 more]`), 101);
  assert.equal(calls(`repo=x; ${each(90)}; [10 more]`), undefined);
  assert.equal(calls('path=/d/f; owner=x; [19 more]'), undefined);
  assert.equal(Number(calls('x_paths=/d/f, /d/g... [cut]')) > 100, true);
});

test('what the items of a list say of its number does not count', () => {
  const items = Array.from({ length: 101 }, (_, index) => `/d/${index}`);
  for (const said of ['[0 in all]', '[1 in all]', '... [1 in all]', '[99999999999999999999 in all]']) {
    for (const list of [
      [`/d/x ${said}`, ...items],
      [...items, `/d/x ${said}`],
    ]) {
      const resource = `paths=${list.join(', ')}`;
      assert.equal(reported(many(1, MORNING, () => ({ resource })))[0]?.calls, 102, said);
    }
  }
});

// A semicolon is written as three characters, and what looks like a credential is cut out with what follows it.
for (const [how, resource] of [
  ['semicolons that push it out', `paths=/a${'%3B'.repeat(199)}... [540 characters]`],
  ['a key that is cut out', 'paths=/d/[private key]'],
  ['a key that is cut out up to a dash', 'paths=/d/[private key]-x, /d/y'],
  ['a key that is cut out as the detector names it', 'paths=/d/[private-key token]'],
  ['a service account’s key', 'paths=/d/[gcp-service-account-key token]'],
  ['a code that takes the comma along', 'paths=/d/x?code=[redacted] /d/y'],
  ['a token that takes the comma along', 'paths=/d/x?sig=[azure-sas token] /d/y'],
  ['a password in quotation marks', 'paths=/d/"password": "[redacted]'],
  ['a cookie', 'paths=/d/cookie: [redacted] /d/x'],
  ['a key in another argument', 'uri=[private key]'],
  ['more than the table takes', `uri=${'a'.repeat(600)}; path=/d… [cut, 9000 characters]`],
] as const) {
  test(`what lost its number by ${how} is more than anybody may read`, () => {
    assert.ok(Number(reported(many(1, MORNING, () => ({ resource })))[0]?.calls) > 100);
  });
}

test('a name that looks like a credential, or a URL with one, is a path like another', () => {
  for (const resource of ['paths=/d/[redacted], /d/g', 'path=/d/x?token=[redacted]', 'path=/app/[id]/page.tsx']) {
    assert.deepEqual(reported(many(50, MORNING, () => ({ resource }))), [], resource);
  }
});

test('a resource that is read without a tool is read, and lies in its directory', () => {
  const read = (index: number) => ({
    tool: '[resources/read]',
    toolClass: 'read',
    resource: `uri=file:///d/${index % 21}/f`,
  });
  assert.deepEqual(reported(many(20, MORNING, read)), []);
  assert.equal(reported(many(101, MORNING, read))[0]?.calls, 101);
  assert.equal(reported(many(21, MORNING, read))[0]?.directories, 21);
});

for (const slash of ['%2F', '%2f', '%5C', '%252F'])
  test(`a slash that is written ${slash} ends a directory too`, () => {
    const read = (index: number) => ({
      tool: '[resources/read]',
      toolClass: 'read',
      resource: `uri=file:///d${slash}${index}${slash}f`,
    });
    assert.equal(reported(many(21, MORNING, read))[0]?.directories, 21);
  });

test('paths that are too long for the log are taken for places of their own', () => {
  const cut = `path=/d${'/.'.repeat(280)}... [700 characters]`;
  assert.deepEqual(reported(many(20, MORNING, () => ({ resource: cut }))), []);
  assert.equal(reported(many(21, MORNING, () => ({ resource: cut })))[0]?.directories, 21);
});
