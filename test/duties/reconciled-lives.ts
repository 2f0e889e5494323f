import assert from 'node:assert/strict';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import type { Oid } from '../../src/people/oid.ts';
import { FIRST, type Op, PEOPLE, settings, type Truth } from './reconciled-operations.ts';
import { DAY, MINUTE, makeWorld, SECOND } from './reconciled-world.ts';

export async function live(ops: readonly Op[]) {
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
