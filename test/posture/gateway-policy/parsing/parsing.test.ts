import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CSharpFault, compact, endOfBrackets } from '../../../../src/posture/gateway-policy/parsing/csharp.ts';
import {
  ELSEWHERE,
  headerWritten,
  isTokenCheck,
  MATTERS,
  targetsOf,
  within,
} from '../../../../src/posture/gateway-policy/parsing/elements.ts';
import { PLACEHOLDER, takeOutExpressions } from '../../../../src/posture/gateway-policy/parsing/expressions.ts';
import { parsePolicy } from '../../../../src/posture/gateway-policy/parsing/parse-policy.ts';
import {
  afterLimit,
  afterSetting,
  distinct,
  FIRST_PATH,
  type Path,
  where,
} from '../../../../src/posture/gateway-policy/parsing/paths.ts';
import { element } from '../../support/policy-xml.ts';

test('a bracket ends where C# ends it: what stands in texts, characters and comments closes nothing', () => {
  for (const code of [
    '(a)',
    '(a(b)[c]{d})',
    '(")")',
    String.raw`("\")")`,
    "(')')",
    '(@"a"")")',
    String.raw`(@"c:\")`,
    String.raw`(@"a""\")`,
    '(/*/ ) */)',
    '(@"a\nb")',
    String.raw`($"\")")`,
    '($"a}})")',
    '($"{f(")")}")',
    '($"{{)")',
    '(/* ) */)',
    '(a // )\n)',
  ])
    assert.equal(endOfBrackets(`${code} and more`, 0), code.length, code);
  for (const code of [
    '(a',
    '(a]',
    '("a',
    '(/* a',
    '(@"a',
    "('a",
    '($@"{a}")',
    '(@$"{a}")',
    '(@$"a")',
    '($@"a")',
    '("a\n")',
    '($"a',
    '($"a\n")',
    '(a // )',
  ])
    assert.throws(() => endOfBrackets(code, 0), CSharpFault, code);
});

test('what says the same is the same text, and nothing in a literal is touched', () => {
  assert.equal(compact('a . b ( c )  // why\n'), 'a.b(c)');
  assert.equal(compact('return /* x */ oid ;'), 'return oid;');
  assert.equal(compact('out   oid'), 'out oid');
  assert.equal(compact('return   /* a */   oid'), 'return oid');
  assert.equal(compact('"a  //b" + x'), '"a  //b"+x');
  assert.equal(compact('a // to the end'), 'a');
  assert.equal(compact('x + @"a\n //b"'), 'x+@"a\n //b"');
  for (const code of ['"a', 'a /* b', String.raw`@"a\""`]) assert.throws(() => compact(code), CSharpFault, code);
});

test('C# is taken out of attributes and texts, and out of nothing else', () => {
  const { xml, expressions } = takeOutExpressions('<a b="@(x < "1")" c=\'@{ return 2; }\'> @(y)</a>');
  assert.deepEqual(expressions, ['x < "1"', ' return 2; ', 'y']);
  assert.equal(xml.replaceAll(new RegExp(PLACEHOLDER, 'g'), '#$1'), '<a b="#0" c=\'#1\'> #2</a>');
  for (const source of [
    "<!-- '@(x)' --><!-- a --><a><![CDATA[a]]><![CDATA[b]]></a>",
    '<!-- @(x) --><a />',
    '<a><![CDATA[@(x)]]></a>',
    '<a><![CDATA["@(x)"]]></a>',
    '<a>x "@(y)"</a>',
    '<a b="x @(y)" />',
    '<a b="mail@(x" />',
  ])
    assert.deepEqual(takeOutExpressions(source).expressions, [], source);
  for (const source of [
    '<a b="\uE0000\uE001" />',
    '<a b="&#xE000;" />',
    '<a b="&#57344;" />',
    '<!-- a',
    '<a b="@(x" />',
  ])
    assert.throws(() => takeOutExpressions(source), CSharpFault, source);
});

test('a policy is read strictly, and what is neither XML nor C# is said to be unreadable', () => {
  assert.deepEqual(parsePolicy('<a b=" 1 ">\n <c>@(x > 1)</c> </a>'), {
    root: {
      ...{ name: 'a', attributes: { b: { kind: 'literal', text: '1' } } },
      children: [{ name: 'c', attributes: {}, children: [], text: { kind: 'expression', text: 'x > 1' } }],
    },
  });
  assert.deepEqual(parsePolicy('<a b=" @(x) " c="mail@(x"><![CDATA[ mail@(x]]></a>'), {
    root: {
      ...{ name: 'a', children: [], text: { kind: 'literal', text: 'mail@(x' } },
      attributes: { b: { kind: 'expression', text: 'x' }, c: { kind: 'literal', text: 'mail@(x' } },
    },
  });
  assert.deepEqual(parsePolicy('<a>'), { unreadable: 'no XML (unclosed tag: a)' });
  const unreadable: readonly (readonly [string, RegExp])[] = [
    ['<a><!-- b -->@(x)</a>', /behind a comment/],
    ['', /./],
    ['<a>', /no XML/],
    ['<a b="1" b="2" />', /no XML/],
    ['<!DOCTYPE a><a />', /a doctype/],
    ['<a><?x y?></a>', /a processinginstruction/],
    ['<a b="@(x) y" />', /beside other text/],
    ['<a><![CDATA[ @(x)]]></a>', /in a CDATA section/],
  ];
  for (const [source, why] of unreadable) {
    const parsed = parsePolicy(source);
    assert.match('unreadable' in parsed ? parsed.unreadable : 'it was read', why, source);
    assert.ok('unreadable' in parsed, source);
  }
});

test('an element writes a header, takes it away, or nobody can say which', () => {
  const headers: readonly (readonly [string, string | undefined])[] = [
    ['<set-header name="Authorization"><value>x</value></set-header>', 'authorization'],
    ['<set-header name="Authorization" exists-action="delete" />', undefined],
    ['<set-header name="@(x)" />', '*'],
    ['<set-header name="{{x}}" />', '*'],
    ['<set-header name="X" exists-action="override" />', 'x'],
    ['<set-header />', '*'],
    ['<authentication-basic username="a" />', 'authorization'],
    ['<authentication-managed-identity resource="a" />', 'authorization'],
    ['<authentication-managed-identity resource="a" output-token-variable-name="t" />', undefined],
  ];
  for (const [xml, header] of headers) assert.equal(headerWritten(element(xml)), header, xml);
});

test('where it forwards is a backend in lower case, an address without its path, or only the gateway’s to know', () => {
  const targets: readonly (readonly [string, readonly string[]])[] = [
    ['<set-backend-service backend-id="Files" />', ['files']],
    ['<set-backend-service base-url="https://X.example:8443/mcp/a" />', ['https://x.example:8443']],
    ['<set-backend-service base-url="@(x)" backend-id="{{b}}" />', [ELSEWHERE, ELSEWHERE]],
    ['<set-backend-service base-url="/relative" />', [ELSEWHERE]],
    ['<set-backend-service backend-id="@(x)" />', [ELSEWHERE]],
    ['<set-backend-service base-url="@(x:y)" />', [ELSEWHERE]],
    ['<set-backend-service />', []],
  ];
  for (const [xml, expected] of targets) assert.deepEqual(targetsOf(element(xml)), expected, xml);
});

test('everything in an element is looked at, and a check of a token matters wherever it stands', () => {
  const all = within([element('<a><b><validate-jwt /></b><c /></a>')]).map(({ name }) => name);
  assert.deepEqual(all, ['a', 'b', 'validate-jwt', 'c']);
  assert.deepEqual(all.filter(isTokenCheck), ['validate-jwt']);
  for (const name of ['validate-azure-ad-token', 'rate-limit-by-key', 'forward-request', 'choose', '#unread'])
    assert.ok(MATTERS.has(name), name);
});

const condition = (text: string) => ({ kind: 'expression', text }) as const;
const EMPTY = condition('(string)context.Variables["a"] == ""');
const FILLED = condition('((string)context.Variables["a"]) != ""');

test('a way on which a variable is empty is none on which it is not', () => {
  const empty = where([FIRST_PATH], EMPTY, true);
  assert.deepEqual(empty, [{ limited: 0, empty: { a: true } }]);
  assert.deepEqual(where(empty, EMPTY, false), []);
  assert.deepEqual(where(empty, FILLED, true), []);
  assert.equal(where(empty, FILLED, false).length, 1);
  const within = [condition(`x || ${EMPTY.text}`), condition(`${EMPTY.text} || x`)];
  for (const other of [
    undefined,
    ...within,
    condition('x'),
    condition('"a'),
    { kind: 'literal', text: EMPTY.text } as const,
  ])
    assert.deepEqual(where(empty, other, false), empty, 'what it does not understand holds and does not hold');
  assert.deepEqual(afterSetting(empty, ['b']), empty);
  const both = (first: boolean): Path => ({ limited: 0, empty: first ? { a: true, b: false } : { b: false, a: true } });
  assert.deepEqual(distinct([both(true), both(false)]), [both(true)], 'in whichever order it became known');
  assert.deepEqual([afterSetting(empty, ['a']), afterSetting(empty)], [[FIRST_PATH], [FIRST_PATH]]);
});

test('a limit that was passed stays passed, and ways are told once however many there are', () => {
  const enough = afterLimit([FIRST_PATH], 2);
  assert.deepEqual(afterLimit(enough, 1), enough);
  assert.deepEqual(distinct([FIRST_PATH, { limited: 0, empty: {} }]), [FIRST_PATH]);
  const many = Array.from(
    { length: 65 },
    (_, at): Path => ({ limited: at === 0 ? 0 : 2, empty: { [`v${at}`]: true } }),
  );
  assert.equal(distinct(many.slice(1)).length, 64);
  assert.deepEqual(
    distinct(many).map(({ limited }) => limited),
    [0, 2],
    'what is known of variables is forgotten, and no way that is open',
  );
});
