import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import { parseCaseId } from '../../../src/cases/ids.ts';
import { updateCase } from '../../../src/connectors/storage/cases/case-table.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { type Oid, parseOid } from '../../../src/people/oid.ts';
import { receiveEntraEvent } from '../../../src/triggers/entra/entra-events.ts';
import { type CasesApiWorld, headerOf, jsonOf, startCasesApi } from './cases-api-world.ts';

let app: CasesApiWorld['app'];
let leaving: CasesApiWorld['leaving'];
let post: CasesApiWorld['post'];
let get: CasesApiWorld['get'];
let list: CasesApiWorld['list'];
before(async () => {
  ({ app, leaving, post, get, list } = await startCasesApi());
});
after(() => app.stop());

test('an operator opens a case and follows it', async () => {
  const oid = app.hire();
  const opened = await post({ body: leaving(oid, { oid: oid.toUpperCase(), reason: 'Left the company' }) });
  assert.equal(opened.status, 201);
  assert.equal(headerOf(opened, 'location'), `/api/cases/${oid}-1`);
  assert.deepEqual([jsonOf(opened).caseId, jsonOf(opened).state], [`${oid}-1`, 'running']);
  const progress = { steps: { containment: 'done', consent: 'running' } };
  const shown = await get(`${oid}-1`, {}, { runtimeStatus: 'Running', customStatus: progress });
  assert.equal(shown.status, 200);
  assert.deepEqual(
    [jsonOf(shown).progress, jsonOf(shown).requestedBy],
    [{ ...progress, ends: 'not known yet' }, WORLD.operator.oid],
  );
});

test('asking for a case that runs names it: 200 and the same place', async () => {
  const oid = app.hire();
  await post({ body: leaving(oid, { reason: 'first' }) });
  const again = await post({ body: leaving(oid, { reason: 'second' }) });
  assert.deepEqual([again.status, headerOf(again, 'location')], [200, `/api/cases/${oid}-1`]);
  assert.deepEqual(app.startsOf(oid), [`case-${oid}-1`]);
});

test('who follows a case is told when nothing changed', async () => {
  const oid = app.hire();
  await post({ body: leaving(oid, { reason: 'left' }) });
  const first = await get(`${oid}-1`, {}, { runtimeStatus: 'Running', customStatus: { steps: {} } });
  const etag = headerOf(first, 'etag') ?? '';
  const same = await get(
    `${oid}-1`,
    { headers: { 'if-none-match': etag } },
    { runtimeStatus: 'Running', customStatus: { steps: {} } },
  );
  assert.deepEqual([same.status, same.body], [304, '']);
  const moved = { runtimeStatus: 'Running', customStatus: { steps: { consent: 'done' } } };
  assert.equal((await get(`${oid}-1`, { headers: { 'if-none-match': etag } }, moved)).status, 200);
});

test('a case that runs tells of each source how many of how many are read, and when that ends', async () => {
  const oid = app.hire();
  await post({ body: leaving(oid, { reason: 'left' }) });
  const { storage } = openVendors(app.config);
  const [run, source] = [`${oid}-1`, 'github/repositories:acme'];
  const read = { source, step: 'runner-credentials', unit: 'repositories' };
  let whole: unknown;
  const sourcesOf = async (state: string): Promise<unknown> => {
    const steps = { 'runner-credentials': state };
    const shown = jsonOf(await get(run, {}, { runtimeStatus: 'Running', customStatus: { steps } }));
    const progress = shown.progress as { readonly sources?: unknown; readonly ends?: unknown };
    whole = progress.ends;
    return progress.sources;
  };
  assert.equal(await sourcesOf('running'), undefined);
  const at = new Date(Date.now() - 1_000).toISOString();
  await storage.beginCounting(run, { ...read, at });
  assert.deepEqual(await sourcesOf('running'), [{ ...read, done: 0, of: 'not known yet', ends: 'not known yet' }]);
  await storage.beginCounting(run, { ...read, at, of: 4_000, budget: { name: 'acme', points: 12_000 } });
  // Delivered twice, and two batches.
  for (const [piece, pieces] of [
    ['a', 100],
    ['a', 100],
    ['b', 100],
  ] as const)
    await storage.countDone(run, source, piece, pieces);
  const [told] = (await sourcesOf('running')) as [{ readonly ends: string }];
  assert.deepEqual(told, { ...read, done: 200, of: 4_000, ends: told.ends });
  assert.equal(whole, told.ends);
  const slower = { ...read, source: 'azure-devops/agents:acme', unit: 'pools' };
  await storage.beginCounting(run, { ...slower, at });
  await sourcesOf('running');
  assert.equal(whole, 'not known yet', 'nobody knows how many pools there are');
  await storage.beginCounting(run, { ...slower, at, of: 0 });
  // 11,400 points, 900 a minute.
  const minutes = (Date.parse(told.ends) - Date.now()) / 60_000;
  assert.ok(minutes > 12 && minutes < 15, told.ends);
  assert.deepEqual(await sourcesOf('done'), [
    { ...slower, done: 0, of: 0 },
    { ...read, done: 200, of: 4_000 },
  ]);
  assert.equal(whole, 'not known yet', 'what follows the reading is not measured');
  // Read again: what the reading before counted, up to its report, is not how far this one is.
  const filedAt = new Date(Date.now() + 60_000).toISOString();
  const before = { attempt: 1, filedAt, outcome: 'incomplete', report: 'report.json' } as const;
  await storage.updateCase(parseCaseId(run)?.caseId ?? assert.fail(), (row) => ({ ...row, revisions: [before] }));
  assert.equal(await sourcesOf('running'), undefined);
});

test('a case whose orchestration broke is shown as failed', async () => {
  const oid = app.hire();
  await post({ body: leaving(oid, { reason: 'left' }) });
  assert.equal(jsonOf(await get(`${oid}-1`, {}, { runtimeStatus: 'Failed', customStatus: null })).state, 'failed');
});

test('the same Idempotency-Key is the same case, even after its end; with another body it is refused', async () => {
  const oid = app.hire();
  const headers = { 'idempotency-key': 'ticket-4711' };
  const body = leaving(oid);
  assert.equal((await post({ body, headers })).status, 201);
  await updateCase(app.config, `${oid}-1` as CaseId, (row) => ({ ...row, state: 'filed' }));
  const again = await post({ body, headers });
  assert.deepEqual([again.status, headerOf(again, 'location')], [200, `/api/cases/${oid}-1`]);
  assert.equal((await post({ body: { ...body, reason: 'other' }, headers })).status, 422);
  assert.equal((await post({ body, headers: { 'idempotency-key': ' ' } })).status, 422);
  const fresh = await post({ body, headers: { 'idempotency-key': 'ticket-4712' } });
  assert.deepEqual([fresh.status, headerOf(fresh, 'location')], [201, `/api/cases/${oid}-2`]);
});

test('a protected account and oneself are refused, with the case that says so', async () => {
  const guarded = parseOid(WORLD.breakGlass.oid) as Oid;
  app.hire({ id: guarded });
  app.hire({ id: WORLD.operator.oid });
  for (const oid of [guarded, WORLD.operator.oid]) {
    const answer = await post({ body: leaving(oid, { reason: 'x' }) });
    assert.equal(answer.status, 409);
    const shown = await get(`${oid}-1`);
    assert.deepEqual([jsonOf(shown).state, shown.status], ['refused', 200]);
    assert.equal(jsonOf(shown).refusal, jsonOf(answer).detail);
  }
  assert.deepEqual(app.startsOf(guarded), []);
});

test('the last day that an operator names is kept with the case, and its year is no slip of the hand', async () => {
  const oid = app.hire();
  const opened = await post({ body: leaving(oid, { lastDay: '2026-01-31' }) });
  assert.deepEqual([opened.status, jsonOf(opened).lastDay], [201, '2026-01-31']);
  assert.equal(jsonOf(await get(`${oid}-1`)).lastDay, '2026-01-31');
  assert.equal((await post({ body: leaving(app.hire(), { lastDay: '2999-01-31' }) })).status, 422);
});

test('an id that Entra does not know is refused unless the operator insists', async () => {
  const oid = '99999999-1111-4222-8333-444444444444' as Oid;
  const body = { oid, reason: 'a slip of the hand', mode: 'apply' };
  const refused = await post({ body });
  assert.deepEqual([refused.status, jsonOf(refused).type], [422, 'urn:mcp-offboarding:problem:unknown-person']);
  assert.match(String(jsonOf(refused).detail), /acceptUnknown/);
  assert.equal((await get(`${oid}-1`)).status, 404);
  assert.equal((await post({ body: { ...body, acceptUnknown: true } })).status, 201);
  assert.deepEqual(app.startsOf(oid), [`case-${oid}-1`]);
  assert.equal((await post({ body })).status, 200, 'there is a case of it by now');
});

test('a case that the rate limit holds is started by an operator’s POST', async () => {
  const crowd = [app.hire(), app.hire(), app.hire()];
  for (const oid of crowd) {
    await app.administrator.deleteUser(oid);
    await receiveEntraEvent(openVendors(app.config), app.config, app.updated(oid), app.start, app.log);
  }
  const onHold = crowd.at(-1) as Oid;
  const shown = jsonOf(await get(`${onHold}-1`));
  assert.deepEqual([shown.state, app.startsOf(onHold)], ['open', []]);
  assert.match(String(shown.onHold), /POST \/api\/cases/);
  const planned = await post({ body: { oid: onHold, reason: 'what would happen?', mode: 'plan' } });
  assert.deepEqual([planned.status, jsonOf(planned).state, app.startsOf(onHold)], [200, 'open', []]);
  const released = await post({ body: { oid: onHold, reason: 'the clean-up is meant', mode: 'apply' } });
  assert.deepEqual([released.status, jsonOf(released).state, jsonOf(released).onHold], [200, 'running', undefined]);
  assert.deepEqual(app.startsOf(onHold), [`case-${onHold}-1`]);
});

test('cases are listed newest first, page by page, none twice and none missing', async () => {
  const seen: string[] = [];
  let query: Record<string, string> = { limit: '4' };
  for (;;) {
    const page = jsonOf(await list({ query }));
    seen.push(...(page.cases as { caseId: string }[]).map(({ caseId }) => caseId));
    if (page.next === undefined) break;
    query = Object.fromEntries(new URL(String(page.next), 'https://app.localhost').searchParams);
  }
  const whole = jsonOf(await list({ query: { limit: '100' } })).cases as { caseId: string; openedAt: string }[];
  assert.deepEqual(
    seen,
    whole.map(({ caseId }) => caseId),
  );
  assert.equal(new Set(seen).size, seen.length);
  assert.deepEqual(
    whole.map(({ openedAt }) => openedAt),
    whole
      .map(({ openedAt }) => openedAt)
      .sort()
      .reverse(),
  );
  const refused = jsonOf(await list({ query: { state: 'refused' } })).cases as { state: string }[];
  assert.deepEqual([...new Set(refused.map(({ state }) => state))], ['refused']);
  assert.equal((await list({ query: { state: 'lost', limit: '0' } })).status, 422);
});
