import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fileSweep } from '../../../activities/sweep/file-sweep.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { UnownedPlace } from '../../../src/cases/coverage/unowned-place.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { buildReport } from '../../../src/report/build/build-report.ts';
import type { SweepFindings, SweepReport } from '../../../src/sweep/sweep-report.ts';
import { emptyCase, part } from '../../report/sample-case.ts';
import { LEAVER, ORGANISATION, startCaseStudyGitHub } from './github/case-study.ts';

const { app, state, mint, organisation, scanAll } = await startCaseStudyGitHub({ storage: true });
after(() => app.stop());
const { storage } = app.context.vendors;

// Its issuer is not Entra, so that only the first leaver's case can tell whose it is.
for (const { variables } of state.repositories.all().flatMap(({ environments }) => environments.all())) {
  variables.delete('MCP_BEARER');
}

const [ana] = WORLD.colleagues;
const NEXT: Leaver = {
  oid: ana.oid as Oid,
  state: 'soft-deleted',
  displayName: 'Jo Nextleaver',
  userPrincipalName: 'jo.nextleaver@corp.example',
  github: [],
  devops: [],
};

/** What the report of a leaver's case tells of tokens that nobody owns. */
async function reported(leaver: Leaver) {
  const { findings, coverage } = await scanAll(leaver);
  const report = buildReport(emptyCase({ leaver, parts: [part('runner-credentials', { findings, coverage })] }));
  const step = report.steps.find(({ step }) => step === 'runner-credentials');
  return { outcome: step?.outcome, findings: step?.findings.filter(({ kind }) => kind === 'unowned-tokens') ?? [] };
}

const nothing: SweepFindings = {
  orphaned: [],
  coverage: [],
  looked: { people: 0, credentials: 0, unlinked: 0 },
  faults: [],
};
let sweeps = 0;

async function fileNextSweep(sweepId = `sweep:${sweeps}`) {
  sweeps += 1;
  const found = await storage.putJson('work', 'sweeps/test', nothing);
  const at = new Date().toISOString();
  const filed = await fileSweep.handler({ sweepId, at, finishedAt: at, found, cases: [] }, app.context);
  return { sweepId, filed, report: await storage.getJson<SweepReport>(filed.report) };
}

/** The places in the report of a sweep, by name. */
async function swept(): Promise<Record<string, UnownedPlace>> {
  const { report } = await fileNextSweep();
  const named = report.unowned.map((place) => [String(place.resource.name), place] as const);
  assert.equal(new Set(named.map(([name]) => name)).size, named.length, 'each place once');
  return Object.fromEntries(named);
}

test('two leavers’ cases have one line each for tokens that nobody owns, and the sweep lists each place once', async () => {
  const [one, two] = [await reported(LEAVER), await reported(NEXT)];
  for (const { findings, outcome } of [one, two]) {
    assert.deepEqual(
      findings.map(({ title, status, severity }) => `${title}: ${status} ${severity}`),
      [`2 tokens of unknown owners in 2 places of ${ORGANISATION}: manual-action medium`],
    );
    assert.notEqual(outcome, 'clear');
    assert.match(findings[0]?.reason ?? '', /sweeps\//);
  }
  assert.deepEqual(
    one.findings.map(({ id }) => id),
    two.findings.map(({ id }) => id),
  );
  const places = await swept();
  assert.deepEqual(Object.keys(places).sort(), ['.github/workflows/sync.yml', 'CLAUDE_CODE_OAUTH_TOKEN']);
  for (const { tokens, count, resource, firstSeen, lastSeen, lastSeenBy } of Object.values(places)) {
    assert.deepEqual([tokens.length, count], [1, 1]);
    assert.ok(resource.url !== undefined && firstSeen < lastSeen && lastSeenBy.endsWith('-2'));
    assert.match(tokens[0]?.sha256 ?? '', /^[0-9a-f]{64}$/);
  }
});

test('a sweep that is filed again says what it said, although a case has changed the list meanwhile', async () => {
  const first = await fileNextSweep();
  organisation.variables.add({ name: 'REGISTRY_AUTH', value: mint.mint('npm') });
  await scanAll(NEXT);
  const again = await fileNextSweep(first.sweepId);
  assert.deepEqual(again.filed, first.filed);
  assert.ok('REGISTRY_AUTH' in (await swept()));
});

test('what cannot be read stays on the list, and what is seen to be gone leaves it', async () => {
  organisation.variables.delete('REGISTRY_AUTH');
  const tools = state.repositories.all().find(({ name }) => name === 'data-tools');
  const path = '.github/workflows/sync.yml';
  const text = tools?.files.get(path) ?? '';
  assert.notEqual(text, '');
  tools?.files.delete(path);
  const unreadable = { kind: 'answer', status: 502 } as const;
  app.tenant.faults.add({
    vendor: 'github',
    path: /organizations?.*variables|orgs.*variables|graphql/,
    effect: unreadable,
  });
  const before = Object.keys(await swept()).sort();
  await scanAll(LEAVER);
  app.tenant.faults.clear();
  assert.deepEqual(Object.keys(await swept()).sort(), before);

  // Read again: the variable and the file are gone, the value of the other variable is another.
  organisation.variables.patch('CLAUDE_CODE_OAUTH_TOKEN', { value: 'no token' });
  assert.deepEqual((await reported(LEAVER)).findings, []);
  assert.deepEqual(await swept(), {});

  tools?.files.set(path, text);
  assert.deepEqual(
    (await reported(NEXT)).findings.map(({ title }) => title),
    [`1 token of unknown owners in 1 place of ${ORGANISATION}`],
  );
  assert.deepEqual(Object.keys(await swept()), [path]);
});

test('two cases that read a place at once, and one that reads it late, leave one row', async () => {
  const [place] = Object.values(await swept());
  assert.ok(place !== undefined);
  await Promise.all([scanAll(LEAVER), scanAll(NEXT), scanAll(NEXT)]);
  const listed = await storage.listUnowned();
  assert.deepEqual(
    listed.map(({ id, firstSeen }) => [id, firstSeen]),
    [[place.id, place.firstSeen]],
  );
});

test('no planted token is in the list or in the report of a sweep', async () => {
  const { report } = await fileNextSweep();
  const written = JSON.stringify([report, await storage.listUnowned()]);
  for (const token of mint.all()) assert.ok(!written.includes(token.slice(-12)), 'a piece of a token was written');
});
