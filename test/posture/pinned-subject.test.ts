import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGitHubActions, type Pin, pinOf, pinOfExpression } from '../../src/posture/pinned-subject.ts';

const of = (kind: 'branch' | 'environment', name: string): Pin => ({ kind, owner: 'acme', repository: 'web', name });

test('a subject is pinned to one branch or environment, and whatever else it has is not', () => {
  const subjects: readonly (readonly [subject: string, Pin])[] = [
    ['repo:acme/web:ref:refs/heads/main', of('branch', 'main')],
    ['repo:acme@1/web@2:ref:refs/heads/main', of('branch', 'main')],
    ['repo:acme/web:ref:refs/heads/release/1.0', of('branch', 'release/1.0')],
    ['repo:acme/web:environment:prod', of('environment', 'prod')],
    ['repo:acme/web:environment:eu%3Aprod', of('environment', 'eu:prod')],
    ['repo:acme/web:pull_request', { kind: 'pull-request' }],
    ['repo:acme/web', { kind: 'repository' }],
    ['repo:acme/web:ref:refs/heads/*', { kind: 'other' }],
    ['repo:acme/web:ref:refs/heads/release*', { kind: 'other' }],
    ['repo:acme/web:ref:refs/heads/main:job_workflow_ref:x', { kind: 'other' }],
    ['repo:acme/web:environment:prod:actor:x', { kind: 'other' }],
    ['repo:acme/*', { kind: 'repository' }],
    ['repo:acme/web:ref:refs/tags/v1', { kind: 'other' }],
    ['repo:acme/web:environment:', { kind: 'other' }],
    ['repository_owner:acme', { kind: 'other' }],
    ['repo:acme/web/x', { kind: 'other' }],
    ['x:repo:acme/web:ref:refs/heads/main', { kind: 'other' }],
    ['repo:acme/web:actor:x:ref:refs/heads/main', { kind: 'other' }],
    ['repo:acme/web:actor:x:environment:prod', { kind: 'other' }],
    ['repo:acme/web:environment:pull_requests', of('environment', 'pull_requests')],
    ['', { kind: 'other' }],
  ];
  for (const [subject, pin] of subjects) assert.deepEqual(pinOf(subject), pin, subject);
});

test('a flexible credential is what its subject comes to, and a wildcard in that lets in more than one', () => {
  const sub = (operator: string, operand: string) => ({ claim: 'sub', operator, operand });
  const ref = { claim: 'job_workflow_ref', operator: 'matches', operand: 'acme/*' };
  const main = sub('eq', 'repo:acme/web:ref:refs/heads/main');
  assert.deepEqual(pinOfExpression([main]), of('branch', 'main'));
  assert.deepEqual(pinOfExpression([main, ref]), of('branch', 'main'), 'another claim only narrows it');
  assert.deepEqual(pinOfExpression([sub('matches', 'repo:acme/*')]), { kind: 'wildcard' });
  assert.deepEqual(pinOfExpression([sub('matches', 'repo:acme/web:ref:refs/heads/main')]), of('branch', 'main'));
  assert.deepEqual(pinOfExpression([sub('eq', 'repo:acme/*')]), { kind: 'repository' }, 'there it stands for itself');
  for (const conditions of [undefined, [], [ref], [main, main]])
    assert.deepEqual(pinOfExpression(conditions), { kind: 'other' });
});

test('GitHub Actions is known by its issuer, an enterprise’s own address included, and by no other', () => {
  const github = 'https://token.actions.githubusercontent.com';
  for (const issuer of [github, `${github}/`, `${github}/acme-corp`, github.toUpperCase()])
    assert.ok(isGitHubActions(issuer), issuer);
  for (const issuer of [
    `${github}.evil.example`,
    `https://evil.example/?${github}`,
    `${github}/a/b`,
    'http://token.actions.githubusercontent.com',
    'https://gitlab.com',
  ])
    assert.ok(!isGitHubActions(issuer), issuer);
});
