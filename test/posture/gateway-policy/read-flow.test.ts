import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FlowFactsSchema, readFlow } from '../../../src/posture/gateway-policy/read-flow.ts';
import { elements } from '../support/policy-xml.ts';

const read = (inbound: string, onError = '') => readFlow(elements(inbound), elements(onError));
const CHECK = '<validate-azure-ad-token tenant-id="t" output-token-variable-name="jwt" />';
const limit = (calls: number, key: string): string =>
  `<rate-limit-by-key calls="${calls}" renewal-period="60" counter-key='@(${key})' />`;
const OID = '((Jwt)context.Variables["jwt"]).Claims["oid"].First()';
const ENOUGH = CHECK + limit(50, OID);
const when = (condition: string, inner: string, otherwise = ''): string =>
  `<choose><when condition='@(${condition})'>${inner}</when>${otherwise && `<otherwise>${otherwise}</otherwise>`}</choose>`;
const REFUSE = '<return-response><set-status code="403" /></return-response>';

const set = (name: string, value: string): string => `<set-variable name="${name}" value='@(${value})' />`;
const ask = (variable: string): string => `<send-request mode="new" response-variable-name="${variable}" />`;
const header = (name: string): string => `<set-header name="${name}"><value>x</value></set-header>`;
const EMPTY = '(string)context.Variables["a"] == ""';
const WHO = '(string)context.Variables["who"]';

test('a request gets to the backend unless each of its ways is answered before', () => {
  const situations: readonly (readonly [string, string, forwards: boolean])[] = [
    ['nothing', '', true],
    ['an answer', REFUSE, false],
    ['a mocked one', '<mock-response />', false],
    ['an answer in a branch', when('x', REFUSE), true],
    ['an answer in both branches', when('x', REFUSE, REFUSE), false],
    ['an answer after it was forwarded', `<forward-request />${REFUSE}`, true],
    [
      'two conditions that cannot both fail',
      when('(string)context.Variables["a"] == ""', REFUSE) + when('(string)context.Variables["a"] != ""', REFUSE),
      false,
    ],
    [
      'a variable that is set between',
      `${when('(string)context.Variables["a"] == ""', REFUSE)}<set-variable name="a" value="" />${when('(string)context.Variables["a"] != ""', REFUSE)}`,
      true,
    ],
  ];
  for (const [what, inbound, forwards] of situations) assert.equal(read(inbound).forwards, forwards, what);
});

test('a limit counts where every way to the backend has passed it', () => {
  const situations: readonly (readonly [string, string, string])[] = [
    ['by the checked token', ENOUGH, 'always'],
    ['none', CHECK, 'never'],
    ['too high', CHECK + limit(51, OID), 'never'],
    ['before the check', limit(50, OID) + CHECK, 'unclear'],
    ['in a branch', CHECK + when('x', limit(50, OID)), 'sometimes'],
    ['in a branch whose ways are refused', CHECK + when(EMPTY, limit(50, OID)) + when(EMPTY, REFUSE), 'never'],
    ['in both branches', CHECK + when('x', limit(50, OID), limit(50, OID)), 'always'],
    ['in a branch, and the other is refused', CHECK + when('x', limit(50, OID), REFUSE), 'always'],
    ['after it was forwarded', `${CHECK}<forward-request />${limit(50, OID)}`, 'sometimes'],
    ['by an address', CHECK + limit(50, 'context.Request.IpAddress'), 'never'],
    ['before the check of a branch', when('x', CHECK) + limit(50, OID), 'unclear'],
    ['by what a variable was given', `${CHECK}${set('who', OID)}${limit(50, WHO)}`, 'always'],
    [
      'by a variable that a header is named after',
      `${CHECK}${set('who', OID)}${header('who')}${limit(50, WHO)}`,
      'always',
    ],
    ['by a variable that holds an answer since', `${CHECK}${set('who', OID)}${ask('who')}${limit(50, WHO)}`, 'unclear'],
    ['by a variable without a value', `${CHECK}<set-variable name="who" />${limit(50, WHO)}`, 'unclear'],
    ['by a variable that a branch sets', CHECK + when('x', set('who', OID)) + limit(50, WHO), 'unclear'],
    ['by a variable that the other branch sets', CHECK + when('x', '', set('who', OID)) + limit(50, WHO), 'unclear'],
    ['by a token that holds an answer since', CHECK + ask('jwt') + limit(50, OID), 'unclear'],
    ['within limits of its own', `${CHECK}<limit-concurrency key="a">${limit(50, OID)}</limit-concurrency>`, 'always'],
    ['some ways by what nobody understands', CHECK + when('x', limit(50, OID), limit(50, `y + ${WHO}`)), 'unclear'],
    ['a request that is never forwarded', REFUSE, 'always'],
    ['within a wait', `${CHECK}<wait>${limit(50, OID)}</wait>`, 'sometimes'],
    ['within a retry, which is done once', `${CHECK}<retry condition="@(true)">${limit(50, OID)}</retry>`, 'always'],
  ];
  for (const [what, inbound, limited] of situations) assert.equal(read(inbound).limited, limited, what);
});

test('a check is told with whether it stands in a branch, and what is done before it', () => {
  const { checks, steps } = read(
    `<set-header name="Authorization"><value>x</value></set-header>${when('x', CHECK)}${CHECK}`,
  );
  assert.deepEqual(
    checks.map(({ conditional }) => conditional),
    [true, false],
  );
  const [header] = steps;
  assert.deepEqual([header?.kind, header?.header, header?.conditional], ['writes-header', 'authorization', false]);
  assert.ok((header?.at ?? 9) < (checks[0]?.at ?? 0));
});

test('a check in whichever branch is told to stand in one', () => {
  const situations: readonly (readonly [string, readonly boolean[]])[] = [
    [CHECK, [false]],
    [`<retry condition="@(true)">${CHECK}</retry>`, [false]],
    [when('x', CHECK, CHECK), [true, true]],
    [`<choose>${CHECK}</choose>`, [true]],
    [`<wait>${CHECK}</wait>`, [true]],
    [when('x', REFUSE, REFUSE) + CHECK, []],
  ];
  for (const [inbound, conditional] of situations)
    assert.deepEqual(
      read(inbound).checks.map((each) => each.conditional),
      conditional,
      inbound,
    );
});

test('what is done to a request is told in its order', () => {
  const { steps, onError, targets, incomplete, unread } = read(
    `${header('X-Trace')}${when('x', '<cache-lookup />')}<authentication-basic />${header('@(y)')}<forward-request />`,
  );
  assert.deepEqual(steps, [
    { kind: 'writes-header', at: 1, conditional: false, header: 'x-trace' },
    { kind: 'answers-from-cache', at: 3, conditional: true },
    { kind: 'writes-header', at: 4, conditional: false, header: 'authorization' },
    { kind: 'writes-header', at: 5, conditional: false, header: '*' },
    { kind: 'forwards', at: 6, conditional: false },
  ]);
  assert.deepEqual([onError, targets, incomplete, unread], [[], [], false, []]);
});

test('whatever lets a request or an answer past a later check is a step', () => {
  const kinds = (inbound: string): readonly string[] => read(inbound).steps.map(({ kind }) => kind);
  assert.deepEqual(kinds('<forward-request />'), ['forwards']);
  for (const cache of ['cache-lookup', 'llm-semantic-cache-lookup', 'azure-openai-semantic-cache-lookup'])
    assert.deepEqual(kinds(`<${cache} />`), ['answers-from-cache']);
  for (const credential of ['authentication-basic', 'authentication-managed-identity'])
    assert.deepEqual(kinds(`<${credential} />`), ['writes-header']);
  assert.deepEqual(kinds('<send-one-way-request mode="copy" />'), ['copies']);
  assert.deepEqual(kinds(`<send-one-way-request mode="new" />${REFUSE}`), []);
  assert.deepEqual(kinds(`<send-request />${REFUSE}`), ['answers-from-elsewhere']);
  assert.deepEqual(kinds('<send-request /><mock-response />'), ['answers-from-elsewhere']);
  assert.deepEqual(kinds('<send-request mode="copy" response-variable-name="r" />'), ['copies']);
  assert.deepEqual(kinds('<send-request mode="new" response-variable-name="r" />'), []);
  assert.deepEqual(kinds(`<send-request mode="new" response-variable-name="r" />${REFUSE}`), [
    'answers-from-elsewhere',
  ]);
  assert.deepEqual(kinds('<set-header name="Authorization" exists-action="delete" />'), []);
  assert.deepEqual(read('', '<choose><when condition="@(true)"><forward-request /></when></choose>').onError, [
    'forwards',
  ]);
  assert.deepEqual(read('', '<send-request /><set-body>x</set-body>').onError, ['answers-from-elsewhere']);
  assert.deepEqual(read('', `<send-request />${REFUSE}`).onError, ['answers-from-elsewhere']);
  for (const quiet of ['<set-body>x</set-body>', '<send-request />', REFUSE])
    assert.deepEqual(read('', quiet).onError, []);
});

test('an element that the app does not know and that holds what matters is not read over', () => {
  assert.match(read(`<new-thing>${CHECK}</new-thing>`).unread.join(), /<new-thing> holds policies/);
  assert.deepEqual(read('<new-thing><value>x</value></new-thing>').unread, []);
  const missing = { name: '#unread', attributes: {}, children: [], text: { kind: 'literal', text: '' } } as const;
  assert.equal(readFlow([missing], []).incomplete, true);
  assert.equal(readFlow([], [missing]).incomplete, true);
  const { text: _, ...untold } = missing;
  assert.equal(readFlow([untold], []).incomplete, true);
  const said = readFlow([{ ...missing, text: { kind: 'literal', text: 'It holds x.' } }], []);
  assert.deepEqual([said.incomplete, readFlow([], []).incomplete], [false, false]);
  assert.deepEqual(readFlow([{ ...missing, text: { kind: 'literal', text: 'It holds x.' } }], []).unread, [
    'It holds x.',
  ]);
});

test('what is told of a policy has its shape, and says where it forwards once', () => {
  const facts = read('<set-backend-service backend-id="Files" /><set-backend-service backend-id="files" />');
  assert.deepEqual(facts.targets, ['files']);
  assert.deepEqual(FlowFactsSchema.parse(facts), facts);
});
