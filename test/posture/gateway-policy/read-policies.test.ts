import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPolicies } from '../../../src/posture/gateway-policy/read-policies.ts';
import { fc } from '../../support/properties.ts';

const PARTS = { fragments: new Map(), namedValues: new Map() };
const facts = (text: string) => readPolicies([{ id: 'a', of: 'API a', text }], PARTS);
const policy = (inbound: string): string => `<policies><inbound>${inbound}</inbound><on-error /></policies>`;
const TO = (backend: string): string => `<set-backend-service backend-id="${backend}" />`;
const GUARD = '<validate-jwt header-name="Authorization"><issuers><issuer>x</issuer></issuers></validate-jwt>';

test('whatever stands around a check is no text of it, and hides none', () => {
  const pieces = [
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '@(',
    '@{',
    ')',
    '}',
    '"',
    "'",
    '/*',
    '*/',
    '//',
    '\n',
    '{{',
    '}}',
  ];
  const piece = fc.constantFrom(...pieces, '$"', '@"', '\\', '<choose>', '</choose>', '<when condition="', 'x', ' ');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), fc.constantFrom('attribute', 'text', 'comment'), (all, where) => {
      const noise = all.join('');
      const holder =
        where === 'attribute'
          ? `<trace source="${noise}" />`
          : where === 'text'
            ? `<trace>${noise}</trace>`
            : `<!-- ${noise} -->`;
      const { checks, unread } = facts(policy(`${holder}${GUARD}`));
      // Read with its check, or not read at all: never read without it, and never with two.
      assert.equal(unread.length > 0 || checks.length === 1, true, noise);
    }),
    { numRuns: 2_000 },
  );
});

test('a check that stands in a literal, a comment or a CDATA section is none', () => {
  const hidden = [
    `<trace source='@("${GUARD.replaceAll('"', String.raw`\"`)}")' />`,
    `<trace source="@{ /* ${GUARD} */ return 1; }" />`,
    `<trace>@("${GUARD.replaceAll('"', String.raw`\"`)}")</trace>`,
    `<!-- ${GUARD} -->`,
    `<trace><![CDATA[${GUARD}]]></trace>`,
  ];
  for (const each of hidden) {
    const { checks, unread } = facts(policy(each));
    assert.deepEqual([checks.length, unread], [0, []], each);
  }
});

test('a backend section may say anew where a request goes, and what it holds that nobody can read', () => {
  const read = (backend: string, partly?: true) =>
    readPolicies(
      [
        {
          id: 'a',
          of: 'API a',
          text: `<policies><inbound>${TO('One')}</inbound><backend>${backend}</backend></policies>`,
        },
      ],
      { ...PARTS, ...(partly && { partly }) },
    );
  const situations: readonly (readonly [
    string,
    targets: readonly string[],
    unread: readonly string[],
    incomplete: boolean,
  ])[] = [
    [TO('two'), ['one', 'two'], [], false],
    [TO('one'), ['one'], [], false],
    ['<other backend-id="three" />', ['one'], [], false],
    ['text', ['one'], ['The policy of API a holds text among policies, which the app cannot read.'], false],
  ];
  for (const [backend, targets, unread, incomplete] of situations) {
    const facts = read(backend);
    assert.deepEqual([facts.targets, facts.unread, facts.incomplete], [targets, unread, incomplete], backend);
  }
  const { unread, incomplete } = read('<include-fragment fragment-id="x" />', true);
  assert.deepEqual([unread, incomplete], [[], true], 'of what was not had the reading says so');
});

test('no policy is so deep or so long that its ways cannot be told', () => {
  const branch = (inner: string, at: number): string =>
    `<choose><when condition="@((string)context.Variables["v${at}"] == "")">${inner}</when></choose>`;
  const wide = Array.from({ length: 40 }, (_, at) => branch('<set-header name="x"><value>1</value></set-header>', at));
  assert.equal(facts(policy(wide.join(''))).limited, 'never');
});
