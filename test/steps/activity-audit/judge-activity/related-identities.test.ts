import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditFindings } from '../../../../src/steps/activity-audit/rules/audit-findings.ts';
import { judge, leaver, PIPELINE, pipelineCalls, relatedPrincipals } from './world.ts';

test('an identity that trusted the leaver and calls at night only since the departure is an incident', () => {
  const judgement = judge({
    relatedPrincipals,
    activity: pipelineCalls({ calls: 10, hour: 11 }, { calls: 10, hour: 2 }),
  });
  const [finding] = auditFindings(judgement, leaver, 'workspace');
  assert.deepEqual([finding?.kind, finding?.severity], ['related-after-departure', 'critical']);
  assert.match(finding?.reason ?? '', /\(100 %\) outside of 07:00 to 20:00, against 0 % before/);
  assert.equal(judgement.facts.related[0]?.after, 'changed');
});

test('an identity that trusted the leaver and never called before the departure is an incident with one call by day', () => {
  const called = pipelineCalls({ calls: 0, hour: 11 }, { calls: 0, hour: 11 });
  const once = called.totals.map((each) =>
    each.caller === PIPELINE && ['all', 'after'].includes(each.period) ? { ...each, calls: 1 } : each,
  );
  const judgement = judge({ relatedPrincipals, activity: { ...called, totals: once } });
  const [finding] = auditFindings(judgement, leaver, 'workspace');
  assert.deepEqual([finding?.kind, finding?.severity], ['related-after-departure', 'critical']);
  assert.match(finding?.reason ?? '', /1 call after the departure, and none before/);
});

test('an identity that trusted the leaver and goes on as ever needs a word of its owner', () => {
  const same = { calls: 24, hour: 3 };
  const judgement = judge({ relatedPrincipals, activity: pipelineCalls(same, same) });
  const [finding] = auditFindings(judgement, leaver, 'workspace');
  assert.deepEqual(
    [finding?.kind, finding?.severity, finding?.status],
    ['related-after-departure', 'medium', 'manual-action'],
  );
  const silent = judge({ relatedPrincipals, activity: pipelineCalls(same, { calls: 0, hour: 3 }) });
  assert.deepEqual(auditFindings(silent, leaver, 'workspace'), []);
});
