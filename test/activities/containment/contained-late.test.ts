import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { containLeaver } from '../../../activities/containment/contain-leaver.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { manifestName } from '../../../src/cases/folders.ts';
import type { StepResult } from '../../../src/cases/step-result.ts';
import { isDenied } from '../../../src/connectors/gateway/deny-list.ts';
import { findPerson } from '../../../src/connectors/graph/people/users.ts';
import { createCase } from '../../../src/connectors/storage/cases/case-table.ts';
import { getJson, putOnce } from '../../../src/connectors/storage/evidence/evidence.ts';
import { runningCase } from '../../support/apps/running-case.ts';
import {
  type ContainLeaverWorld,
  kindOf,
  nextCase,
  oid,
  opened,
  startContainLeaver,
  statuses,
} from './contain-leaver-world.ts';

let app: ContainLeaverWorld['app'];
let config: ContainLeaverWorld['config'];
let context: ContainLeaverWorld['context'];
let lists: ContainLeaverWorld['lists'];
let contain: ContainLeaverWorld['contain'];
let callsSince: ContainLeaverWorld['callsSince'];
let prepare: ContainLeaverWorld['prepare'];
before(async () => {
  ({ app, config, context, lists, contain, callsSince, prepare } = await startContainLeaver());
});
after(() => app.stop());
beforeEach(() => prepare());

const DELETED_AT = '2026-11-23T09:00:00.000Z';

test('once the report is filed, a delivery that comes late does not shut out who came back meanwhile', async () => {
  const caseId = nextCase(oid);
  await contain(oid, caseId);
  await putOnce(config, 'evidence', manifestName({ caseId }), '{}');
  for (const { row, value } of lists) row.value = value;
  const before = Date.now();
  await contain(oid, caseId);
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: false });
  assert.deepEqual(
    callsSince(before).filter(({ vendor, method }) => vendor !== 'login' && method !== 'GET'),
    [],
  );
});

test('who was contained before there was a case is refused already, and the report says by whom, since when and why', async () => {
  const at = '2026-11-20T09:00:00.000Z';
  const contained = { oid, kind: 'person', by: WORLD.operator.oid, why: 'Calls at night', at } as const;
  await context.vendors.denied.contain({ ...contained, until: '2027-11-20T09:00:00.000Z' });
  const finding = kindOf(await contain(), 'gateway-deny-list');
  assert.equal(finding?.status, 'nothing-to-do');
  assert.match(finding?.reason ?? '', new RegExp(`since ${at} by ${WORLD.operator.oid}.*Calls at night`));
  const row = await context.vendors.storage.getDenied(oid);
  assert.deepEqual([row?.state, row?.until], ['denied', undefined]);
});

test('two deliveries at once put the leaver on the list once and file one record', async () => {
  const caseId = nextCase(oid);
  const [one, other] = await Promise.all([contain(oid, caseId), contain(oid, caseId)]);
  const denials = [one, other].map(({ actions }) => actions.find(({ what }) => what.includes('deny list')));
  assert.deepEqual(denials[0], denials[1]);
  assert.equal(denials[0]?.result, 'done');
});

test('restored in the middle of a case: a delivery that was started before does not shut the person out again', async () => {
  const caseId = nextCase(oid);
  const found = await findPerson(config, oid);
  assert.ok(found.ok);
  const leaver = { ...found.value, github: [], devops: [] };
  const { vendors } = context;
  const at = new Date().toISOString();
  const denied = await vendors.denied.deny({ oid, kind: 'person', caseId, why: 'deleted', at });
  const input = { caseId, leaver, mode: 'apply', denialGeneration: denied.row.generation } as const;
  await containLeaver.handler(input, context);
  await vendors.denied.release({ oid, caseId, at, by: 'entra', why: 'The account was restored.' });
  const before = Date.now();
  const ref = await containLeaver.handler(input, context);
  const part = await getJson<StepResult>(config, ref.ref);
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: false });
  const writes = callsSince(before).filter(({ method }) => method === 'PATCH' || method === 'POST');
  assert.deepEqual(
    writes.filter(({ vendor }) => vendor !== 'login'),
    [],
  );
  const finding = kindOf(part, 'gateway-deny-list');
  assert.equal(finding?.status, 'manual-action');
  assert.match(finding?.reason ?? '', /released by entra .*restored/);
});

test('a list that nobody can vouch for is told by the case, whose leaver is on it all the same', async () => {
  const [first] = lists;
  assert.ok(first);
  first.row.value = ',none,0e000000-0000-4000-8000-000000000001,';
  const part = await contain();
  assert.deepEqual(await isDenied(config, oid), { ok: true, value: true });
  assert.equal(kindOf(part, 'gateway-deny-list')?.status, 'done');
  assert.equal(kindOf(part, 'deny-list-blocked')?.status, 'could-not-check');
  assert.match(first.row.value, /0e000000/, 'and nobody left it');
});

test('a case about a deletion revokes no sessions of an account that is there again', async () => {
  const caseId = nextCase(oid);
  await createCase(
    config,
    runningCase(oid, opened.cases, { openedAt: new Date().toISOString(), deletedAt: DELETED_AT }),
  );
  const before = Date.now();
  const part = await contain(oid, caseId);
  assert.deepEqual(statuses(part), { 'gateway-deny-list': 'done', 'sign-in-sessions': 'nothing-to-do' });
  assert.ok(callsSince(before).every(({ path }) => !path.includes('revokeSignInSessions')));
});

test('restored while the case waited for the engine: whoever is back is neither denied nor signed out', async () => {
  const caseId = nextCase(oid);
  await createCase(config, runningCase(oid, opened.cases, { state: 'open', deletedAt: DELETED_AT }));
  const part = await contain(oid, caseId);
  const denied = await isDenied(config, oid);
  assert.ok(denied.ok && !denied.value);
  assert.deepEqual([kindOf(part, 'gateway-deny-list')?.status, part.actions], ['planned', []]);
});
