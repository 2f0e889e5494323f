import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FOREIGN_KINDS, PLANTED_KINDS } from '../../../local/tenant/seeds/seed-context.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { isClosed } from '../../../src/cases/finding.ts';
import { findingOutcome } from '../../../src/cases/outcome.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { variableState } from '../../../src/steps/runner-credentials/remedies/github/delete-variable.ts';
import {
  variablePlace,
  workflowPlace,
} from '../../../src/steps/runner-credentials/rules/github/tokens/token-places.ts';
import { judgeTokens } from '../../../src/steps/runner-credentials/rules/tokens/token-findings.ts';
import type { TokenPlace } from '../../../src/steps/runner-credentials/rules/tokens/token-place.ts';
import { gatherUnowned } from '../../../src/steps/runner-credentials/rules/tokens/unowned-tokens.ts';

const mint = makeTokenMint();
const oid = parseOid(WORLD.leaver.oid);
assert.ok(oid !== undefined);
const { tenantId } = WORLD;
const iss = `https://login.microsoftonline.com/${tenantId}/v2.0`;
const leaver = { oid, userPrincipalName: 'alex.moreau@corp.example', github: [], devops: [] };
const known = { leaver, tenantId, credentials: [] };
const now = new Date('2026-03-18T10:00:00Z');
const inAnHour = now.getTime() / 1_000 + 3_600;

const scope = { type: 'repository', organisation: 'acme', repository: 'api' } as const;
const variable = (name = 'TOKEN'): TokenPlace =>
  variablePlace(scope, { name, expected: variableState('') }, 'https://api.github.example');
const file = workflowPlace({ organisation: 'acme', repository: 'api', path: 'ci.yml' }, 'https://api.github.example');
const judgedIn = (text: string, place = variable()) => judgeTokens('acme', place, findTokens(text), known, now);
const findingsIn = (text: string, place = variable()) => judgedIn(text, place).findings;

test('what may be the leaver’s, and what the leaver may have kept, keeps a case from being clear', () => {
  for (const name of ['TOKEN', 'ALEX_MOREAU_TOKEN']) {
    for (const kind of [...PLANTED_KINDS, ...FOREIGN_KINDS]) {
      const [finding, ...more] = findingsIn(mint.mint(kind), variable(name));
      assert.ok(finding !== undefined && more.length === 0, `${kind} in ${name} is one finding`);
      const service = finding.evidence.owner === 'service' && name === 'TOKEN';
      assert.equal(isClosed(finding), service, `${kind} in ${name}`);
      assert.equal(findingOutcome(finding) === 'clear', service, `${kind} in ${name}`);
    }
  }
});

test('a token is taken out of a variable, or the variable deleted where none reads it, only for a token that is proved to be the leaver’s', () => {
  const [proved] = findingsIn(mint.jwt({ oid, iss, exp: inAnHour }));
  assert.deepEqual(
    [proved?.status, proved?.remedy?.call.kind, proved?.severity],
    ['awaiting-decision', 'blank-variable', 'critical'],
  );
  const unread = variablePlace(
    scope,
    { name: 'TOKEN', expected: variableState(''), unused: true },
    'https://x.example',
  );
  const [alone] = findingsIn(mint.jwt({ oid, iss, exp: inAnHour }), unread);
  assert.deepEqual([alone?.status, alone?.remedy?.call.kind], ['awaiting-decision', 'delete-variable']);
  assert.ok(proved?.residual !== undefined);
  const [named] = findingsIn(mint.jwt({ upn: leaver.userPrincipalName, exp: inAnHour }), variable('ALEX_MOREAU_TOKEN'));
  assert.deepEqual([named?.status, named?.remedy, named?.severity], ['manual-action', undefined, 'high']);
  const [written] = findingsIn(mint.jwt({ oid, iss }), file);
  assert.deepEqual([written?.status, written?.remedy], ['needs-code-change', undefined]);
});

test('a token of GitHub’s that nobody withdraws is revoked by its value: where it is proved or likely theirs, and as a person decides', () => {
  const value = mint.mint('github-classic');
  const [
    {
      hit: { sha256 },
    } = { hit: { sha256: '' } },
  ] = findTokens(value);
  const credential = { organisation: 'acme', credentialId: 7, login: 'a', ownerId: 1, tokenLastEight: value.slice(-8) };
  const listed = {
    ...known,
    leaver: { ...leaver, github: [{ login: 'a', id: 1, source: 'test', confidence: 'proved' as const }] },
    credentials: [credential],
  };
  const judge = (place: TokenPlace, who = listed) =>
    judgeTokens('acme', place, findTokens(value), who, now).findings[0];
  const [inFile, inVariable] = [judge(file), judge(variable())];
  assert.deepEqual(
    [inFile?.evidence.owner, inFile?.status, inFile?.remedy?.risk, inFile?.remedy?.call.kind],
    ['leaver', 'awaiting-decision', 'disruptive', 'revoke-found-token'],
  );
  assert.deepEqual(inFile?.remedy?.call.expected, { sha256 });
  assert.equal(JSON.stringify(inFile).includes(value.slice(4, -4)), false);
  // Its authorisation is withdrawn; what is left to do is the variable.
  assert.equal(inVariable?.remedy?.call.kind, 'blank-variable');
  const likely = judge(variable('ALEX_MOREAU_TOKEN'), { ...listed, credentials: [] });
  assert.deepEqual([likely?.evidence.owner, likely?.remedy?.call.kind], ['likely', 'revoke-found-token']);
  assert.match(likely?.reason ?? '', /Whose it is is not proved, so a person decides/);
  assert.match(likely?.remedy?.undo ?? '', /^Nothing/);
  // The leaver's name among other words is a weak sign, on which nothing is offered that cannot be brought back.
  const weak = judge(variable('ALEX_MOREAU_SILVA_TOKEN'), { ...listed, credentials: [] });
  assert.deepEqual([weak?.evidence.owner, weak?.status, weak?.remedy], ['unknown', 'manual-action', undefined]);
  assert.match(weak?.reason ?? '', /It may be the leaver’s.* Ask the team that uses it whose it is/);
  for (const kind of ['github-installation', 'npm'] as const) {
    assert.equal(findingsIn(mint.mint(kind), variable('ALEX_MOREAU_TOKEN'))[0]?.remedy, undefined, kind);
  }
  assert.equal(judge(variable(), { ...listed, credentials: [] })?.remedy, undefined, 'nothing points to the leaver');
});

test('a token that is somebody else’s, or over, is told and is nobody’s to do', () => {
  const other = '00000000-0000-4000-8000-000000000001';
  const [theirs] = findingsIn(mint.jwt({ oid: other, iss, upn: 'ana@corp.example', exp: inAnHour }));
  assert.deepEqual([theirs?.status, theirs?.severity, theirs?.residual], ['nothing-to-do', 'info', undefined]);
  assert.match(theirs?.title ?? '', new RegExp(other));
  const [over] = findingsIn(mint.jwt({ oid, iss, exp: inAnHour - 7_200 }));
  assert.deepEqual([over?.status, over?.remedy, over?.evidence.owner], ['nothing-to-do', undefined, 'leaver']);
});

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

test('no finding holds a piece of a token', () => {
  const tokens = [...PLANTED_KINDS, ...FOREIGN_KINDS].map((kind) => mint.mint(kind));
  for (const place of [variable(), variable('ALEX_MOREAU_TOKEN'), file]) {
    const told = JSON.stringify(findingsIn(tokens.join('\n'), place));
    for (const token of tokens) assert.ok(!told.includes(token.slice(-8)));
  }
});

test('a variable named after the leaver is a finding whatever stands in it', () => {
  for (const value of ['', 'true', 'a-format-that-nobody-knows-yet', '/home/x']) {
    const [finding, ...more] = findingsIn(value, variable('ALEX_MOREAU_TOKEN'));
    assert.deepEqual([finding?.kind, finding?.severity, more], ['named-after-leaver', 'medium', []], value);
    assert.ok(finding !== undefined && !isClosed(finding));
    assert.deepEqual(findingsIn(value, variable('TOKEN')), []);
  }
  for (const name of ['MOREAU_PAT', 'ALEX_NPM']) {
    assert.match(findingsIn('x', variable(name))[0]?.title ?? '', /may be named after the leaver/, name);
  }
  assert.notEqual(findingsIn(mint.mint('npm'), variable('ALEX_MOREAU_TOKEN'))[0]?.kind, 'named-after-leaver');
});

test('what has a wrong checksum is told as what looks like a token, and is to do only where it points to the leaver', () => {
  const wrong = (): string => mint.mint('github-classic').replace(/.$/, (last) => (last === 'x' ? 'y' : 'x'));
  const [closed, ...none] = findingsIn(`${wrong()} ${wrong()}`);
  assert.deepEqual([closed?.severity, closed?.status, closed?.evidence.tokens, none], ['low', 'nothing-to-do', 2, []]);
  const [open] = findingsIn(wrong(), variable('ALEX_MOREAU_TOKEN'));
  assert.deepEqual([open?.severity, open?.status], ['low', 'manual-action']);
  assert.match(open?.title ?? '', /looks like a token/);
});

test('a text made of tokens has a finding for each of the first, the leaver’s before all others, and one for the rest', () => {
  const others = Array.from({ length: 300 }, () => mint.mint('entra-client-secret'));
  const { findings } = judgedIn([...others, mint.jwt({ oid, iss })].join('\n'));
  assert.equal(findings.length, 51);
  assert.equal(findings[0]?.evidence.owner, 'leaver');
  assert.deepEqual([findings.at(-1)?.title.slice(0, 15), findings.at(-1)?.evidence.tokens], ['251 more tokens', 251]);
  assert.equal(new Set(findings.map(({ id }) => id)).size, 51);
});
