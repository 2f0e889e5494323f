import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressesIn } from '../../../../src/steps/runner-credentials/rules/code/code-addresses.ts';
import { codeUnder } from '../../../../src/steps/runner-credentials/rules/code/code-keys.ts';
import { gitHub, imageOf, namespaceAt } from '../../../../src/steps/runner-credentials/rules/code/code-reference.ts';
import { inShort, WORKFLOW } from './world.ts';

const EXPRESSION = `$\{{ inputs.from }}`;
const LITERALS = `$\{{ inputs.own && 'alice/x' || 'bob/y' }}`;
/** A key, what stands there, the rest of what it stands in, and what that names. */
const KEYS: readonly (readonly [key: string, value: unknown, beside: object, references: readonly string[]])[] = [
  ['uses', ' Alice/x@v1 ', {}, ['action github Alice: Alice/x@v1']],
  ['uses', 'alice/x@v1.', {}, ['action github alice: alice/x@v1.']],
  ['uses', 'alice/x@v1', { secrets: 'inherit' }, ['action! github alice: alice/x@v1']],
  ['uses', 'alice/x@v1', { secrets: {} }, ['action github alice: alice/x@v1']],
  ['uses', 'a/x/.github/workflows/y.yaml@v1', {}, ['reusable workflow github a: a/x/.github/workflows/y.yaml@v1']],
  ['uses', 'docker://alice/x:2', {}, ['image docker.io alice: docker://alice/x:2']],
  ['uses', './alice/x', {}, []],
  ['uses', ['alice/x'], {}, []],
  ['with', { repository: 'alice/x' }, { uses: 'Actions/Checkout@v6' }, ['checkout github alice: alice/x']],
  ['with', { repository: 'alice/x' }, { uses: 'x/y@checkout' }, ['checkout? github alice: alice/x']],
  ['with', { repository: 'alice/x' }, {}, ['checkout? github alice: alice/x']],
  ['with', { repository: 'alice/x' }, { uses: ['checkout'] }, ['checkout? github alice: alice/x']],
  ['with', { repository: EXPRESSION }, { uses: 'actions/checkout@v6' }, []],
  [
    'with',
    { repository: LITERALS },
    { uses: 'actions/checkout@v6' },
    ['checkout? github alice: alice/x', 'checkout? github bob: bob/y'],
  ],
  [
    'with',
    { owner: 'alice', repo: 'x', repositories: 'y' },
    { uses: 'x/y' },
    ['checkout? github alice: alice/x', 'checkout? github alice: alice/y'],
  ],
  ['with', 'alice/x', { uses: 'actions/checkout@v6' }, []],
  ['repository', 'alice/x', {}, ['checkout? github alice: alice/x']],
  ['repository', 'alice/x', { repository: 'alice/x' }, []],
  ['image', { name: 'alice/x' }, {}, ['image docker.io alice: alice/x']],
  ['container', 'alice/x', {}, ['image docker.io alice: alice/x']],
  [
    'services',
    ['alice/x', { name: 'bob/y' }, ~0],
    {},
    ['image docker.io alice: alice/x', 'image docker.io bob: bob/y'],
  ],
  ['services', { db: 'alice/x' }, {}, []],
  ['repositories', [{ type: 'github', name: 'alice/x' }], {}, ['template github alice: alice/x']],
  ['repositories', [{ type: 'bitbucket', name: 'alice/x' }], {}, ['template bitbucket.org alice: alice/x']],
  ['repositories', [{ type: 'git', name: 'alice/x' }, { type: 'github', name: ['alice/x'] }, null], {}, []],
  ['repositories', { type: 'github', name: 'alice/x' }, {}, []],
  ['packages', [{ package: 'p', name: 'alice/x' }], {}, ['package github alice: alice/x']],
  ['packages', [{ name: 'alice/x' }, { package: 'p' }, { package: 'p', name: ['alice/x'] }], {}, []],
  ['orbs', { a: 'alice/x@1', b: { jobs: {} } }, {}, ['plugin circleci.com alice: alice/x@1']],
  ['orbs', { a: 'https://alice/x' }, {}, []],
  ['orbs', ['alice/x'], {}, []],
  ['pipe', 'alice/x:1', {}, ['plugin bitbucket.org alice: alice/x:1']],
  ['pipe', 'docker://alice/x:1', {}, ['image docker.io alice: docker://alice/x:1']],
  ['include', [null, 'alice/x.yml', { project: 'alice/x' }], {}, ['template gitlab.com alice: alice/x']],
  ['include', { component: 'gitlab.com/alice/x/c@1' }, {}, ['template gitlab.com alice: alice/x/c@1']],
  ['import', 'alice/x:y.yml', {}, ['template github alice: alice/x:y.yml']],
  ['import', [null, { source: 'alice/x:y.yml' }], {}, ['template github alice: alice/x:y.yml']],
  [
    'plugins',
    ['alice/x#v1', { 'bob/y#v2': null }],
    {},
    ['plugin github alice: alice/x#v1', 'plugin github bob: bob/y#v2'],
  ],
  ['plugins', ['alice/x', { 'bob/y': null }, null], {}, []],
  ['somewhere', 'alice/x', {}, []],
];
for (const [key, value, beside, references] of KEYS) {
  test(`under ${key}: ${JSON.stringify(value)} beside ${JSON.stringify(beside)}`, () => {
    assert.deepEqual(codeUnder(key, { value, parent: { ...beside }, path: WORKFLOW }).map(inShort), references);
  });
}

for (const [path, is] of [
  ['CloudBuild.yaml', true],
  ['ci/cloudbuild-release.yaml', true],
  ['cloudbuild/ci.yaml', false],
  ['my-cloudbuild.yaml', false],
] as const) {
  test(`a step of ${path} ${is ? 'is an image' : 'is no image'}`, () => {
    const references = codeUnder('steps', { value: [{ name: 'alice/x' }], parent: {}, path }).map(inShort);
    assert.deepEqual(references, is ? ['image docker.io alice: alice/x'] : []);
  });
}

const IMAGES: Readonly<Record<string, string | undefined>> = {
  ' alice/x:2 ': 'docker.io alice: alice/x:2',
  'DOCKER://alice/x': 'docker.io alice: DOCKER://alice/x',
  'ghcr.io/Alice/x': 'github Alice: ghcr.io/Alice/x',
  'docker.pkg.github.com/alice/x/y': 'github alice: docker.pkg.github.com/alice/x/y',
  'QUAY.io/alice/x': 'quay.io alice: QUAY.io/alice/x',
  'LOCALHOST/alice/x': undefined,
  'localhost:5000/alice/x': undefined,
  'ghcr.io/-alice/x': undefined,
  [`ghcr.io/alice${EXPRESSION}/x`]: undefined,
  'ghcr.io/alice': undefined,
  'quay.io/library/x': undefined,
  './alice/x': undefined,
};
for (const [image, told] of Object.entries(IMAGES)) {
  test(`the image ${JSON.stringify(image)} is ${told === undefined ? 'nobody’s' : told}`, () => {
    assert.deepEqual(imageOf(image).map(inShort), told === undefined ? [] : [`image ${told}`]);
  });
}

test('an owner is read in any letters, and at the beginning alone', () => {
  assert.deepEqual(gitHub('Alice/x', 'action').map(inShort), ['action github Alice: Alice/x']);
  assert.deepEqual(namespaceAt('npmjs.com', '@Alice/x', 'package').map(inShort), ['package npmjs.com Alice: @Alice/x']);
  for (const none of ['./@alice/x', ' alice/x', '@alice']) assert.deepEqual(namespaceAt('jsr.io', none, 'package'), []);
});

const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  'URL = ../../Alice/x.git': ['checkout github Alice: URL = ../../Alice/x.git'],
  "Install_GitHub('Alice/x')": ["package github Alice: Install_GitHub('Alice/x"],
  'https://NPM.pkg.github.com/@Alice': ['package github Alice: NPM.pkg.github.com/@Alice'],
  'https://npm.pkg.github.com/Download/x': [],
  'https://github.com/Orgs/ghost/people': [],
  'https://gist.github.com/orgs/x': ['download github orgs: gist.github.com/orgs/x'],
  'https://GITHUB.com/alice/x': ['download github alice: GITHUB.com/alice/x'],
  "Image 'alice/x'": ['image docker.io alice: alice/x'],
  'docker.image("ghcr.io/alice/x:2").inside': [
    'image github alice: ghcr.io/alice/x',
    'image github alice: ghcr.io/alice/x:2',
  ],
};
for (const [text, references] of Object.entries(ADDRESSES)) {
  test(`the address ${text} names ${references.length === 0 ? 'nobody' : 'its owner'}`, () => {
    assert.deepEqual(addressesIn(text).map(inShort), references);
  });
}
