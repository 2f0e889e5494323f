import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { OffboardingRequest } from '../../../src/cases/case.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { keepProjected } from '../../../src/intake/containing/keep-projected.ts';
import { releaseOwn } from '../../../src/intake/containing/release-own.ts';
import { openCase } from '../../../src/intake/starting/open-case.ts';
import { forgetDenied } from '../../support/forget-denied.ts';
import { type ContainApiWorld, HOUR_MS, inHours, jsonOf, PROTECTED, startContainApi } from './contain-api-world.ts';

let arm: ContainApiWorld['arm'];
let app: ContainApiWorld['app'];
let config: ContainApiWorld['config'];
let vendors: ContainApiWorld['vendors'];
let isListed: ContainApiWorld['isListed'];
let ask: ContainApiWorld['ask'];
let contain: ContainApiWorld['contain'];
let upnOf: ContainApiWorld['upnOf'];
let known: ContainApiWorld['known'];
let toldOf: ContainApiWorld['toldOf'];
let rowOf: ContainApiWorld['rowOf'];
before(async () => {
  ({ arm, app, config, vendors, isListed, ask, contain, upnOf, known, toldOf, rowOf } = await startContainApi());
});
after(() => app.stop());
beforeEach(async () => {
  app.tenant.faults.clear();
  for (const row of arm.namedValues.all()) row.value = ',none,';
  await forgetDenied(config);
});

test('found by the UPN and named by id, somebody is refused at the gateway and signed out at once; a release lets them in', async () => {
  const oid = app.hire();
  const byName = await contain({ userPrincipalName: upnOf(oid) });
  // A name says who has it now: the answer says whose it is, and the id is sent with it.
  assert.equal(byName.status, 422);
  assert.match(byName.body, new RegExp(oid));
  assert.equal((await contain({ oid })).status, 422);
  assert.equal(isListed(oid), false);

  const signedIn = app.directory.users.get(oid)?.signInSessionsValidFromDateTime;
  const answer = await contain(known(oid));
  assert.deepEqual([answer.status, answer.headers.get('location')], [201, `/api/denied/${oid}`]);
  const { became, list, sessions } = jsonOf(answer);
  assert.deepEqual({ became, list, sessions }, { became: 'contained', list: 'done', sessions: 'ended' });
  assert.ok(isListed(oid));
  assert.notEqual(app.directory.users.get(oid)?.signInSessionsValidFromDateTime, signedIn);

  const shown = jsonOf(await ask(`/api/denied/${oid}`, { roles: ['Offboarding.Read'] }));
  assert.match(JSON.stringify(shown), /Calls at night/);
  assert.equal((await ask(`/api/denied/${oid}/release`, { body: { reason: 'It was a test' } })).status, 200);
  assert.equal(isListed(oid), false);
  assert.deepEqual(await toldOf(oid), ['contained', 'containment-released']);
  assert.deepEqual(await vendors.storage.casesOf(oid), []);
});

test('while the app is paused an account is contained all the same', async () => {
  const oid = app.hire();
  await vendors.storage.pauseApp({ since: new Date().toISOString(), by: WORLD.operator.oid, why: 'an incident' });
  assert.equal(jsonOf(await contain(known(oid))).list, 'done');
  await vendors.storage.endPause({ endedAt: new Date().toISOString(), endedBy: WORLD.operator.oid, endedWhy: 'over' });
  assert.ok(isListed(oid));
});

test('near its end people are warned, and when nobody decides, the gateway lets them in and that is told', async () => {
  const oid = app.hire();
  await contain(known(oid));
  const round = (hours: number) =>
    keepProjected(vendors, config, app.log, () => new Date(Date.now() + hours * HOUR_MS));
  await round(1);
  assert.deepEqual(await toldOf(oid), ['contained']);
  await round(25);
  await round(26);
  assert.deepEqual(await toldOf(oid), ['contained', 'containment-ends-soon']);
  assert.ok(isListed(oid));
  await round(49);
  assert.equal(isListed(oid), false);
  await round(49);
  assert.deepEqual(await toldOf(oid), ['contained', 'containment-ended', 'containment-ends-soon']);
  assert.match(JSON.stringify(await vendors.storage.getDenied(oid)), /nobody decided/);
});

test('a later end extends, by either address; an earlier one is refused or changes nothing', async () => {
  const oid = app.hire();
  await contain(known(oid));
  const longer = jsonOf(await contain({ ...known(oid), days: 5 }));
  assert.equal(longer.became, 'extended');
  assert.equal(jsonOf(await contain({ ...known(oid), days: 1 })).became, 'stands');
  const extend = (body: object) => ask(`/api/denied/${oid}/extend`, { body: { reason: 'Still looking', ...body } });
  assert.equal((await extend({ days: 1 })).status, 422);
  assert.equal((await extend({ days: 15 })).status, 422);
  const until = inHours(24 * 10);
  assert.equal((await extend({ until })).status, 200);
  assert.deepEqual(await rowOf(oid), ['denied', until, undefined]);
  for (const odd of [{ until, days: 3 }, { until: inHours(-1) }, { days: undefined }, { reason: '' }])
    assert.equal((await contain({ ...known(oid), ...odd })).status, 422, JSON.stringify(odd));
});

test('while the gateway does not answer it is written down, told, and done by the timer', async () => {
  const oid = app.hire();
  const lift = app.tenant.faults.add({ vendor: 'arm', effect: { kind: 'answer', status: 503 } });
  const answer = jsonOf(await contain(known(oid)));
  assert.deepEqual([answer.became, answer.list, answer.sessions], ['contained', 'failed', 'ended']);
  assert.ok(String(answer.listWhy).length > 10);
  lift();
  await keepProjected(vendors, config, app.log);
  assert.ok(isListed(oid));
  assert.deepEqual(await toldOf(oid), ['contained', 'containment-failed']);
});

test('a request that is sent again does nothing more, also after somebody was released', async () => {
  const oid = app.hire();
  const headers = { 'idempotency-key': 'alert-4711' };
  const first = await contain(known(oid), { headers });
  const again = await contain(known(oid), { headers });
  assert.deepEqual([first.status, again.status, jsonOf(again).became], [201, 200, 'stands']);
  await ask(`/api/denied/${oid}/release`, { body: { reason: 'fine' } });
  assert.equal(jsonOf(await contain(known(oid), { headers })).became, 'released');
  assert.equal(isListed(oid), false);
  assert.equal((await contain({ ...known(oid), days: 3 }, { headers })).status, 422);
});

test('a request that found somebody contained for longer contains them no more after their release', async () => {
  const oid = app.hire();
  await contain({ ...known(oid), days: 5 });
  const headers = { 'idempotency-key': 'alert-4712' };
  assert.equal(jsonOf(await contain(known(oid), { headers })).became, 'stands');
  assert.deepEqual(await toldOf(oid), ['contained']);
  await ask(`/api/denied/${oid}/release`, { body: { reason: 'fine' } });
  assert.equal(jsonOf(await contain(known(oid), { headers })).became, 'released');
  assert.equal(isListed(oid), false);
});

test('a protected account is refused, but to an administrator in an emergency, which alerts', async () => {
  const oid = app.hire({ id: PROTECTED });
  const refused = await contain(known(oid));
  assert.equal(refused.status, 409);
  assert.match(refused.body, /PROTECTED_OIDS/);
  assert.equal((await contain({ ...known(oid), emergency: true })).status, 403);
  assert.equal(isListed(oid), false);
  const roles = ['Offboarding.Administer'];
  const done = await contain({ ...known(oid), emergency: true }, { roles });
  assert.equal(done.status, 201);
  assert.ok(app.logged.some((line) => line.includes('contained-in-emergency')));
  assert.ok(isListed(oid));
});

test('an identity is contained where it is said to be one; an id that is nobody’s, and a group, are not', async () => {
  const pipeline = app.directory.servicePrincipals.add({
    id: '5e000000-0000-4000-8000-0000000000c1',
    appId: '5e000000-0000-4000-8000-0000000000c2',
    displayName: 'deploy',
  } as never);
  const nobody = '5e000000-0000-4000-8000-0000000000c9';
  assert.equal((await contain({ oid: pipeline.id })).status, 409);
  const done = jsonOf(await contain({ oid: pipeline.id, kind: 'identity' }));
  assert.deepEqual([done.list, done.sessions], ['done', 'none']);
  assert.equal((await contain({ oid: nobody })).status, 422);
  assert.equal((await contain({ oid: nobody, kind: 'identity' })).status, 422);
  assert.equal((await contain({ userPrincipalName: `nobody@${WORLD.domain}` })).status, 422);
});

test('turned into a case the denial has no end; a case that gives up leaves them contained', async () => {
  const oid = app.hire();
  await contain(known(oid));
  const [, until] = await rowOf(oid);
  const request: OffboardingRequest = {
    oid,
    trigger: 'hr-queue',
    reason: 'left',
    requestedBy: 'hr',
    mode: 'apply',
    lastDay: '2026-01-31',
    requestedAt: new Date().toISOString(),
  };
  await openCase(vendors, config, { ...request, mode: 'plan' }, app.start);
  assert.deepEqual(await rowOf(oid), ['denied', until, undefined]);
  const opened = await openCase(vendors, config, request, app.start);
  assert.ok('stored' in opened);
  const { caseId } = opened.stored.row;
  assert.deepEqual(await rowOf(oid), ['denied', undefined, caseId]);
  // Beside it nothing is weakened.
  assert.equal(jsonOf(await contain({ ...known(oid), days: 1 })).became, 'stands');
  await releaseOwn(vendors, { caseId, oid }, { at: new Date().toISOString(), by: 'intake', why: 'refused' });
  assert.deepEqual(await rowOf(oid), ['denied', until, undefined]);
  assert.ok(isListed(oid));
  assert.equal(makeCaseId(oid, 2), caseId);
});

test('whom a case alone denies has no end that could be moved, and who was released is not extended', async () => {
  const oid = app.hire();
  await vendors.denied.deny({ oid, kind: 'person', caseId: makeCaseId(oid, 1), why: 'left', at: inHours(-1) });
  const extend = () => ask(`/api/denied/${oid}/extend`, { body: { reason: 'more', days: 3 } });
  assert.equal((await extend()).status, 409);
  await vendors.denied.releaseNow({ oid, by: WORLD.operator.oid, why: 'back' });
  assert.equal((await extend()).status, 409);
  assert.equal((await ask(`/api/denied/${app.hire()}/extend`, { body: { reason: 'more', days: 3 } })).status, 404);
});
