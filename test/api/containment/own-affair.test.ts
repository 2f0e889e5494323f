import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { CaseState } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp({});
after(() => app.stop());
const { storage } = openVendors(app.config);
const api = askApi(app);
const AT = '2026-11-02T10:00:00.000Z';
const LEAVER = '0e000000-0000-4000-8000-0000000000d1' as Oid;
/** Of the same person by two people's word, and still enabled. */
const ADMIN_ACCOUNT = '0e000000-0000-4000-8000-0000000000d2' as Oid;
const hash = 'a'.repeat(64);
const reason = 'It is mine.';

async function ask(path: string, body: object, oid = ADMIN_ACCOUNT): Promise<string> {
  const roles = ['Offboarding.Operate', 'Offboarding.Approve', 'Offboarding.Administer'];
  const claims = { audience: WORLD.app.audience, oid, clientId: 'cli', scopes: ['access'], roles };
  const answer = await api(path, { token: await app.tenant.tokens.issue(claims), body: { reason, ...body } });
  return answer.problem ?? String(answer.status);
}

async function caseOf(n: number, state: CaseState): Promise<string> {
  const caseId = makeCaseId(LEAVER, n);
  await storage.createCase({
    ...{ caseId, n, oid: LEAVER, mode: 'apply', state, instanceId: `case-${caseId}`, openedAt: AT, merged: [] },
    ...{ trigger: 'hr-queue', reason: 'HR', requestedBy: 'hr', requestedAt: AT, startsAt: '2027-01-01T00:00:00.000Z' },
    ...(state === 'filed' && { filedAt: new Date().toISOString(), outcome: 'attention', report: 'r.json' }),
  });
  return `/api/cases/${caseId}`;
}

test('who leaves decides nothing about it by another account that two people say is theirs', async () => {
  const filed = await caseOf(1, 'filed');
  const scheduled = await caseOf(2, 'scheduled');
  await storage.changeDenied(LEAVER, () => ({
    ...{ oid: LEAVER, kind: 'person', state: 'denied', generation: 1, since: AT, changedAt: AT, why: 'Case.' },
    caseId: makeCaseId(LEAVER, 1),
  }));
  const answer = { oid: LEAVER, statement: 'is', reason: 'HR says so.', by: WORLD.operator.oid, at: AT } as const;
  const joined = { ...answer, kind: 'same-person', other: ADMIN_ACCOUNT, shown: hash } as const;
  const { n } = await storage.addAnswer(joined);
  const other = await storage.addAnswer({ ...answer, kind: 'none', vendor: 'github', shown: hash });
  const ways: readonly (readonly [string, object])[] = [
    [`${filed}/restore`, { revision: 1, all: true }],
    [`${filed}/recheck`, {}],
    [`${filed}/decisions`, { planHash: hash, reject: ['F-0123456789ab'] }],
    [`${filed}/exceptions`, { findingIds: ['F-0123456789ab'], until: new Date(Date.now() + 86_400_000).toISOString() }],
    [`${filed}/answers`, { kind: 'none', vendor: 'azure-devops' }],
    [`${filed}/answers/${other.n}/confirm`, {}],
    [`${filed}/answers/${other.n}/withdraw`, {}],
    [`${scheduled}/cancel`, {}],
    [`${scheduled}/reschedule`, { when: '2027-02-01T00:00:00Z' }],
    [`/api/denied/${LEAVER}/release`, {}],
  ];
  // One person's word joins nobody.
  assert.notEqual(await ask(`${filed}/recheck`, {}), 'own-affair');
  await storage.changeAnswer({ oid: LEAVER, n }, (current) => ({
    ...current,
    confirmed: { by: WORLD.colleagues[0].oid, at: AT, reason: 'So it is.' },
  }));
  for (const [path, body] of ways) {
    const became = await ask(path, body);
    // What does not pass the contract says nothing here.
    assert.notEqual(became, 'invalid-request', path);
    assert.equal(became, 'own-affair', path);
  }
  assert.equal((await storage.getDenied(LEAVER))?.state, 'denied');
});

test('who leaves decides nothing about them through a third account, and nothing about anybody by any of theirs', async () => {
  const [third, fourth] = ['d3', 'd4'].map((end) => `0e000000-0000-4000-8000-0000000000${end}`) as [Oid, Oid];
  const about = { statement: 'is', reason: 'HR says so.', by: WORLD.operator.oid, at: AT, shown: hash } as const;
  for (const [oid, other] of [
    [ADMIN_ACCOUNT, third],
    [third, fourth],
  ] as const) {
    const { n } = await storage.addAnswer({ ...about, oid, kind: 'same-person', other });
    await storage.changeAnswer({ oid, n }, (current) => ({
      ...current,
      confirmed: { by: WORLD.colleagues[0].oid, at: AT, reason: 'So it is.' },
    }));
  }
  const filed = `/api/cases/${makeCaseId(LEAVER, 1)}`;
  assert.equal(await ask(`${filed}/recheck`, {}, fourth), 'own-affair');
  // The leaver is denied: nobody else is released, and nothing is paused, by an account of theirs.
  const others = '0e000000-0000-4000-8000-0000000000e1';
  assert.equal(await ask(`/api/denied/${others}/release`, {}, fourth), 'own-affair');
  const claims = { audience: WORLD.app.audience, oid: fourth, clientId: 'cli', scopes: ['access'] };
  const token = await app.tenant.tokens.issue({ ...claims, roles: ['Offboarding.Operate'] });
  assert.equal((JSON.parse((await api('/api/me', { token })).body) as { denied: boolean }).denied, true);
});

test('no application decides, answers, accepts or has access given back', async () => {
  const filed = await caseOf(3, 'filed');
  const roles = ['Offboarding.Operate', 'Offboarding.Approve', 'Offboarding.Administer'];
  const token = await app.tenant.tokens.issue({
    ...{ audience: WORLD.app.audience, oid: 'a9000000-0000-4000-8000-0000000000aa', clientId: 'pipeline', roles },
  });
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const ways: readonly (readonly [string, object])[] = [
    ['restore', { revision: 1, all: true }],
    ['decisions', { planHash: hash, reject: ['F-0123456789ab'] }],
    ['exceptions', { findingIds: ['F-0123456789ab'], until }],
    ['answers', { kind: 'none', vendor: 'azure-devops' }],
  ];
  for (const [what, body] of ways) {
    const { problem } = await api(`${filed}/${what}`, { token, body: { reason, ...body } });
    assert.equal(problem, 'own-affair', what);
  }
});
