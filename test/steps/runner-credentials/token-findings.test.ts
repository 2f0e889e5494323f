import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FOREIGN_KINDS, PLANTED_KINDS } from '../../../local/tenant/seeds/seed-context.ts';
import { isClosed } from '../../../src/cases/finding.ts';
import { findingOutcome } from '../../../src/cases/outcome.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import { variableState } from '../../../src/steps/runner-credentials/remedies/github/delete-variable.ts';
import { variablePlace } from '../../../src/steps/runner-credentials/rules/github/tokens/token-places.ts';
import { judgeTokens } from '../../../src/steps/runner-credentials/rules/tokens/token-findings.ts';
import type { TokenPlace } from '../../../src/steps/runner-credentials/rules/tokens/token-place.ts';
import {
  file,
  findingsIn,
  iss,
  judgedIn,
  known,
  leaver,
  mint,
  now,
  oid,
  scope,
  variable,
} from './token-findings-world.ts';

const inAnHour = now.getTime() / 1_000 + 3_600;

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
