import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RELEASED_RULES, ruleQuery } from '../../../local/tenant/arm/seeds/released-rules.ts';
import { queryText } from '../../../src/kql.ts';
import { weakerThanReleased } from '../../../src/posture/alerts/rule-limits.ts';
import { isText, lookingBack, recogniseRule, tellingCrossings } from '../../../src/posture/alerts/rule-text.ts';
import { defaultAudit, tunedAudit } from '../../kql/support/deployed-audit.ts';

const released = {
  'file-system-volume': queryText('file-system-volume.kql'),
  'out-of-hours-writes': queryText('out-of-hours-writes.kql'),
  'repeated-403': queryText('repeated-403.kql'),
};
const deployed = (await defaultAudit()).alerts;
const tuned = (await tunedAudit()).alerts;

for (const rule of RELEASED_RULES) {
  test(`${rule}, as Terraform deploys it, is the released text with limits as strict as the released ones`, () => {
    const text = recogniseRule(deployed.get(rule)?.query ?? '', released);
    assert.ok(text);
    assert.equal(text.detection, rule.replace(/-privileged$/, ''));
    const values = { ...text.values, expected: 0 } as Parameters<typeof weakerThanReleased>[1];
    assert.deepEqual(weakerThanReleased(text.detection, values, 'Europe/Paris'), []);
  });

  test(`${rule}, as it is deployed where everything is tuned, is the released text`, () => {
    assert.equal(recogniseRule(tuned.get(rule)?.query ?? '', released)?.detection, rule.replace(/-privileged$/, ''));
  });

  test(`${rule} of the simulated tenant is what Terraform deploys`, () => {
    assert.equal(ruleQuery(rule), deployed.get(rule)?.query);
  });
}

test('rules over other queries are none of them', () => {
  const others = [...deployed].filter(([name]) => !(RELEASED_RULES as readonly string[]).includes(name));
  assert.deepEqual(
    others.map(([, { query }]) => recogniseRule(query, released)),
    others.map(() => undefined),
  );
});

const rule = ruleQuery('out-of-hours-writes');
const OTHERS: readonly (readonly [string, string])[] = [
  ['a value that the query does not need', `let Other = 5;\n${rule}`],
  [
    'a table in the log’s place',
    rule.replace('let opens = 7;', 'let opens = 7;\nlet MCPAuditLog_CL = datatable(a: int)[1];'),
  ],
  ['a value twice', rule.replace('let opens = 7;', 'let opens = 0;\nlet opens = 7;')],
  ['a value that is left out', rule.replace('let opens = 7;\n', '')],
  ['a value that is computed', rule.replace('let opens = 7;', 'let opens = toint(7);')],
  [
    'something between the values',
    rule.replace('let opens = 7;', 'let opens = 7;\nset query_now = datetime(2026-01-01);'),
  ],
  ['something behind the query', `${rule}\n| take 0`],
  ['another query in front of it', rule.replace('let opens = 7;', 'let opens = 7;\nMCPAuditLog_CL | take 1;')],
  ...['{"a": 1}', '{"a": 1, "b": "c"}', '"a"', 'null', '5', 'a'].map(
    (value) => [`dynamic(${value}) as a value`, rule.replace('dynamic({})', `dynamic(${value})`)] as const,
  ),
  ['a list that nothing ends', rule.replace('dynamic({});', 'dynamic({})')],
  [
    'two values with nothing between',
    rule.replace(/let opens = 7;\s*let closes = 20;/, 'let opens = 77 let closes = 20;'),
  ],
  ['a text that reads like a value', rule.replace(/let zone = [^;]+;/, 'x'.repeat(10).concat('"let zone = ";'))],
];
for (const [what, text] of OTHERS) {
  test(`${what} is another text`, () => {
    assert.equal(recogniseRule(text, released), undefined);
  });
}

test('the text of volume tells when a limit was passed, and by whom; any other text stays as it is', () => {
  const text = tellingCrossings(released['file-system-volume']);
  assert.match(text, /directories = max\(directories\), crossed = min\(at\) by over, caller, at = bin\(at, 1h\)/);
  assert.match(text, /, canary = min\(iff\(mcp_server_s =~ "canary", 1, 0\)\) by over, caller/);
  assert.match(text, /, calls, directories, crossed, canary/);
  const changed = released['file-system-volume'].replace('bin(at, 1h)', 'bin(at, 2h)');
  for (const other of [changed, released['repeated-403']]) assert.equal(tellingCrossings(other), other);
});

test('a text is a released one with whatever stands in front of it, and nothing behind', () => {
  const text = released['repeated-403'];
  assert.ok(isText(text, text) && isText(`let x = 1;\n// why\n\n${text}`, text));
  assert.ok(!isText(`${text}\n| take 1`, text) && !isText('', text));
});

test('lengths of time are milliseconds, and texts, numbers and lists are what they say', () => {
  const values = (name: keyof typeof released) =>
    recogniseRule(deployed.get(name)?.query.replace(/let lookback = [^;]+;/, 'let lookback = 90m;') ?? '', released)
      ?.values;
  const { lookback, opens, zone, expected } = values('out-of-hours-writes') ?? {};
  assert.deepEqual([lookback, opens, typeof zone, expected], [5_400_000, 7, 'string', {}]);
});

test('comments and ends of lines are no difference, and neither is a bracket in a value', () => {
  const other = `// Ours, since 2026.\n${rule}`.replaceAll('\n', '  \r\n').replace('"create"', '"cre);ate"');
  assert.deepEqual(recogniseRule(other, released)?.values.writeVerbs, [
    ...['cre);ate', 'update', 'delete', 'write', 'edit', 'move', 'push', 'merge', 'add', 'fork'],
  ]);
});

test('a rule looks back as far as it is asked, whatever stands in its comments', () => {
  const text = lookingBack(`//   let lookback = 1h;\n${rule}`, 30);
  assert.ok(text.startsWith('let lookback = 30d;'));
  assert.equal(text.match(/let lookback/g)?.length, 1);
});
