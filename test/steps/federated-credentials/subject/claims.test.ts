import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeClaims } from '../../../../src/steps/federated-credentials/rules/subject/complete-claims.ts';
import { parseExpression } from '../../../../src/steps/federated-credentials/rules/subject/expression.ts';
import {
  type Claim,
  makeClaim,
  parseSubject,
} from '../../../../src/steps/federated-credentials/rules/subject/subject.ts';

const CLAIMS: readonly (readonly [key: string, value: string, told: Pick<Claim, 'party' | 'texts'>])[] = [
  [
    'repo',
    'Acme@12/pay@3',
    { party: { role: 'repository-owner', name: { login: 'Acme', id: '12' } }, texts: ['pay@3'] },
  ],
  ['repository', 'acme/pay', { party: { role: 'repository-owner', name: { login: 'acme' } }, texts: ['pay'] }],
  ['repository_owner', 'acme', { party: { role: 'repository-owner', name: { login: 'acme' } }, texts: [] }],
  ['repository_owner_id', '1001', { party: { role: 'repository-owner', name: { id: '1001' } }, texts: [] }],
  ['repository_owner_id', '12x', { party: { role: 'repository-owner', name: {} }, texts: [] }],
  ['actor', 'ann@7', { party: { role: 'actor', name: { login: 'ann', id: '7' } }, texts: [] }],
  ['actor', 'ann@x@7', { party: { role: 'actor', name: { login: 'ann' } }, texts: [] }],
  ['actor_id', '000', { party: { role: 'actor', name: { id: '0' } }, texts: [] }],
  ['actor_id', 'x12', { party: { role: 'actor', name: {} }, texts: [] }],
  [
    'workflow_ref',
    'acme/pay/w.yml',
    { party: { role: 'workflow-owner', name: { login: 'acme' } }, texts: ['pay', 'w.yml'] },
  ],
  ['job_workflow_ref', 'acme/pay', { party: { role: 'workflow-owner', name: { login: 'acme' } }, texts: ['pay'] }],
  ['environment', 'a/b', { texts: ['a/b'] }],
];
for (const [key, value, told] of CLAIMS) {
  test(`whom ${key}:${value} names, and what else stands in it`, () =>
    assert.deepEqual(makeClaim(key, value), { key, value, ...told }));
}

const SUBJECTS: readonly (readonly [text: string, claims: readonly string[]])[] = [
  [' REPO:a/b ', ['repo=a/b']],
  ['repo:a/b:Pull_Request', ['repo=a/b', 'pull_request=']],
  ['environment:x%3ay%3Az', ['environment=x:y:z']],
  ['lonely%3Ax', ['=lonely:x']],
  ['repo:a/b:', ['repo=a/b', '=']],
  ['', ['=']],
];
for (const [text, claims] of SUBJECTS) {
  test(`the subject “${text}” as pairs`, () =>
    assert.deepEqual(
      parseSubject(text).map(({ key, value }) => `${key}=${value}`),
      claims,
    ));
}

const SURE: readonly (readonly [claim: string, operand: string, claims: readonly string[]])[] = [
  ['sub', 'repository_owner:corp@9*', []],
  ['sub', 'repository_owner_id:9/0*', []],
  ['sub', 'actor:al@1*', []],
  ['sub', 'actor:al/x*', []],
  ['sub', 'environment:a/b*', []],
  ['sub', 'repository:corp/p*', ['repository=corp/']],
  ['sub', 'workflow_ref:corp/p*', ['workflow_ref=corp/']],
  ['sub', 'repo:corp/a:actor:bob:*', ['repo=corp/a', 'actor=bob']],
  ['sub', '*', []],
  ['job_workflow_ref', 'corp/flows/?', ['job_workflow_ref=corp/flows/']],
  ['job_workflow_ref', 'corp@9*', []],
];
for (const [claim, operand, claims] of SURE) {
  test(`what ${claim} ${operand} surely demands, where a name may go on`, () =>
    assert.deepEqual(
      completeClaims({ claim, operator: 'matches', operand }).map(({ key, value }) => `${key}=${value}`),
      claims,
    ));
}

test('an expression is read in whatever case its words are written, and what it compares keeps its own', () => {
  assert.deepEqual(parseExpression('CLAIMS["Sub"] Matches "a" and claims[\'x\'] eq \'\''), {
    ok: true,
    conditions: [
      { claim: 'sub', operator: 'matches', operand: 'a' },
      { claim: 'x', operator: 'eq', operand: '' },
    ],
  });
  assert.equal(parseExpression("claims['a'] eq 'b' AND claims['c'] eq 'd'").ok, true);
  assert.deepEqual(parseExpression("claims['a'] Eq 'B' "), {
    ok: true,
    conditions: [{ claim: 'a', operator: 'eq', operand: 'B' }],
  });
  assert.deepEqual(parseExpression("claims['a'] eq 'b' andclaims['c'] eq 'd'"), { ok: false, at: 19 });
});
