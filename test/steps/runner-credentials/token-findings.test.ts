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
import { variablePlace, workflowPlace } from '../../../src/steps/runner-credentials/rules/github/token-places.ts';
import { type TokenPlace, tokenFindings } from '../../../src/steps/runner-credentials/rules/token-findings.ts';

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
const variable = (name = 'TOKEN'): TokenPlace => variablePlace(scope, name, 'https://api.github.example');
const file = workflowPlace({ organisation: 'acme', repository: 'api', path: 'ci.yml' }, 'https://api.github.example');
const findingsIn = (text: string, place = variable()) => tokenFindings(place, findTokens(text), known, now);

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

test('the deletion of a variable is planned only for a token that is proved to be the leaver’s', () => {
  const [proved] = findingsIn(mint.jwt({ oid, iss, exp: inAnHour }));
  assert.deepEqual(
    [proved?.status, proved?.remedy?.call.kind, proved?.severity],
    ['awaiting-approval', 'delete-variable', 'critical'],
  );
  assert.ok(proved?.residual !== undefined);
  const [named] = findingsIn(mint.jwt({ upn: leaver.userPrincipalName, exp: inAnHour }), variable('ALEX_MOREAU_TOKEN'));
  assert.deepEqual([named?.status, named?.remedy, named?.severity], ['needs-human', undefined, 'high']);
  const [written] = findingsIn(mint.jwt({ oid, iss }), file);
  assert.deepEqual([written?.status, written?.remedy], ['needs-code-change', undefined]);
});

test('a token that is somebody else’s, or over, is told and is nobody’s to do', () => {
  const other = '00000000-0000-4000-8000-000000000001';
  const [theirs] = findingsIn(mint.jwt({ oid: other, iss, upn: 'ana@corp.example', exp: inAnHour }));
  assert.deepEqual([theirs?.status, theirs?.severity, theirs?.residual], ['nothing-to-do', 'info', undefined]);
  assert.match(theirs?.title ?? '', new RegExp(other));
  const [over] = findingsIn(mint.jwt({ oid, iss, exp: inAnHour - 7_200 }));
  assert.deepEqual([over?.status, over?.remedy, over?.evidence.owner], ['nothing-to-do', undefined, 'leaver']);
});

test('tokens of unknown owners are one finding for a place, whose id is that of the first', () => {
  const tokens = Array.from({ length: 400 }, () => mint.mint('npm'));
  const own = mint.jwt({ oid, iss });
  const text = [own, ...tokens, tokens[0]].join('\n');
  const findings = findingsIn(text);
  assert.equal(findings.length, 2);
  const together = findings.find(({ evidence }) => evidence.owner === 'unknown');
  const [first] = findTokens(tokens[0] ?? '');
  const id = findingId('runner-credentials', 'token-in-variable', `acme/api#TOKEN:${first?.hit.sha256}`);
  assert.deepEqual([together?.id, together?.evidence.tokens], [id, 400]);
  assert.ok(Array.isArray(together?.evidence.digests) && together.evidence.digests.length === 50);
  assert.equal(findingsIn(tokens[0] ?? '')[0]?.id, id);
});

test('no finding holds a piece of a token', () => {
  const tokens = [...PLANTED_KINDS, ...FOREIGN_KINDS].map((kind) => mint.mint(kind));
  for (const place of [variable(), variable('ALEX_MOREAU_TOKEN'), file]) {
    const told = JSON.stringify(findingsIn(tokens.join('\n'), place));
    for (const token of tokens) assert.ok(!told.includes(token.slice(-8)));
  }
});
