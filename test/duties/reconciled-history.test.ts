import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { loadConfig } from '../../src/config.ts';
import type { Oid } from '../../src/people/oid.ts';
import { fc } from '../support/properties.ts';
import { DAY, MINUTE, makeWorld, SECOND } from './reconciled-world.ts';

const PEOPLE = [1, 2].map((n) => `0e000000-0000-4000-8000-00000000000${n}` as Oid);
const [FIRST] = PEOPLE as [Oid];
const DAYS = 2;
const settings = loadConfig({
  TENANT_ID: WORLD.tenantId,
  BLOB_ENDPOINT: 'https://none.example',
  TABLE_ENDPOINT: 'https://none.example',
  READER_CLIENT_ID: WORLD.app.reader.clientId,
  REMOVER_CLIENT_ID: WORLD.app.remover.clientId,
  API_AUDIENCE: WORLD.app.audience,
  GATEWAY_APP_ID: WORLD.gateway.appId,
  GITHUB_APP_ID: WORLD.github.appId,
  GITHUB_APP_KEY_ID: 'https://none.example/keys/k/1',
  SECURITY_REPOSITORY: WORLD.github.securityRepository,
  AUDIT_WORKSPACE_ID: WORLD.audit.workspaceId,
  AUDIT_WORKSPACE_RESOURCE_ID: `/subscriptions/${WORLD.subscriptions.platform}/resourceGroups/x/providers/Microsoft.OperationalInsights/workspaces/x`,
  ENTRA_EVENTS_MODE: 'apply',
  SWEEP_MODE: 'apply',
  DISABLED_MEANS_LEFT_AFTER_DAYS: String(DAYS),
  REPLICATION_SECONDS: '120',
});

const who = fc.nat(PEOPLE.length - 1);
const which = fc.nat(20);
const op = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constantFrom('delete', 'restore', 'disable', 'enable'), who }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('purge', 'plan'), who }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constantFrom('deliver', 'deliver-twice', 'drop'), which }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('round'), minutes: fc.constantFrom(1, 1, 14, 16) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('file', 'engine', 'lose', 'replay', 'days') }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('outage'), days: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('lag'), seconds: fc.constantFrom(0, 30, 90, 119) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('late'), who }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('fail'), calls: fc.integer({ min: 1, max: 6 }) }) },
);
type Op = {
  readonly op: string;
  readonly who?: number;
  readonly which?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly days?: number;
  readonly calls?: number;
};

/** What truly happened to somebody, as nobody in the program knows it. */
interface Truth {
  /** Instants of their deletions. */
  readonly deletions: string[];
  goneAt?: number;
  /** Instant of the last return. */
  returnedAt?: number;
  /** Between which instants the account was disabled, whatever else became of it. */
  readonly disabled: { readonly from: number; to: number }[];
}

async function live(ops: readonly Op[]) {
  const world = makeWorld(settings, PEOPLE);
  const { entra, conditions } = world;
  const truths = new Map(PEOPLE.map((oid): [Oid, Truth] => [oid, { deletions: [], disabled: [] }]));
  const events: object[] = [];
  let sequence = 0;
  /** When the list of changes was last lost: who is gone by then without an event is in no list of Entra's. */
  let lostAt = 0;
  let outage = false;
  /** Begin of the last days on which everything answered: longer than disabled means left. */
  let calmSince = 0;
  const publish = (oid: Oid, kind: 'Updated' | 'Deleted'): void => {
    sequence += 1;
    const time = world.now().toISOString();
    const resourceData = { id: oid, eventTime: time, sequenceNumber: sequence };
    const data = { tenantId: WORLD.tenantId, resourceData };
    const type = `Microsoft.Graph.User${kind}`;
    events.push({ specversion: '1.0', id: `e${sequence}`, type, source: '/tenants', time, data });
  };
  const change = (oid: Oid, kind: 'Updated' | 'Deleted', effect: (truth: Truth) => void): void => {
    const truth = truths.get(oid);
    assert.ok(truth);
    world.change(() => effect(truth));
    publish(oid, kind);
  };
  const round = async (minutes: number): Promise<void> => {
    world.pass(minutes * MINUTE);
    const answers = conditions.failing === 0;
    await world.round();
    if (outage) lostAt = world.now().getTime();
    if (answers && entra.switches.delta.lost === undefined) outage = false;
  };
  const calm = (): void => {
    Object.assign(conditions, { lagMs: 0, failing: 0, engineDown: false });
    Object.assign(entra.switches.delta, { lost: undefined, replays: false });
    entra.switches.delta.late.clear();
  };
  /** Everything answers, and the directory's time has passed: whatever is to be found is found now. */
  const settle = async (): Promise<void> => {
    calm();
    world.pass(3 * MINUTE);
    await world.fileAll();
    for (const minutes of [16, 1, 3, 16, 3]) await round(minutes);
  };
  const deliver = async (event: object | undefined): Promise<boolean> => {
    if (event === undefined) return true;
    try {
      await world.deliver(event);
      return true;
    } catch {
      return false;
    }
  };
  await round(15);
  for (const each of ops) {
    const oid = PEOPLE[each.who ?? 0] ?? FIRST;
    const at = events.length === 0 ? 0 : (each.which ?? 0) % events.length;
    switch (each.op) {
      case 'delete': {
        const user = entra.users.get(oid);
        if (user === undefined) break;
        change(oid, 'Updated', (truth) => {
          entra.users.delete(oid);
          const deletedDateTime = world.now().toISOString();
          entra.deletedUsers.add({ ...user, deletedDateTime });
          truth.deletions.push(deletedDateTime);
        });
        break;
      }
      case 'restore': {
        const user = entra.deletedUsers.get(oid);
        if (user === undefined) break;
        change(oid, 'Updated', (truth) => {
          entra.deletedUsers.delete(oid);
          entra.users.add({ ...user, deletedDateTime: null });
          truth.returnedAt = world.now().getTime();
        });
        break;
      }
      case 'purge':
        if (entra.deletedUsers.get(oid) === undefined) break;
        change(oid, 'Deleted', (truth) => {
          entra.deletedUsers.delete(oid);
          truth.goneAt = world.now().getTime();
        });
        break;
      case 'disable':
      case 'enable': {
        const user = entra.users.get(oid);
        const enabled = each.op === 'enable';
        if (user === undefined || user.accountEnabled === enabled) break;
        change(oid, 'Updated', (truth) => {
          user.accountEnabled = enabled;
          const now = world.now().getTime();
          if (!enabled) truth.disabled.push({ from: now, to: Number.POSITIVE_INFINITY });
          const last = truth.disabled.at(-1);
          if (enabled && last !== undefined) last.to = now;
        });
        break;
      }
      case 'plan':
        // While the engine is down the answer is an error, and the case stays open.
        await world.plan(oid).catch(() => undefined);
        break;
      case 'deliver': {
        const [event] = events.splice(at, 1);
        if (!(await deliver(event)) && event !== undefined) events.push(event);
        break;
      }
      case 'deliver-twice':
        await deliver(events[at]);
        break;
      case 'drop':
        events.splice(at, 1);
        break;
      case 'round':
        await round(each.minutes ?? 1);
        break;
      case 'file':
        await world.fileAll();
        break;
      case 'engine':
        conditions.engineDown = !conditions.engineDown;
        break;
      case 'lose':
        entra.switches.delta.lost = 410;
        outage = true;
        break;
      case 'replay':
        entra.switches.delta.replays = !entra.switches.delta.replays;
        break;
      case 'days':
        calm();
        calmSince = world.now().getTime();
        for (let half = 0; half < 7; half += 1) {
          await round(720);
          await world.sweep();
        }
        break;
      case 'outage':
        world.pass((each.days ?? 1) * DAY);
        outage = true;
        break;
      case 'lag':
        conditions.lagMs = (each.seconds ?? 0) * SECOND;
        break;
      case 'late':
        entra.switches.delta.late.add(oid);
        break;
      case 'fail':
        conditions.failing = each.calls ?? 1;
        break;
      default:
        throw new Error(`no such op: ${each.op}`);
    }
  }
  await settle();
  return { world, truths, lostAt, calmSince };
}

test('whatever is lost, late, repeated or out of order: one case of each leaving, and none of somebody who is there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(op, { minLength: 1, maxLength: 30 }), async (ops) => {
      const { world, truths, lostAt, calmSince } = await live(ops);
      for (const [oid, truth] of truths) {
        // A plan that somebody wanted stands for no leaving.
        const rows = (await world.rowsOf(oid)).filter(({ mode }) => mode === 'apply');
        const about = (instant: string | undefined) => rows.filter(({ deletedAt }) => deletedAt === instant);
        const lived = world.standsAs(oid);

        // One case of each deletion at most, and of nothing that did not happen.
        for (const { deletedAt, caseId } of rows) {
          if (deletedAt !== undefined) assert.ok(truth.deletions.includes(deletedAt), caseId);
        }
        for (const each of truth.deletions) assert.ok(about(each).length <= 1, `${each} has several cases`);
        for (const { caseId, trigger, openedAt, state } of about(undefined)) {
          const opened = Date.parse(openedAt);
          const forLong = truth.disabled.some(
            ({ from, to }) => opened - from >= DAYS * DAY && opened <= to + 2 * MINUTE,
          );
          const gone = truth.goneAt !== undefined && opened >= truth.goneAt;
          assert.ok(gone || (trigger === 'sweep' && forLong), `${caseId} (${state}) is about nothing`);
        }
        assert.ok(about(undefined).filter(({ trigger }) => trigger !== 'sweep').length <= 1);

        const last = truth.deletions.at(-1);
        switch (lived) {
          case 'deleted':
            assert.deepEqual(
              about(last).map(({ state }) => state === 'filed' || state === 'running'),
              [true],
            );
            assert.equal(world.deniedOf(oid)?.state, 'denied');
            break;
          case 'gone':
            if ((truth.goneAt ?? 0) < lostAt) break;
            assert.ok(
              rows.some(({ state, restoredAt }) => state !== 'refused' && restoredAt === undefined),
              'who was deleted for good has no case',
            );
            assert.ok((await world.rowsOf(oid)).at(-1)?.goneAt, 'nobody knows that they are gone');
            assert.equal(world.deniedOf(oid)?.state, 'denied', 'who left for good is let in');
            break;
          case 'there': {
            assert.ok(!rows.some(({ state }) => state === 'open'), 'a case lies about unstarted');
            const enabled = world.entra.users.get(oid)?.accountEnabled === true;
            if (enabled) assert.notEqual(world.deniedOf(oid)?.state, 'denied', 'somebody who is there is kept out');
            for (const { state, filedAt, deletedAt, restoredAt } of rows) {
              const before = Date.parse(filedAt ?? '') < (truth.returnedAt ?? 0);
              if (state === 'filed' && deletedAt !== undefined && before) assert.ok(restoredAt, 'the return is untold');
            }
            const since = enabled ? Number.POSITIVE_INFINITY : (truth.disabled.at(-1)?.from ?? 0);
            const unbroken = since > lostAt && !truth.deletions.some((each) => Date.parse(each) > since);
            if (unbroken && since < calmSince)
              assert.ok(rows.some(({ state, restoredAt }) => state !== 'refused' && restoredAt === undefined));
            break;
          }
          default:
            lived satisfies never;
        }
      }
      assert.equal(new Set(world.started).size, world.started.length);
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 1_000) },
  );
});
