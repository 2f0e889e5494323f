import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { type TableName, tableOf } from '../../src/connectors/storage/base/tables.ts';
import { EXPECTED, type Expected } from './expected.ts';
import { oidOf, upnOf } from './people.ts';
import { type Step, story } from './script.ts';
import { startMonth } from './world.ts';

/*
 * A month of a firm in one test. Intake, the duties and storage are the real code, and so is whatever asks Entra, the
 * gateway and the receiver of messages; tables and containers are in memory, below Azure's clients. The test leads the
 * clock of it all. Two hosts run the duties side by side at the minutes at which a case is to begin; one of them runs them
 * before and after that, after whatever happened, and twice a day. The minutes between, in which nothing is due, are skipped.
 *
 * What carries a case out is a stand-in (`carry-out.ts`), because the engine's own way through a case has tests of its
 * own and costs seconds: it uses the activities that contain, read the person again and close the row.
 */
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const BEGIN = Date.parse('2026-09-28T06:00:00Z');
const END = Date.parse('2026-11-03T00:00:00Z');

const names = Object.keys(EXPECTED);
const world = await startMonth(new Date(BEGIN).toISOString(), names.map(oidOf), {
  PROTECTED_OIDS: oidOf('olaf'),
  BUSINESS_TIME_ZONE: 'Europe/Berlin',
  DISABLED_MEANS_LEFT_AFTER_DAYS: '14',
  MAX_CASES_PER_HOUR: '5',
  DENY_LIST_NAMED_VALUES: WORLD.apim.namedValues[0],
  REPLICATION_SECONDS: '120',
  ISSUE_MOMENTS: 'none',
  // Each case would begin three times more; what follows on a case is told in followed-up.test.ts.
  FOLLOW_UPS: 'none',
});
after(() => world.stop());
for (const name of names) {
  const mail = upnOf(name);
  world.app.hire({ id: oidOf(name), userPrincipalName: mail, mail, createdDateTime: '2025-01-01T00:00:00Z' });
}

/** The full minutes at which the timer fires, each with how many hosts heed it. */
function firings(steps: readonly Step[]): ReadonlyMap<number, number> {
  const minutes = new Map<number, number>();
  const fires = (at: number, hosts: number): void => {
    if (at > BEGIN) minutes.set(at, Math.max(hosts, minutes.get(at) ?? 0));
  };
  for (let at = BEGIN; at < END; at += DAY / 2) fires(at, 1);
  for (const [at] of steps) for (const later of [0, 16]) fires(Math.ceil(Date.parse(at) / MINUTE + later) * MINUTE, 1);
  for (const { cases, refused } of Object.values(EXPECTED)) {
    const begins = cases.flatMap((each) => [each.begins ?? [], each.again ?? []].flat());
    const { within = 1 } = cases[0] ?? {};
    for (const at of [...refused, ...begins])
      for (const later of [-1, 0, 2, 16, within, within + 2]) fires(Date.parse(at) + later * MINUTE, 1);
    for (const at of begins) fires(Date.parse(at), 2);
    // Nobody gets in again a day too early.
    for (const [index, at] of refused.entries()) if (index % 2 === 1) fires(Date.parse(at) - DAY, 1);
  }
  return new Map([...minutes].sort(([a], [b]) => a - b));
}

async function live(): Promise<void> {
  const steps = story(world).toSorted(([a], [b]) => Date.parse(a) - Date.parse(b));
  const waiting = [...steps];
  for (const [minute, hosts] of firings(steps)) {
    for (let [next] = waiting; next !== undefined && Date.parse(next[0]) < minute; [next] = waiting) {
      waiting.shift();
      world.clock.goTo(Date.parse(next[0]));
      await next[1]();
      world.look();
    }
    world.clock.goTo(minute);
    if (minute % (DAY / 2) === BEGIN % (DAY / 2) && !world.conditions.storageDown) await world.sweep();
    await world.round(hosts);
  }
  // What is kept for months; the link to Entra's changes has expired each time.
  for (const week of [5, 6, 7, 8, 17, 18]) {
    world.clock.goTo(END + week * 7 * DAY);
    await world.round(1);
  }
}

const shown = (at: number | undefined): string => (at === undefined ? 'never' : new Date(at).toISOString());

/** What is wrong with one person's month, in sentences. */
async function faultsOf(name: string, { cases, refused }: Expected): Promise<readonly string[]> {
  const oid = oidOf(name);
  const wrong: string[] = [];
  const same = (what: string, is: unknown, should: unknown): void => {
    const [one, other] = [JSON.stringify(is), JSON.stringify(should)];
    if (one !== other) wrong.push(`${name}: ${what}: ${one} and not ${other}`);
  };
  const inTime = (what: string, is: readonly number[], should: readonly string[], within = 1): void => {
    same(`how often ${what}`, is.length, should.length);
    for (const [index, at] of should.entries()) {
      const late = (is[index] ?? Number.NaN) - Date.parse(at);
      if (!(late >= 0 && late < within * MINUTE)) wrong.push(`${name}: ${what} ${shown(is[index])} and not ${at}`);
    }
  };
  const rows = (await world.vendors.storage.casesOf(oid)).map(({ row }) => row);
  same(
    'states',
    rows.map(({ state }) => state),
    cases.map(({ state }) => state),
  );
  for (const [index, { begins, again, within, late, told }] of cases.entries()) {
    const caseId = makeCaseId(oid, index + 1);
    const begun = world.seen.begun.filter((each) => each.caseId === caseId);
    inTime(
      `case ${index + 1} began`,
      begun.map(({ at }) => at),
      [begins ?? [], again ?? []].flat(),
      within,
    );
    same(
      'refused before it began',
      begun.every((each) => each.refused),
      true,
    );
    const reason = rows[index]?.reason ?? '';
    if (late === undefined ? /late\./.test(reason) : !late.test(reason)) wrong.push(`${name}: ${reason}`);
    const heard = world.seen.told.filter((each) => each.caseId === caseId).map(({ what }) => what);
    same(`told of case ${index + 1}`, heard.sort(), [...told].sort());
  }
  inTime('turned at the gateway', world.seen.turns.get(oid) ?? [], refused, cases[0]?.within);
  return wrong;
}

async function keysIn(table: TableName): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { partitionKey, rowKey } of tableOf(world.config, table).listEntities())
    keys.push(`${partitionKey}/${rowKey}`);
  return keys;
}

test('a month: whoever leaves has one case at its instant, refused before it, and nobody else is touched', async () => {
  await live();
  const wrong = await Promise.all(names.map((name) => faultsOf(name, EXPECTED[name] as Expected)));
  assert.deepEqual(wrong.flat(), []);
  // Nobody is told twice, and nothing is told of a case that there is not.
  assert.equal(world.webhook.deliveries, world.webhook.events.length);
  const told = Object.values(EXPECTED).flatMap(({ cases }) => cases.flatMap((each) => each.told));
  assert.equal(world.seen.told.filter(({ caseId }) => caseId !== undefined).length, told.length);
  // Whom an operator let in.
  assert.deepEqual(
    world.seen.told.flatMap(({ caseId, what }) => (caseId === undefined ? [what] : [])),
    ['denied.containment-released'],
  );
  // What has served its time is gone; who is refused, and what became of everybody, is not.
  assert.deepEqual(world.engine.known(), []);
  for (const table of ['outbox', 'leavings', 'workflowtasks'] as const) assert.deepEqual(await keysIn(table), []);
  // Who ended the pause, and why, is on record.
  assert.deepEqual(
    (await keysIn('brakes')).map((key) => key.split('-')[0]),
    ['pause/ended'],
  );
  assert.deepEqual(await keysIn('idempotency'), ['purged/histories']);
  const cases = Object.values(EXPECTED).flatMap((each) => each.cases);
  assert.equal((await keysIn('cases')).length, cases.length);
  const indexed = (await keysIn('caseindex')).map((key) => key.split('/')[0]);
  // Those that wait for a person are found by an entry of their own.
  assert.deepEqual([...new Set(indexed)], ['mark', 'opened', 'waiting']);
  assert.equal(indexed.filter((each) => each === 'opened').length, cases.length);
});
