import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withImpact } from '../../src/cases/impact.ts';
import { makePlanOf } from '../../src/cases/plan.ts';
import { CASE_ID, finding, withRemedy } from '../report/sample-case.ts';

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
  assert.match(cut?.reason ?? '', /1 place uses it \(acme#CI_TOKEN\)/);
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
  const hashOf = (...all: Parameters<typeof withImpact>[0][number][]) => makePlanOf(CASE_ID, withImpact(all)).hash;
  const another = { ...variable, ...finding('runner-credentials', 'token-in-variable', 'acme#OTHER') };
  assert.notEqual(
    hashOf(credential, variable),
    hashOf(credential, { ...another, restsOn: { credentials: [credential.id], proved: true } }),
  );
});
