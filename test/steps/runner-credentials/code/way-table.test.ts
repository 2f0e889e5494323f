import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ADDRESS_WAYS } from '../../../../src/steps/runner-credentials/rules/code/code-addresses.ts';
import { COMMAND_WAYS } from '../../../../src/steps/runner-credentials/rules/code/code-commands.ts';
import { KEY_WAYS } from '../../../../src/steps/runner-credentials/rules/code/code-keys.ts';
import {
  codeReferences,
  mentionsIn,
  withMentions,
} from '../../../../src/steps/runner-credentials/rules/code/code-references.ts';
import { foreignCodeOf } from '../../../../src/steps/runner-credentials/rules/code/foreign-code.ts';
import { fc } from '../../../support/properties.ts';
import { alice, file, judge, OWNERS, WORKFLOW } from './world.ts';

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
  const page = readFileSync(new URL('../../../../docs/trust.md', import.meta.url), 'utf8');
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
