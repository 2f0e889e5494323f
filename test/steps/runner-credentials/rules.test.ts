import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/cases/finding.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import { documentsOf, isDockerfile } from '../../../src/steps/runner-credentials/rules/ci-document.ts';
import { mayBeRevoked } from '../../../src/steps/runner-credentials/rules/may-be-revoked.ts';
import { namedFiles } from '../../../src/steps/runner-credentials/rules/named-files.ts';
import { tokenItself } from '../../../src/steps/runner-credentials/rules/tokens/token-itself.ts';

const finding = (kind: string, id: string, more: Partial<Finding> = {}): Finding => ({
  ...{
    id: findingId('runner-credentials', kind, id),
    step: 'runner-credentials',
    kind,
    title: 'x',
    severity: 'medium',
  },
  ...{ status: 'manual-action', resource: { system: 'azure-devops', type: 'x', id }, reason: 'x', evidence: {} },
  ...more,
});

test('a token of Azure DevOps that may be the leaver’s ends where all of theirs have ended', () => {
  const listed = finding('devops-token', 'listed');
  const place = (owner: string, more: Partial<Finding> = {}) =>
    finding('token-in-variable', owner, { evidence: { owner, tokenType: 'azure-devops' }, ...more });
  const rests = (of: Finding) => mayBeRevoked([listed, of])[1]?.restsOn;
  for (const owner of ['leaver', 'likely', 'unknown'])
    assert.deepEqual(rests(place(owner)), { credentials: [listed.id], proved: false }, owner);
  assert.equal(rests(place('someone-else')), undefined);
  assert.equal(rests(place('leaver', { evidence: { owner: 'leaver', tokenType: 'jwt' } })), undefined);
  const own = { credentials: [findingId('a', 'b', 'c')], proved: true };
  assert.deepEqual(rests(place('leaver', { restsOn: own })), own);
  const alone = [place('leaver')];
  assert.equal(mayBeRevoked(alone), alone);
});

test('one token ends once, in however many places it stands', () => {
  assert.deepEqual(tokenItself(finding('x', 'y', { evidence: { sha256: 'a' } }) as never), { key: 'a' });
  assert.equal(tokenItself(finding('x', 'y') as never), undefined);
});

test('a text is YAML or it is not, and does not grow', () => {
  assert.deepEqual(documentsOf('a: 1\n---\nb: 2\n'), [{ a: 1 }, { b: 2 }]);
  assert.equal(documentsOf('a: [1'), undefined);
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x, x]',
    ...['b', 'c', 'd', 'e'].map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcd'[at]}`).join(', ')}]`),
  ].join('\n');
  assert.equal(documentsOf(bomb), undefined);
  for (const path of ['Dockerfile', 'ci/dockerfile.ci', 'Containerfile', 'build.dockerfile'])
    assert.ok(isDockerfile(path), path);
  for (const path of ['dockerfile/main.yml', 'my-dockerfile', 'build.dockerfile.bak'])
    assert.ok(!isDockerfile(path), path);
});

const NAMED: readonly (readonly [what: string, path: string, text: string, files: readonly string[]])[] = [
  [
    'a local action',
    '.github/workflows/a.yml',
    'x: [{uses: ./act}]',
    ['act/action.yml', 'act/action.yaml', 'act/Dockerfile'],
  ],
  [
    'a reusable workflow',
    '.github/workflows/a.yml',
    'x: {uses: ./.github/workflows/b.yml}',
    ['.github/workflows/b.yml'],
  ],
  ['an action of others', '.github/workflows/a.yml', 'x: {uses: actions/checkout@v4}', []],
  ['the image of an action', 'act/action.yml', 'runs: {image: Dockerfile}', ['act/Dockerfile']],
  ['an image of a registry', 'act/action.yml', 'runs: {image: docker://alpine}', []],
  ['a template beside it', 'ci/main.yml', 'steps: [{template: parts/b.yml}]', ['ci/parts/b.yml']],
  ['a template from the root', 'ci/main.yml', 'steps: [{template: /b.yml@self}]', ['b.yml']],
  ['a template of another repository', 'ci/main.yml', 'steps: [{template: b.yml@shared}]', []],
  ['an include', 'ci/main.yml', 'include: [b.yml, {local: /c.yml}]', ['b.yml', 'ci/b.yml', 'c.yml']],
  ['the build of a service', 'ci/compose.yml', 'services: {a: {build: {context: app, dockerfile: D}}}', ['ci/app/D']],
  ['a build in a script', 'a.yml', 'run: docker build -f ci/Dockerfile .', ['ci/Dockerfile']],
  ['what is put together when it runs', 'a.yml', 'run: docker build -f $X/Dockerfile .', []],
  ['what leads out of the repository', 'ci/main.yml', 'steps: [{template: ../../b.yml}]', []],
  ['a file itself', 'ci/main.yml', 'steps: [{template: main.yml}]', []],
  ['nothing of a Dockerfile', 'Dockerfile', 'uses: ./act', []],
  ['a use in a text that is no YAML', 'a.yml', 'x: [\n uses: ./act/b.yml', ['act/b.yml']],
];
for (const [what, path, text, files] of NAMED) {
  test(`files that are named: ${what}`, () => assert.deepEqual(namedFiles(path, text), files));
}
