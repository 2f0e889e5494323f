import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/cases/finding.ts';
import { findingId, remedyIdOf } from '../../../src/cases/stable-id.ts';
import { behindCredential, whereItMayStand } from '../../../src/steps/runner-credentials/rules/behind-credential.ts';
import { runnerCredentials } from '../../../src/steps/runner-credentials/step.ts';

const finding = (kind: string, resource: Finding['resource'], more: Partial<Finding> = {}): Finding => ({
  id: findingId('runner-credentials', kind, resource.id),
  ...{ step: 'runner-credentials', kind, title: 'x', severity: 'high', status: 'planned', resource },
  ...{ reason: 'So.', evidence: {} },
  ...more,
});
const credential = finding('sso-credential', { system: 'github', type: 'sso-credential', id: 'acme/9' });
const WORKFLOW = {
  ...{ kind: 'github-workflow', organisation: 'acme', repository: 'pay', path: '.github/workflows/ci.yml' },
  ...{ url: 'https://github.com/ci', variables: ['PAT'], ownVariables: [], environments: [], runsOn: [] },
  ...{ events: [], crons: [], calls: [] },
};
const PIPELINE = {
  ...{ kind: 'azure-devops-pipeline', organisation: 'acme', id: 'acme/p/definitions/1', name: 'nightly' },
  ...{ url: 'https://dev.azure.com/1', poolIds: [1], byFile: false, groupIds: [2] },
};
const uses = [WORKFLOW, PIPELINE];
const proved = { credentials: [credential.id], proved: true };
const variable = (more: Partial<Finding> = {}) => {
  const place = finding('token-in-variable', { system: 'github', type: 'repository-variable', id: 'acme/pay#PAT' });
  const scope = { type: 'repository', organisation: 'acme', repository: 'pay' };
  return {
    ...place,
    remedy: {
      ...{ id: remedyIdOf(place.id), risk: 'disruptive', what: 'x', undo: 'x' },
      call: { kind: 'delete-variable', scope, name: 'PAT', expected: { valueSha256: 'aa' } },
    },
    ...more,
  } as Finding;
};
const agent = (more: Partial<Finding> = {}) =>
  finding('token-in-capability', { system: 'azure-devops', type: 'agent', id: 'acme/pools/1/agents/5' }, more);
const group = (more: Partial<Finding> = {}) =>
  finding(
    'token-in-variable-group',
    { system: 'azure-devops', type: 'variableGroup', id: 'acme/variablegroups/2' },
    more,
  );

test('what runs with a credential is found behind every place that is proved to hold it', () => {
  const behind = (...findings: readonly Finding[]) => behindCredential(credential, { findings, uses });
  assert.deepEqual(behind(variable({ restsOn: proved })), [
    { what: 'acme/pay/.github/workflows/ci.yml', link: 'https://github.com/ci' },
  ]);
  const nightly = { what: 'nightly (acme/p/definitions/1)', link: 'https://dev.azure.com/1' };
  assert.deepEqual(behind(agent({ restsOn: proved })), [nightly]);
  assert.deepEqual(behind(group({ restsOn: proved })), [nightly]);
});

test('a place that only may hold it, or holds another, stops nothing of it', () => {
  const another = findingId('runner-credentials', 'sso-credential', 'acme/10');
  for (const restsOn of [
    { ...proved, proved: false },
    { credentials: [another], proved: true },
  ])
    assert.deepEqual(behindCredential(credential, { findings: [variable({ restsOn })], uses }), []);
  assert.deepEqual(behindCredential(credential, { findings: [variable()], uses }), []);
});

test('where a token may stand, it and what runs with it only may stop', () => {
  const may = (owner: string) =>
    whereItMayStand(({ kind }) => kind === 'token-in-variable', {
      findings: [variable({ evidence: { owner } }), agent({ evidence: { owner } })],
      uses,
    });
  for (const owner of ['leaver', 'likely']) {
    const stops = may(owner);
    assert.deepEqual(
      stops.map(({ what }) => what),
      ['acme/pay#PAT, if it is this token that stands there (not known which)', 'acme/pay/.github/workflows/ci.yml'],
    );
    assert.ok(stops.every(({ perhaps }) => perhaps === true));
  }
  for (const owner of ['unknown', 'service', 'someone-else']) assert.deepEqual(may(owner), [], owner);
});

test('the step looks by accounts, gathers what nobody owns, and counts one token once', () => {
  assert.deepEqual([runnerCredentials.needsAccounts, runnerCredentials.phase], [true, 'discover']);
  const unowned = (place: string) =>
    finding(
      'unowned-tokens',
      { system: 'github', type: 'variable', id: place },
      {
        evidence: { organisation: 'acme', place, digests: ['aa'], tokenTypes: ['npm'] },
      },
    );
  assert.deepEqual(
    runnerCredentials.gathered([unowned('one'), unowned('two')]).map(({ title }) => title),
    ['1 token of unknown owners in 2 places of acme'],
  );
  assert.deepEqual(runnerCredentials.lifeOf(finding('x', credential.resource, { evidence: { sha256: 'aa' } })), {
    key: 'aa',
  });
});
