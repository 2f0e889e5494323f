import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  codeReferences,
  mentionsIn,
  withMentions,
} from '../../../../src/steps/runner-credentials/rules/code/code-references.ts';
import { inShort, WORKFLOW } from './world.ts';

const DOCKERFILES: Readonly<Record<string, readonly string[]>> = {
  'FROM alice/base:1': ['image docker.io alice: alice/base:1'],
  '  from  --platform=linux/amd64   Alice/base AS b': ['image docker.io Alice: Alice/base'],
  FROM: [],
  '': [],
  'XFROM alice/base\nFROMX alice/base': [],
  'COPY --from=alice/x /a /a': ['image docker.io alice: alice/x'],
  'add --FROM=alice/x /a /a': ['image docker.io alice: alice/x'],
  'RUN --mount=type=bind,from=alice/x,target=/x ls': ['image docker.io alice: alice/x'],
  'COPY x--from=alice/x /a /a': [],
  'ENV --from=alice/x\nXCOPY --from=alice/x\nCOPYX --from=alice/x': [],
  '# syntax=alice/x': ['image docker.io alice: alice/x'],
  '  #Syntax = alice/x': ['image docker.io alice: alice/x'],
  'RUN ls # syntax=alice/x': [],
  'FROM scratch\nCMD ["npx", "alice/x"]': ['package github alice: npx alice/x'],
};
for (const [text, references] of Object.entries(DOCKERFILES)) {
  test(`a Dockerfile with ${JSON.stringify(text)} names ${references.length === 0 ? 'nobody’s image' : 'an image'}`, () => {
    assert.deepEqual(codeReferences('Dockerfile', text).map(inShort), references);
    assert.deepEqual(codeReferences('ci/Dockerfile.ci', `${text}\n`).map(inShort), references);
  });
}

const ACTION = 'action github alice: alice/deploy@v1';
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  'uses: alice/deploy@v1': [ACTION],
  '- [{ uses: alice/deploy@v1 }, x, ~]\n---\n- uses: alice/deploy@v1': [ACTION],
  'FROM: alice/x\nimage: FROM': [],
  // No YAML.
  'a: [\n  Uses: "alice/deploy@v1"': [ACTION],
  'a: [\n  repository = alice/x\n  name: alice/x': ['checkout? github alice: alice/x'],
  // Scripts that stand in several lines, however short.
  'run: >\n  npx\n  alice/x': ['package github alice: npx alice/x'],
  'run: [">", { x: "npx\n\n  bob/y" }]': [],
  'a:\n  - run: >\n      npm i\n      alice/x': ['package github alice: npm i alice/x'],
  // Each once, and with all secrets where one of them hands those over.
  'a: [{ uses: alice/x@v1 }, { uses: alice/x@v1, secrets: inherit }, { uses: alice/x@v1 }]': [
    'action! github alice: alice/x@v1',
  ],
  'a: [{ uses: alice/x@v1 }, { uses: alice/x@v2 }, { uses: alice/x@v1, secrets: { A: b } }]': [
    'action github alice: alice/x@v1',
    'action github alice: alice/x@v2',
  ],
  'a: { uses: actions/checkout@v4, with: { repository: alice/x } }\nb: { uses: x/y, with: { repository: alice/x } }': [
    'action github actions: actions/checkout@v4',
    'checkout github alice: alice/x',
    'action github x: x/y',
    'checkout? github alice: alice/x',
  ],
};
for (const [text, references] of Object.entries(TEXTS)) {
  test(`a file with ${JSON.stringify(text)} names ${references.length} of somebody’s`, () => {
    assert.deepEqual(codeReferences(WORKFLOW, text).map(inShort), references);
  });
}

test('a mention counts in any letters, once, and where nothing else names that owner', () => {
  const mentioned = (text: string, logins: readonly string[], path = WORKFLOW) =>
    withMentions(codeReferences(path, text), mentionsIn(text), logins).map(inShort);
  const mention = 'mention? github Alice: Alice/…';
  assert.deepEqual(mentioned('env: { A: ALICE/x, B: alice/y }', ['Alice', 'bob']), [mention]);
  assert.deepEqual(mentioned('env: { A: ALICE/x }', ['Alice']), [mention]);
  assert.deepEqual(mentioned('uses: alice/x@v1', ['Alice']), ['action github alice: alice/x@v1']);
  assert.deepEqual(mentioned('uses: ALICE/x@v1', ['alice']), ['action github ALICE: ALICE/x@v1']);
  assert.deepEqual(mentioned('env: { A: alice }', ['alice']), []);
  assert.deepEqual(mentionsIn('SRC/a Docs/b'), []);
  assert.equal(mentionsIn('alice/x alice/y ALICE/z bob/x').length, 2);
  assert.ok(mentionsIn('alice/x').every((each) => /^[0-9a-f]{16}$/.test(each)));
});
