import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportFinding } from '../../../src/cases/finding.ts';
import { action, emptyCase, finding, part, readBack, verification, withRemedy } from '../sample-case.ts';
import { oneGrant, only } from './world.ts';

/** A token in a variable, which is a credential that the case ended, or may be one. */
function afterTheCut(proved: boolean, state: 'gone' | 'present'): ReportFinding {
  const credentials = ['first', 'second'].map((id) => withRemedy(finding('consent', 'token', id)));
  const place = finding('runner-credentials', 'token-in-variable', 'CI_TOKEN', {
    severity: 'critical',
    reason: 'Revoke the person’s tokens.',
    restsOn: { credentials: credentials.map(({ id }) => id), proved },
  });
  const parts = emptyCase().parts.filter(
    ({ step }) => !['consent', 'runner-credentials', 'verification'].includes(step),
  );
  const [first, second] = credentials;
  assert.ok(first !== undefined && second !== undefined);
  const report = oneGrant({
    parts: [
      ...parts,
      part('consent', { findings: credentials.map((each) => ({ ...each, remedy: { ...each.remedy, risk: 'safe' } })) }),
      part('runner-credentials', { findings: [place] }),
      verification([readBack(first), readBack(second, state)]),
    ],
    actions: credentials.map((each) => action(each)),
  });
  const told = report.steps.flatMap(({ findings }) => findings).find(({ id }) => id === place.id);
  assert.ok(told !== undefined);
  return told;
}

for (const proved of [false, true]) {
  test(`a token of which every credential has ended falls in severity and says so, where that is ${proved ? 'proved' : 'likely'}`, () => {
    const dead = afterTheCut(proved, 'gone');
    assert.deepEqual([dead.severity, dead.status], ['low', 'manual-action']);
    assert.match(dead.reason, /The case ended .*opens nothing any more/);
    assert.doesNotMatch(dead.reason, /Revoke/);
    const alive = afterTheCut(proved, 'present');
    assert.deepEqual([alive.severity, alive.reason], ['critical', 'Revoke the person’s tokens.']);
  });
}

const LIVING_ON = {
  'an Azure DevOps token, an hour after its revocation': [
    {
      kind: 'revoke-devops-token',
      organisation: 'northwind',
      descriptor: 'aad.x',
      authorizationId: 'a',
      expected: { owner: null },
    },
    '2026-11-23T10:39:12.000Z',
  ],
  'tokens of a managed identity, a day and ten minutes after its trust was removed': [
    {
      kind: 'delete-federated-credential',
      parent: { type: 'managed-identity', subscriptionId: '1', resourceGroup: 'rg', name: 'id', resourceId: '/x/id' },
      name: 'a',
      id: 'a',
      expected: { issuer: 'i', subject: 's', expression: null, audiences: [] },
    },
    '2026-11-24T09:49:12.000Z',
  ],
  'tokens of an application, a hundred minutes after': [
    {
      kind: 'delete-federated-credential',
      parent: { type: 'application', objectId: 'o', appId: 'p', name: 'app' },
      name: 'a',
      id: 'a',
      expected: { issuer: 'i', subject: 's', expression: null, audiences: [] },
    },
    '2026-11-23T11:19:12.000Z',
  ],
} as const;

for (const [what, [call, until]] of Object.entries(LIVING_ON)) {
  test(`what lives on after the cut is residual with its end, although it was read back as gone: ${what}`, () => {
    const cut = withRemedy(finding('consent', 'lives-on', 'x'), { call });
    const parts = emptyCase().parts.filter(({ step }) => step !== 'consent' && step !== 'verification');
    const given = { parts: [...parts, part('consent', { findings: [cut] }), verification([readBack(cut)])] };
    const report = oneGrant({ ...given, actions: [action(cut)] });
    assert.deepEqual([only(report).status, report.outcome], ['done', 'residual']);
    assert.deepEqual(
      report.residual.map((each) => each.until),
      [until],
    );
    const failing = oneGrant({ ...given, actions: [action(cut, { result: 'failed' })] });
    assert.deepEqual(failing.residual, []);
    const later = oneGrant({ ...given, actions: [action(cut)], generatedAt: '2026-11-25T00:00:00.000Z' });
    assert.deepEqual([later.residual, later.outcome], [[], 'clear']);
  });
}
