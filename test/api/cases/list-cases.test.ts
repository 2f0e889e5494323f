import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { CaseRow } from '../../../src/cases/case.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import { updateCase } from '../../../src/connectors/storage/cases/case-table.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const api = askApi(app);

async function ask(path: string, body?: object, now = new Date()) {
  const claims = { audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'operator-cli' };
  const token = await app.tenant.tokens.issue({ ...claims, roles: ['Offboarding.Operate'], scopes: ['access'] });
  return api(path, { token, tools: { now: () => now }, ...(body === undefined ? {} : { body }) });
}

/** What a firm could have: every combination that a filter tells apart. */
const rows: { readonly oid: Oid; readonly at: string; readonly more: Partial<CaseRow> }[] = [];
const STATES = ['running', 'filed', 'failed'] as const;
for (const [index, outcome] of (
  ['clear', 'attention', undefined, 'clear', 'incomplete', undefined] as const
).entries()) {
  const oid = app.hire();
  const at = new Date(Date.parse('2026-11-01T00:00:00Z') + index * 3_600_000).toISOString();
  const reason = index % 2 === 0 ? 'Left for good' : `Contract ended, ticket ${index}`;
  await ask('/api/cases', { oid, mode: 'plan', reason }, new Date(at));
  const more: Partial<CaseRow> = {
    ...{ state: outcome === undefined ? (STATES[index % 3] ?? 'running') : 'filed', incident: index === 3 },
    ...(outcome === undefined ? {} : { outcome }),
  };
  await updateCase(app.config, `${oid}-1` as CaseId, (row) => ({ ...row, ...more }));
  rows.push({ oid, at, more: { ...more, reason } });
}
const idsOf = (some: typeof rows): string[] => some.map(({ oid }) => `${oid}-1`).toReversed();

/** Every page of a list, as whoever follows `next` reads it. */
async function list(query: string): Promise<string[]> {
  const ids: string[] = [];
  for (let path: string | undefined = `/api/cases?${query}`; path !== undefined; ) {
    const page = JSON.parse((await ask(path)).body) as { cases: { caseId: string }[]; next?: string };
    ids.push(...page.cases.map(({ caseId }) => caseId));
    path = page.next;
  }
  return ids;
}

test('cases are found by state, outcome, incident, person, time and words, newest first and page by page', async () => {
  const wanted: Readonly<Record<string, (row: (typeof rows)[number]) => boolean>> = {
    '': () => true,
    'state=filed': ({ more }) => more.state === 'filed',
    'outcome=clear': ({ more }) => more.outcome === 'clear',
    'outcome=clear&incident=true': ({ more }) => more.outcome === 'clear' && more.incident === true,
    'search=TICKET': ({ more }) => more.reason?.includes('ticket') === true,
    [`oid=${rows[2]?.oid.toUpperCase()}`]: ({ oid }) => oid === rows[2]?.oid,
    'openedFrom=2026-11-01T02:00:00Z': ({ at }) => at >= '2026-11-01T02:00:00.000Z',
    'openedTo=2026-11-01T02:00:00Z': ({ at }) => at < '2026-11-01T02:00:00.000Z',
    'openedFrom=2026-11-01T01:00:00Z&openedTo=2026-11-01T04:00:00Z&outcome=clear': ({ at, more }) =>
      at >= '2026-11-01T01:00:00.000Z' && at < '2026-11-01T04:00:00.000Z' && more.outcome === 'clear',
    'trigger=hr-queue': () => false,
    'mode=plan': () => true,
  };
  for (const [query, isWanted] of Object.entries(wanted)) {
    const ids = idsOf(rows.filter(isWanted));
    assert.deepEqual(await list(query), ids, query);
    assert.deepEqual(await list(`limit=1&${query}`), ids, `${query}, one at a time`);
  }
});

test('a filter that is not one is refused, and each is named', async () => {
  const answer = await ask('/api/cases?state=lost&outcome=fine&openedFrom=yesterday&who=me&limit=0&limit=1');
  assert.equal(answer.status, 422);
  const { errors } = JSON.parse(answer.body) as { errors: { parameter: string }[] };
  assert.deepEqual(errors.map(({ parameter }) => parameter).sort(), [
    ...['limit', 'openedFrom', 'outcome', 'state', 'who'],
  ]);
});
