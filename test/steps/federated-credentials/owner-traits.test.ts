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

const DECLARED: readonly (readonly [
  what: string,
  tags: Readonly<Record<string, string>>,
  list: readonly string[],
  boolean,
])[] = [
  ['nothing says so', { team: 'pay' }, ['/other'], false],
  ['the credential is listed', {}, [' /C/CI '], true],
  ['its identity is listed', {}, ['/id'], true],
  ['one of several tags names the tool', { team: 'pay', ManagedBy: 'terraform', env: 'dev' }, [], true],
  ['one of several tags is called like it', { team: 'pay', terraform: 'true', env: 'dev' }, [], true],
  ['a tag names the tool', { 'Managed-By': ' HashiCorp Terraform ' }, [], true],
  ['a tag names another tool', { ManagedBy: 'Bicep' }, [], false],
  ['a tag that names no tool mentions it', { notes: 'no terraform' }, [], false],
  ['a tag is called like it', { Terraform: 'yes' }, [], true],
  ['a tag that is called like it denies it', { terraform: ' False ' }, [], false],
];
for (const [what, tags, list, declared] of DECLARED) {
  test(`a credential is ${declared ? 'put back by Terraform' : 'in nobody’s code'} where ${what}`, () => {
    const traits = traitsOf({ ids: ['/x', '/ID'], names: ['id-pay'], tags }, { id: '/c/ci', name: 'github' }, list);
    assert.deepEqual(traits, { declaredInCode: declared, servesProduction: false });
  });
}

test('the word production counts in a description, and behind what a subject or an expression encodes', () => {
  const serves = (more: { description?: string; subject?: string; expression?: string }) =>
    traitsOf({ ids: [], names: ['id-pay'], tags: {} }, { id: 'c', name: 'github', ...more }, []).servesProduction;
  assert.ok(serves({ description: 'for production' }));
  assert.ok(serves({ subject: 'ref:%70rod' }));
  assert.ok(serves({ expression: "claims['x'] eq '%70%72%6F%64'" }));
  assert.ok(serves({ subject: 'a:ENVIRONMENT:main' }));
  assert.ok(serves({ subject: 'a: environment:main' }));
  assert.ok(!serves({ subject: 'repo_property_team:main' }), 'it says no stage');
  assert.ok(!serves({ subject: 'sub_environment:main' }), 'no claim of a stage');
  assert.ok(serves({ subject: 'a%3Aenvironment%3Amain' }));
  assert.ok(!serves({ subject: 'a: environment:dev' }));
  assert.ok(!serves({ subject: 'repo:x/y:(environment:main' }), 'no name of a claim');
});

test('tags that are words are read as a key and its values', () => {
  assert.deepEqual(
    tagsOfWords(['env: dev', 'HideApp', 'env=prod=x', 'a：b', ' b c : d', ':x', ':y:z', 'two\nlines: a\nb']),
    {
      env: 'dev prod=x',
      HideApp: '',
      a: 'b',
      'b c': 'd',
      ':x': '',
      ':y:z': '',
      'two\nlines': 'a\nb',
    },
  );
});

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
