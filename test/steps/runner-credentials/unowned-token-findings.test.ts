import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingOutcome } from '../../../src/cases/outcome.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { judgeTokens } from '../../../src/steps/runner-credentials/rules/tokens/token-findings.ts';
import type { TokenPlace } from '../../../src/steps/runner-credentials/rules/tokens/token-place.ts';
import { gatherUnowned } from '../../../src/steps/runner-credentials/rules/tokens/unowned-tokens.ts';
import { file, findingsIn, iss, judgedIn, known, mint, now, oid, variable } from './token-findings-world.ts';

test('tokens of unknown owners that point to the leaver are one finding for a place, whose id is that of the first', () => {
  const tokens = Array.from({ length: 400 }, () => mint.mint('npm'));
  const own = mint.jwt({ oid, iss });
  const text = [own, ...tokens, tokens[0]].join('\n');
  // The leaver's name among other words: a weak sign.
  const place = variable('ALEX_MOREAU_SILVA_TOKEN');
  const { findings, unowned } = judgedIn(text, place);
  assert.equal(findings.length, 2);
  assert.deepEqual(unowned, []);
  const together = findings.find(({ evidence }) => evidence.owner === 'unknown');
  const [first] = findTokens(tokens[0] ?? '');
  const id = findingId('runner-credentials', 'token-in-variable', `${place.id}:${first?.hit.sha256}`);
  assert.deepEqual([together?.id, together?.evidence.tokens], [id, 400]);
  assert.ok(Array.isArray(together?.evidence.digests) && together.evidence.digests.length === 50);
  assert.equal(findingsIn(tokens[0] ?? '', place)[0]?.id, id);
});

test('only what has no sign towards the leaver is the tenant’s: a name, an author, a machine and a claim keep it in the case', () => {
  const npm = mint.mint('npm');
  const whose = variable().whose;
  const elsewhere: readonly (readonly [what: string, text: string, whose: TokenPlace['whose'], unowned: number])[] = [
    ['nothing', npm, whose, 1],
    ['a claim that names somebody else', mint.jwt({ upn: 'ana@corp.example' }), whose, 1],
    ['a colleague who made it', npm, { ...whose, writtenBy: ['ana@corp.example'] }, 1],
    ['the leaver’s name', npm, { ...whose, variable: 'ALEX_MOREAU_NPM' }, 0],
    ['the leaver’s name among others', npm, { ...whose, variable: 'ALEX_MOREAU_SILVA_NPM' }, 0],
    ['the leaver as last editor', npm, { ...whose, lastEditedBy: ['alex.moreau@corp.example'] }, 0],
    ['the leaver as author', npm, { ...whose, writtenBy: ['alex.moreau@corp.example'] }, 0],
    ['the leaver’s machine', npm, { ...whose, onLeaversMachine: true }, 0],
    ['a token of the leaver beside it', npm, { ...whose, besideLeavers: true }, 0],
    ['a claim with the leaver’s name', mint.jwt({ upn: 'alex.moreau@other.example' }), whose, 0],
    [
      'somebody else’s claim on the leaver’s machine',
      mint.jwt({ upn: 'ana@corp.example' }),
      { ...whose, onLeaversMachine: true },
      0,
    ],
  ];
  for (const [what, text, signs, count] of elsewhere) {
    const { findings, unowned, unproved } = judgedIn(text, { ...variable(), whose: signs });
    assert.deepEqual([unowned.length, unproved.length], [count, 1 - count], what);
    assert.deepEqual(
      findings.map(({ kind }) => kind),
      [count === 1 ? 'unowned-tokens' : 'token-in-variable'],
      what,
    );
  }
});

test('a report has one finding of an organisation for all of its unowned tokens, and names the first places', () => {
  const shared = mint.mint('npm');
  const places = Array.from({ length: 12 }, (_, n) => variable(`TOKEN_${String(n).padStart(2, '0')}`));
  const found = places.flatMap((place) => findingsIn(`${shared} ${mint.mint('openai')}`, place));
  const other = judgeTokens('umbrella', file, findTokens(shared), known, now).findings;
  const likely = findingsIn(mint.mint('npm'), variable('ALEX_MOREAU_NPM'));
  // Two units of work that read one place count it once.
  const gathered = gatherUnowned([...found, ...likely, ...found.slice(0, 3), ...other]);
  assert.deepEqual(gathered.map(({ kind, status, severity }) => `${kind} ${status} ${severity}`).sort(), [
    'token-in-variable manual-action high',
    'unowned-tokens manual-action medium',
    'unowned-tokens manual-action medium',
  ]);
  const ofAcme = gathered.find(({ resource }) => resource.id === 'acme');
  assert.deepEqual([ofAcme?.evidence.tokens, ofAcme?.evidence.places], [13, 12]);
  assert.deepEqual(
    ofAcme?.evidence.firstPlaces,
    places.slice(0, 10).map(({ words }) => words),
  );
  assert.equal(ofAcme && findingOutcome(ofAcme), 'attention');
  // The same for the next leaver, who meets one place less.
  const next = gatherUnowned(found.slice(1));
  assert.deepEqual(
    next.map(({ id }) => id),
    [ofAcme?.id],
  );
});
