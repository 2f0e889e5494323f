import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  codeReferences,
  mentionsIn,
  withMentions,
} from '../../../../src/steps/runner-credentials/rules/code/code-references.ts';
import { foreignCodeOf } from '../../../../src/steps/runner-credentials/rules/code/foreign-code.ts';
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
