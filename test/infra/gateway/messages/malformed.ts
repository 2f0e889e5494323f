import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../support/properties.ts';
import { assertPasses, assertRefused } from '../../support/gateway/assert-outcome.ts';
import { message, READ, toolCall, userToken, WRITE } from '../../support/gateway/callers.ts';
import { call, gateway } from './world.ts';

const MALFORMED: readonly [string, string][] = [
  ['an empty one', ''],
  ['what is not JSON', 'tools/call'],
  ['JSON that ends early', READ.slice(0, -1)],
  ['two messages in a row', `${READ}${READ}`],
  ['a number', '7'],
  ['a string', '"tools/call"'],
  ['null', 'null'],
  ['a message of another version', READ.replace('2.0', '1.0')],
  ['a message without a version', JSON.stringify({ id: 1, method: 'ping' })],
  ['a method that is not a text', JSON.stringify({ jsonrpc: '2.0', id: 1, method: ['tools/call'] })],
  ['neither method nor answer', JSON.stringify({ jsonrpc: '2.0', id: 1 })],
  ['an answer of another version', JSON.stringify({ jsonrpc: '1.0', id: 1, result: {} })],
  ['an answer without a version', JSON.stringify({ id: 1, result: {} })],
  [
    'an answer with a method that differs by case',
    JSON.stringify({ jsonrpc: '2.0', id: 1, result: {}, Method: 'tools/call', params: { name: 'delete_file' } }),
  ],
  [
    'a second method that differs by case',
    JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping', Method: 'tools/call' }),
  ],
  ['a method that stands twice', WRITE.replace('{', '{"method":"ping",')],
  ['a method that stands twice, once escaped', WRITE.replace('{', '{"m\\u0065thod" : "ping",')],
  ['a tool that stands twice', WRITE.replace('"name":', '"name":"list_issues","name":')],
  ['an argument that stands twice', WRITE.replace('"arguments":{', '"arguments":{"a":[{"b":"\\":","b":1}],')],
  ['an argument that stands twice by case', WRITE.replace('"arguments":{', '"arguments":{"a":{"path":1,"Path":2},')],
  ['a key that another parser folds', READ.replace('params', 'param\u017f')],
  ['the same key, escaped', READ.replace('params', 'param\\u017f')],
  ['a key with a NUL behind it', READ.replace('"params"', '"params\\u0000"')],
  ['a key of the protocol that is none', READ.replace('{', '{"extra":1,')],
  ['a key of other letters far below', WRITE.replace('"arguments":{', '"arguments":{"a":[[{"ä":1}]],')],
  ['a comment', READ.replace('{', '{/* */')],
  ['a comment at the end', `${READ}//`],
  ['single quotes', READ.replaceAll('"', "'")],
  ['a name without quotes', READ.replace('"method"', 'method')],
  ['a comma too many', READ.replace('}}}', '},}}')],
  ['no comma', READ.replace(',"id"', ' "id"')],
  ['a number with a plus', WRITE.replace('"x"', '+1')],
  ['a number with a zero before it', WRITE.replace('"x"', '01')],
  ['a number without digits behind the point', WRITE.replace('"x"', '1.')],
  ['a number that is none', WRITE.replace('"x"', 'NaN')],
  ['a number in base sixteen', WRITE.replace('"x"', '0x10')],
  ['a word that ends early', WRITE.replace('"x"', 'tru')],
  ['half of a surrogate pair', WRITE.replace('"x"', '"\\ud83d"')],
  ['the other half', WRITE.replace('"x"', '"\\ude00"')],
  ['an escape that is none', WRITE.replace('"x"', '"\\x41"')],
  ['an escape that ends early', WRITE.replace('"x"', '"\\u12"')],
  ['a line break in a text', WRITE.replace('"x"', '"a\nb"')],
  ['a byte order mark', `\ufeff${READ}`],
  ['a space that JSON has not', READ.replace('{', '{\u00a0')],
  ['brackets that cross', READ.replace('"arguments":{', '"arguments":[{').replace('}}}', '}}]}')],
  ['a message nested too deep', READ.replace('"/docs/plan.md"', `${'['.repeat(62)}${']'.repeat(62)}`)],
  [
    'an object of too many members',
    toolCall('read_file', Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`a${at}`, at]))),
  ],
  ['too many values to be looked at', toolCall('read_file', { paths: Array.from({ length: 10_001 }, () => '/a') })],
  ['a call without an id', READ.replace('"id":7,', '')],
  ['an id that is none', READ.replace('"id":7', '"id":7.5')],
  ['an answer that is also a call', READ.replace('{', '{"result":{},')],
  ['an answer and an error', JSON.stringify({ jsonrpc: '2.0', id: 1, result: {}, error: { code: 1, message: 'x' } })],
  ['parameters that are a list', message('tools/list', [])],
  ['arguments that are a list', message('tools/call', { name: 'get_x', arguments: [] })],
  ['a tool that differs by case', message('tools/call', { name: 'get_x', Name: 'delete_x' })],
];
for (const [what, body] of MALFORMED) {
  test(`malformed: ${what}`, async () => {
    const outcome = await gateway.call({
      policy: 'github',
      token: userToken('mcp.tools.write'),
      body,
    });
    assertRefused(outcome, 400, /"code":-32700/);
    assert.equal(JSON.parse(outcome.events[0]?.text ?? '').tool_name, '[malformed]');
  });
}

/** Keys are printable ASCII and differ by more than case; values are whatever JSON has. */
const key = fc.string({ unit: 'grapheme-ascii' }).map((text) => text.toLowerCase());
const { argumentsOf } = fc.letrec((tie) => ({
  argumentsOf: fc.dictionary(key, tie('value')),
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(null, true, false, 0, -0.5, 1e300),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('argumentsOf'),
  ),
})) as { argumentsOf: fc.Arbitrary<Record<string, unknown>> };

test('a message nested as deep as may be passes', async () => {
  assertPasses(
    await call(userToken('mcp.tools.read'), READ.replace('"/docs/plan.md"', `${'['.repeat(61)}${']'.repeat(61)}`)),
  );
});

test('whatever JSON the arguments are, a message that names everything once passes', () =>
  fc.assert(
    fc.asyncProperty(argumentsOf, fc.nat(3), async (args, indent) => {
      const body = JSON.stringify(JSON.parse(toolCall('get_file_contents', args)), undefined, indent);
      assertPasses(await call(userToken('mcp.tools.read'), body));
    }),
    { numRuns: 60 },
  ));
