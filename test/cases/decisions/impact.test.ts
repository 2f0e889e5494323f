import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Stops, withImpact as withImpactOf } from '../../../src/cases/decisions/impact.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import { makePlanOf } from '../../../src/cases/remedies/plan.ts';
import { CASE_ID, finding, withRemedy } from '../../report/sample-case.ts';

const withImpact = (findings: readonly Finding[], stops: Stops = () => []) =>
  withImpactOf(findings, stops, () => false);

const credential = withRemedy(finding('runner-credentials', 'sso-credential', 'acme/7101'));
const url = 'https://github.com/organizations/acme/settings/variables/actions';
const variable = finding('runner-credentials', 'token-in-variable', 'acme#CI_TOKEN', {
  resource: { system: 'github', type: 'organisation-variable', id: 'acme#CI_TOKEN', url },
  restsOn: { credentials: [credential.id], proved: true },
});

test('a credential that something depends on waits for a person, and the plan lists what would stop', () => {
  const [cut] = withImpact([credential, variable]);
  assert.equal(cut?.status, 'awaiting-decision');
  assert.deepEqual(cut?.remedy?.impact, [{ what: 'acme#CI_TOKEN', link: url, finding: variable.id }]);
  assert.match(cut?.reason ?? '', /1 use rests on it \(acme#CI_TOKEN\)/);
  const [planned] = makePlanOf(CASE_ID, withImpact([credential, variable])).remedies;
  assert.deepEqual([planned?.remedy.risk, planned?.remedy.impact?.length], ['disruptive', 1]);
});

test('what is found by two units of work is one place', () => {
  assert.equal(withImpact([variable, credential, variable])[1]?.remedy?.impact?.length, 1);
});

test('a credential that nothing is known to use, or that something may use, is what it was', () => {
  const perhaps = { ...variable, restsOn: { credentials: [credential.id], proved: false } };
  assert.deepEqual(withImpact([credential]), [credential]);
  assert.deepEqual(withImpact([credential, perhaps]), [credential, perhaps]);
});

test('what would stop is part of what a decision is bound to', () => {
  const hashOf = (...all: Finding[]) => makePlanOf(CASE_ID, withImpact(all)).hash;
  const another = { ...variable, ...finding('runner-credentials', 'token-in-variable', 'acme#OTHER') };
  assert.notEqual(
    hashOf(credential, variable),
    hashOf(credential, { ...another, restsOn: { credentials: [credential.id], proved: true } }),
  );
});

test('what the kind of a remedy knows to stop waits for a person as well', () => {
  const workflow = { what: 'acme/api/.github/workflows/ci.yml', link: url };
  const [cut] = withImpact([credential, variable], (finding) => (finding.id === credential.id ? [workflow] : []));
  assert.deepEqual(
    cut?.remedy?.impact?.map(({ what }) => what),
    [workflow.what, 'acme#CI_TOKEN'],
  );
  const [alone] = withImpact([credential], () => [workflow]);
  assert.deepEqual([alone?.status, alone?.remedy?.risk], ['awaiting-decision', 'disruptive']);
});

test('what only may stop is listed, and decides nothing', () => {
  const perhaps = { what: 'acme/api/.github/workflows/ci.yml', perhaps: true } as const;
  const [cut] = withImpact([credential], () => [perhaps]);
  assert.deepEqual([cut?.status, cut?.reason], [credential.status, credential.reason]);
  assert.deepEqual(cut?.remedy, { ...credential.remedy, impact: [perhaps] });
});

test('where the risk is by impact, what only may stop waits for a person as well, and nothing that stops is safe', () => {
  const perhaps = { what: 'acme/api/.github/workflows/ci.yml', perhaps: true } as const;
  const [cut] = withImpactOf(
    [credential],
    () => [perhaps],
    () => true,
  );
  assert.deepEqual([cut?.status, cut?.remedy?.risk], ['awaiting-decision', 'disruptive']);
  assert.match(cut?.reason ?? '', /1 use may rest on it and would stop then \(acme.+ci\.yml\)/);
  assert.deepEqual(
    withImpactOf(
      [credential],
      () => [],
      () => true,
    ),
    [credential],
  );
});

test('two findings of one target list what would stop once, and in the same order whoever answered first', () => {
  const two = [{ what: 'b' }, { what: 'a' }, { what: 'b' }];
  const impactOf = (some: typeof two) => withImpact([credential], () => some)[0]?.remedy?.impact;
  assert.deepEqual(impactOf(two), [{ what: 'a' }, { what: 'b' }]);
  assert.deepEqual(impactOf(two.toReversed()), impactOf(two));
});
