import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ADDRESS_WAYS } from '../../../src/steps/runner-credentials/rules/code/code-addresses.ts';
import { COMMAND_WAYS } from '../../../src/steps/runner-credentials/rules/code/code-commands.ts';
import { KEY_WAYS } from '../../../src/steps/runner-credentials/rules/code/code-keys.ts';
import {
  gitHub,
  imageOf,
  isMap,
  namespaceAt,
} from '../../../src/steps/runner-credentials/rules/code/code-reference.ts';
import {
  codeReferences,
  mentionsIn,
  withMentions,
} from '../../../src/steps/runner-credentials/rules/code/code-references.ts';
import { foreignCodeOf } from '../../../src/steps/runner-credentials/rules/code/foreign-code.ts';
import { fc } from '../../support/properties.ts';
import { alice, file, judge, OWNERS, WORKFLOW } from './code/world.ts';

/** Hosts where a name is a hint: the leaver's is asked about, and nobody else's. */
const IN_EXAMPLE = [...KEY_WAYS, ...ADDRESS_WAYS, ...COMMAND_WAYS];
const exampleOf = ({ example, file: path = WORKFLOW }: (typeof IN_EXAMPLE)[number], owner: string) =>
  [example.replaceAll('OWNER', owner), path] as const;

for (const way of IN_EXAMPLE) {
  test(`the table of ways: ${way.what}`, () => {
    const [text, path] = exampleOf(way, 'alice');
    const kinds = judge(text, path);
    assert.equal(kinds.length, 1, JSON.stringify(kinds));
    assert.match(kinds[0]?.[0] ?? '', /^(?:may-)?runs?-leavers-code$/);
    assert.deepEqual(judge(...exampleOf(way, 'vendor')), []);
  });
}

test('docs/trust.md lists every way', () => {
  const page = readFileSync(new URL('../../../docs/trust.md', import.meta.url), 'utf8');
  const missing = IN_EXAMPLE.filter(({ what }) => !page.includes(`- ${what}\n`)).map(({ what }) => `- ${what}`);
  assert.equal(missing.join('\n'), '');
});

test('a name that only looks like the leaver’s is nobody’s, in every way of the table', () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const alike = fc.oneof(
    part.map((more) => `alice${more}`),
    part.map((more) => `${more}alice`),
    part.map((more) => `alice-${more}`),
    part.map((more) => `${more}-alice`),
  );
  fc.assert(
    fc.property(fc.constantFrom(...IN_EXAMPLE), alike, (way, owner) => {
      const [text, path] = exampleOf(way, owner);
      const references = withMentions(codeReferences(path, text), mentionsIn(text), ['alice']);
      const found = foreignCodeOf({ ...file(text, path), references }, OWNERS, [alice]);
      assert.deepEqual(
        found.map((each) => each.owner),
        [],
        text,
      );
    }),
    { numRuns: 500 },
  );
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
