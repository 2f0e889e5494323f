import assert from 'node:assert/strict';
import { test } from 'node:test';
import { subjectsPinned } from '../../../../src/posture/checks/subjects-pinned.ts';
import type { Guard, PinnedCredential } from '../../../../src/posture/readings/pipelines/pinned-subjects.ts';
import { NO_SETTINGS } from '../../support/no-settings.ts';

const ID = 'applications/reg/federatedIdentityCredentials/fic';
const SUBJECT = 'repo:acme/web:ref:refs/heads/main';
const credential = (more: Partial<PinnedCredential> = {}): PinnedCredential => ({
  ...{ id: ID, name: 'main', holder: 'Pipeline', appId: 'client', issuer: 'https://issuer', subject: SUBJECT },
  ...{ pin: 'branch', ...more },
});
const guard = (more: Partial<Guard> = {}): Guard => ({
  ...{ state: 'open', what: 'branch', says: 'anybody may push', page: 'https://github.com/acme/web', ...more },
});
const judge = (...credentials: readonly PinnedCredential[]) =>
  subjectsPinned.judge(
    { pinnedSubjects: { credentials: [...credentials] } },
    { at: '2026-11-23T04:10:00.000Z', settings: NO_SETTINGS },
  );
const shows = (more: object = {}) => ({
  ...{ name: 'main', of: 'Pipeline', issuer: 'https://issuer', trusts: SUBJECT, pin: 'branch', guard: 'none', ...more },
});

test('a credential that is pinned to nothing fails, with what it lets in and the command that deletes it', () => {
  const pins = [
    ['wildcard', 'wildcard-subject', 'lets in whatever its pattern matches'],
    ['pull-request', 'pull-request-subject', 'lets in whoever can open a pull request'],
    ['repository', 'whole-repository', 'lets in any branch of the repository'],
  ] as const;
  for (const [pin, reason, lets] of pins) {
    const [found] = judge(credential({ pin })).findings;
    assert.deepEqual(found && { ...found, remedy: found.remedy.command }, {
      ...{ reason, resource: ID, says: `The credential main of Pipeline (${SUBJECT}) ${lets}.` },
      evidence: { resource: ID, call: 'federatedIdentityCredentials', shows: shows({ pin }) },
      remedy: 'az ad app federated-credential delete --id reg --federated-credential-id fic',
    });
  }
  const inAzure = (id: string) => judge(credential({ id, pin: 'wildcard' })).findings[0]?.remedy;
  for (const id of ['/subscriptions/1/identities/x', `/x/${ID}`, `${ID}/x`])
    assert.deepEqual(
      [inAzure(id)?.link, inAzure(id)?.command],
      [`https://portal.azure.com/#@/resource${id}`, `az resource delete --ids ${id}`],
    );
});

test('a branch or an environment that is open fails, the branch less severely', () => {
  const [branch] = judge(credential({ guard: guard() })).findings;
  assert.deepEqual(branch, {
    ...{ reason: 'unprotected-branch', severity: 'medium', resource: ID },
    says: `The credential main of Pipeline (${SUBJECT}) is as open as what it names: anybody may push.`,
    evidence: { resource: ID, call: 'federatedIdentityCredentials', shows: shows({ guard: 'anybody may push' }) },
    remedy: {
      todo: 'Protect the branch with a ruleset that asks for a pull request.',
      link: 'https://github.com/acme/web',
    },
  });
  const { page: _, ...unpaged } = guard({ what: 'environment' });
  const [environment] = judge(credential({ pin: 'environment', guard: unpaged })).findings;
  assert.deepEqual(
    [environment?.reason, environment?.severity, environment?.remedy],
    [
      ...['open-environment', undefined],
      {
        todo: 'Let branches alone deploy to the environment that are protected, or named, and that ask for a pull request.',
      },
    ],
  );
  for (const state of ['guarded', 'unread'] as const)
    assert.deepEqual(judge(credential({ guard: guard({ state }) })).findings, []);
  assert.deepEqual(judge(credential()).findings, []);
});

test('what nobody here can read is a doubt', () => {
  const detail = (more: Partial<PinnedCredential>) =>
    judge(credential(more)).doubts.map((each) => [each.reason, each.detail]);
  assert.deepEqual(detail({ pin: 'other-issuer' }), [
    ['unreadable', 'The credential main of Pipeline trusts https://issuer, whose subjects are not read.'],
  ]);
  assert.deepEqual(detail({ pin: 'other' }), [
    ['unreadable', 'What the credential main of Pipeline trusts has a form that is not understood.'],
  ]);
  for (const pin of ['branch', 'environment', 'wildcard'] as const) assert.deepEqual(detail({ pin }), []);
});

test('each credential is shown with what it trusts, as far as that is told', () => {
  const { subject: _, ...untold } = credential();
  const { evidence, subjects } = judge(credential(), { ...untold, expression: "claims['sub'] eq 'x'" }, untold);
  assert.deepEqual(
    [subjects, evidence.map((each) => each.shows?.trusts)],
    [3, [SUBJECT, "claims['sub'] eq 'x'", 'not told']],
  );
});
