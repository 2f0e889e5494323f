import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tagsOfWords, traitsOf } from '../../../src/steps/federated-credentials/rules/owner-traits.ts';

interface Carried {
  readonly names?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly subject?: string;
  readonly expression?: string;
}

function servesProduction({ names = ['id-pay'], tags = {}, name = 'github', subject, expression }: Carried): boolean {
  const says = expression === undefined ? { subject: subject ?? 'repo:ann/pay:ref:refs/heads/main' } : { expression };
  return traitsOf({ ids: [], names, tags }, { id: 'c', name, ...says }, []).servesProduction;
}

const ENVIRONMENTS_OF_PRODUCTION = [
  ...[
    'PRO',
    'P',
    'p-weu',
    'live',
    'release',
    'stable',
    'main',
    'pr0d',
    'pr\u200bod',
    'dev\u200b',
    '本番',
    '生产',
    'прод',
  ],
  ...['echt', 'betrieb', 'blue', 'dev*', '*', 'dev%3Amain', '%E6%9C%AC%E7%95%AA', 'dev-tools', ''],
];
for (const environment of ENVIRONMENTS_OF_PRODUCTION) {
  test(`the environment “${environment}” may be production, in a subject and in an expression`, () => {
    assert.ok(servesProduction({ subject: `repo:ann/pay:environment:${environment}` }));
    assert.ok(servesProduction({ subject: `environment:${environment}:repo:ann/pay` }));
    assert.ok(servesProduction({ subject: `repo:ann/pay:repo_property_environment:${environment}` }));
    assert.ok(servesProduction({ expression: `claims['sub'] eq 'repo:ann/pay:environment:${environment}'` }));
    assert.ok(
      servesProduction({
        expression: `claims["sub"] matches "repo:ann/*:environment:${environment}" and claims['job_workflow_ref'] eq 'ann/x/y@z'`,
      }),
    );
  });
}

for (const environment of ['dev', 'Test', 'QA-2', 'staging', 'nightly', 'Entwicklung', 'テスト', 'sandbox weu']) {
  test(`the environment “${environment}” is not production`, () => {
    assert.ok(!servesProduction({ subject: `repo:ann/pay:environment:${environment}` }));
    assert.ok(!servesProduction({ expression: `claims['sub'] eq 'repo:ann/pay:environment:${environment}'` }));
  });
}

test('what goes on behind an environment’s name without a colon is part of it', () => {
  assert.ok(servesProduction({ expression: `claims['sub'] matches 'repo:ann/pay:environment*'` }));
  assert.ok(servesProduction({ expression: `claims['sub'] eq 'repo:ann/pay:environment:dev''s own'` }));
});

test('a branch that is called main says nothing of production', () => {
  assert.ok(!servesProduction({}));
});

test('one letter in the name of an identity or its resource group is a stage, and in a branch is not', () => {
  assert.ok(servesProduction({ names: ['id-pay', 'rg-pay-p-weu'] }));
  assert.ok(!servesProduction({ subject: 'repo:ann/p:ref:refs/heads/p' }));
});

for (const words of [
  ['env: PRO'],
  ['Umgebung=P'],
  ['EnvironmentType：P'],
  ['env:prod', 'env:dev'],
  ['env:dev', 'env:live'],
]) {
  test(`an application with the tags ${words.join(', ')} may serve production`, () => {
    assert.ok(servesProduction({ tags: tagsOfWords(words) }));
  });
}

test('an application with the tag env: dev does not', () => {
  assert.ok(!servesProduction({ tags: tagsOfWords(['env: dev', 'HideApp']) }));
});
