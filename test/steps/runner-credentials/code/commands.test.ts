import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESS_WAYS } from '../../../../src/steps/runner-credentials/rules/code/code-addresses.ts';
import {
  gitHub,
  imageOf,
  isMap,
  namespaceAt,
} from '../../../../src/steps/runner-credentials/rules/code/code-reference.ts';
import {
  codeReferences,
  mentionsIn,
  withMentions,
} from '../../../../src/steps/runner-credentials/rules/code/code-references.ts';
import { foreignCodeOf } from '../../../../src/steps/runner-credentials/rules/code/foreign-code.ts';
import { fc } from '../../../support/properties.ts';
import { alice, file, judge, OWNERS, WORKFLOW } from './world.ts';

test('an address of another host that ends or begins alike is another host', () => {
  for (const address of [
    'https://notgithub.com/alice/x',
    'https://github.com.evil.example/alice/x',
    'https://raw.githubusercontent.com.evil.example/alice/x',
    'https://alice.github.io.evil.example/x',
    'https://alice.github.iox/y',
    'https://xcdn-jsdelivr.net/gh/alice/x',
    'ghcr.iox/alice/x',
  ]) {
    assert.deepEqual(judge(`run: curl ${address}`), [], address);
  }
});

test('what a command is told besides is no code of somebody’s', () => {
  for (const command of [
    'npm install -w ghost/web',
    'npm ci --prefix ghost/web',
    'pnpm add --filter ghost/web left-pad',
    'npx eslint ghost/web',
    'npx --yes prettier --write ghost/docs',
    'npm run build ghost/web',
    'npm i ./ghost/web ../ghost/x /ghost/y',
    'gh issue create -R ghost/x',
    'gh workflow run -R ghost/x ci.yml',
    'brew install ghost',
    'docker build -t ghost/x .',
    'docker run -v ghost/x:/x alpine ghost/y',
    'git add ghost/x',
  ]) {
    assert.deepEqual(judge(`run: ${command}`), [], command);
  }
});

test('a repository among what a step is given is the leaver’s or nothing, unless it is a checkout', () => {
  const step = (uses: string, owner: string) =>
    `jobs: { a: { steps: [ { uses: ${uses}, with: { repository: ${owner}/x } } ] } }`;
  assert.deepEqual(judge(step('vendor/dispatch@v1', 'alice')), [['may-run-leavers-code', 'alice']]);
  assert.deepEqual(judge(step('vendor/dispatch@v1', 'ghost')), []);
  assert.deepEqual(judge(step('actions/checkout@v6', 'ghost')), [['runs-unclaimed-code', 'ghost']]);
  const pair = 'jobs: { a: { steps: [ { uses: vendor/download@v1, with: { owner: alice, repo: x } } ] } }';
  assert.deepEqual(judge(pair), [['may-run-leavers-code', 'alice']]);
  const literal = `jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v6\n        with:\n          repository: $\{{ inputs.from || 'alice/x' }}\n`;
  assert.deepEqual(judge(literal), [['may-run-leavers-code', 'alice']]);
});

test('any other mention of what stands under the leaver’s login is a question', () => {
  const judged = (text: string) => {
    const references = withMentions(codeReferences(WORKFLOW, text), mentionsIn(text), ['alice', 'src']);
    return foreignCodeOf({ ...file(text), references }, OWNERS, [alice]).map(({ kind }) => kind);
  };
  assert.deepEqual(judged('env:\n  FROM: alice/x\n'), ['may-run-leavers-code']);
  assert.deepEqual(judged('run: newtool get alice/x\n'), ['may-run-leavers-code']);
  assert.deepEqual(judged('run: cat docs/alice/x ./alice/y src/main.ts someone@alice/x\n'), []);
  assert.deepEqual(judged('jobs: { a: { steps: [ { uses: alice/deploy@v1 } ] } }'), ['runs-leavers-code']);
});

test('no pattern repeats a repetition: a long text costs its length', () => {
  for (const { pattern, what } of ADDRESS_WAYS) {
    assert.doesNotMatch(
      pattern.source,
      /\((?:[^()\\]|\\.)*(?:[+*]|\{\d*,\d*\})(?:[^()\\]|\\.)*\)(?:[+*]|\{\d*,)/,
      what,
    );
    assert.doesNotMatch(pattern.source.replace(/\\.|\[[^\]]*\]/g, 'x'), /[+*]/, `${what}: every repetition has an end`);
  }
});

test('any text is read to its end, and names only owners that stand in it', () => {
  const bits = fc.constantFrom(
    'uses:',
    ' image: ',
    'ghcr.io/',
    'github.com/',
    'alice',
    '/',
    '@v1',
    '\n',
    ' - ',
    '"',
    '${{',
    '}}',
    '*',
    '&a ',
    ':',
  );
  fc.assert(
    fc.property(fc.array(bits, { maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 }), (parts, noise) => {
      const text = parts.join('') + noise;
      for (const path of [WORKFLOW, 'Dockerfile']) {
        for (const { owner } of codeReferences(path, text)) assert.ok(text.toLowerCase().includes(owner.toLowerCase()));
      }
    }),
  );
});

test('an owner is known where it stands before the file runs', () => {
  const owners = (written: string) => gitHub(written, 'action').map(({ host, owner }) => `${host} ${owner}`);
  assert.deepEqual(owners('alice/deploy@v1'), ['github alice']);
  for (const none of ['alice', 'alice/', './alice/x', `\${{ x }}/y`, '/alice/x', ''])
    assert.deepEqual(owners(none), [], none);
  assert.deepEqual(gitHub('alice/x', 'checkout', { perhaps: true })[0]?.perhaps, true);
  assert.equal(namespaceAt('npmjs.com', '@alice/x', 'package')[0]?.owner, 'alice');
  assert.deepEqual(namespaceAt('npmjs.com', 'left-pad', 'package'), []);
});

test('an image is its namespace’s at the registries that people register at, and else its host’s', () => {
  const of = (image: string) => imageOf(image).map(({ host, owner }) => `${host} ${owner}`);
  assert.deepEqual(of('ghcr.io/alice/tools:2'), ['github alice']);
  assert.deepEqual(of('docker://GHCR.io/alice/tools'), ['github alice']);
  assert.deepEqual(of('alice/tools'), ['docker.io alice']);
  assert.deepEqual(of('index.docker.io/alice/tools'), ['docker.io alice']);
  for (const none of [
    'alpine',
    'library/alpine',
    'docker.io/library/alpine',
    'corp.azurecr.io/alice/tools',
    'localhost/alice/x',
  ])
    assert.deepEqual(of(none), [], none);
});

test('a map is neither a list nor nothing', () => {
  assert.deepEqual([{}, [], null, 'x', undefined].map(isMap), [true, false, false, false, false]);
});
