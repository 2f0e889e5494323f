import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Schemas } from '../../cli/calling/client.ts';
import { describeRun, endingOf } from '../../cli/posture.ts';
import { assessed, failure, run } from '../posture/support/made-run.ts';

const told = (...checks: readonly ReturnType<typeof assessed>[]) => run(checks) as Schemas['PostureRun'];
const accepted = { reason: 'The vendor mends it in March.', by: 'ciso@example.com', until: '2027-03-31' };
const gap = { reason: 'denied', source: 'azure/servers', detail: 'Azure was asked.' } as const;

test('what fails comes before what nobody can say, and what is accepted ends well only where all was read', () => {
  const fails = assessed({ status: 'fail', failures: [failure(), failure({ accepted })] });
  const isAccepted = assessed({ status: 'fail', failures: [failure({ accepted })] });
  const unknown = assessed({ status: 'unknown', gaps: [gap] });
  const endings = [
    endingOf(told(fails, unknown)),
    endingOf(told(isAccepted, unknown)),
    endingOf(told({ ...isAccepted, gaps: [gap] })),
    endingOf(told(isAccepted, assessed(), assessed({ status: 'not-applicable' }))),
  ];
  assert.deepEqual(endings, ['attention', 'incomplete', 'incomplete', 'done']);
});

test('no name of a resource gives the terminal an order, also where it stands in a command', () => {
  const hostile = 'a\u001b]0;owned\u0007\n\u202egnp';
  const remedy = { todo: hostile, command: `az tag update --name '${hostile}'` };
  const text = describeRun(told(assessed({ status: 'fail', failures: [failure({ says: hostile, remedy })] })));
  assert.doesNotMatch(text, /[\p{Cf}]/u);
  assert.equal(text.replaceAll('\n', '').replace(/\p{Cc}/gu, ''), text.replaceAll('\n', ''));
  assert.match(text, / {6}az tag update --name 'a \]0;owned gnp'\n/);
});
