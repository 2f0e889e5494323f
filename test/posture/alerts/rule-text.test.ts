import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RELEASED_RULES, ruleQuery } from '../../../local/tenant/arm/seeds/released-rules.ts';
import { queryText } from '../../../src/kql.ts';
import { weakerThanReleased } from '../../../src/posture/alerts/rule-limits.ts';
import { lookingBack, recogniseRule } from '../../../src/posture/alerts/rule-text.ts';
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
  ['a list of something else than texts', rule.replace('dynamic({})', 'dynamic({"a": 1})')],
];
for (const [what, text] of OTHERS) {
  test(`${what} is another text`, () => {
    assert.equal(recogniseRule(text, released), undefined);
  });
}

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
