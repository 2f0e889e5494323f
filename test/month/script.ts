import { makeCaseId } from '../../src/cases/ids.ts';
import { openCase } from '../../src/intake/starting/open-case.ts';
import { releaseHeld } from '../../src/intake/starting/release-held.ts';
import { startScheduled } from '../../src/intake/starting/scheduled-cases.ts';
import { oidOf, upnOf } from './people.ts';
import type { startMonth } from './world.ts';

type World = Awaited<ReturnType<typeof startMonth>>;
/** What happens when; instants in UTC. */
export type Step = readonly [at: string, what: () => Promise<void>];

const now = (): Date => new Date();
const OPERATOR = 'a7b1c2d3-0000-4000-8000-000000000001';

/** The story of one month, from Monday 28 September on. Nobody in it knows how the app works. */
export function story(world: World): readonly Step[] {
  const { app, vendors, config, deliver, conditions, engine, start } = world;
  const { administrator, directory } = app;
  let messages = 0;

  const say = (name: string, kind: string, issuedAt: string, more: object = {}) => {
    messages += 1;
    const person = { oid: oidOf(name), userPrincipalName: upnOf(name) };
    const about = { schemaVersion: 2, messageId: `m${messages}`, kind, leavingId: `${name}-1`, issuedAt };
    return { ...about, person, requestedBy: 'workday', ...more };
  };
  /** HR names a last day, which ends at 18:00 in Berlin where nothing else is said. */
  const names = (at: string, name: string, lastDay: string, more: object = {}): Step => [
    at,
    () => world.hear(say(name, 'leaver', at, { lastDay, ...more })),
  ];
  const hears = (at: string, ...said: readonly object[]): Step => [
    at,
    async () => {
      for (const each of said) await world.hear(each);
    },
  ];
  const updated = (name: string) => app.updated(oidOf(name));
  /** Deleted in the portal, and told once. */
  const deleted = (at: string, name: string): Step => [
    at,
    async () => {
      await administrator.deleteUser(oidOf(name));
      await deliver(updated(name));
    },
  ];
  /** Deleted, and told by nobody. */
  const vanishes = (at: string, name: string): Step => [
    at,
    async () => {
      const user = directory.users.get(oidOf(name));
      if (user === undefined) throw new Error(`${name} is not there`);
      directory.users.delete(user.id);
      directory.deletedUsers.add({ ...user, deletedDateTime: now().toISOString() });
    },
  ];
  const restored = (at: string, name: string): Step => [
    at,
    async () => {
      await administrator.restoreUser(oidOf(name));
      await deliver(updated(name));
    },
  ];
  const enabled = (at: string, name: string, accountEnabled: boolean): Step => [
    at,
    async () => {
      await administrator.updateUser(oidOf(name), { accountEnabled });
      await deliver(updated(name));
    },
  ];
  const does = (at: string, what: () => unknown): Step => [
    at,
    async () => {
      await what();
    },
  ];
  const release = (reason: string, heldBy: 'paused' | 'mass-leaving') =>
    releaseHeld(vendors, config, { heldBy }, { caller: OPERATOR, reason }, start, now);
  let lift = (): void => undefined;
  const down = (at: string, vendor: string): Step =>
    does(at, () => {
      lift = app.tenant.faults.add({ vendor, effect: { kind: 'answer', status: 503 } });
    });
  const back = (at: string): Step => does(at, () => lift());

  const early = say('emil', 'leaver', '2026-09-28T07:00:00Z', { lastDay: '2026-10-09' });
  const middle = say('emil', 'changed', '2026-09-29T07:00:00Z', { lastDay: '2026-10-16' });
  const newest = say('emil', 'changed', '2026-09-30T07:00:00Z', { lastDay: '2026-10-14' });
  const announced = say('vera', 'leaver', '2026-10-01T09:00:00Z', { lastDay: '2026-10-16' });
  const withdrawn = say('vera', 'withdrawn', '2026-10-01T10:00:00Z');
  let karl: ReturnType<typeof updated>;
  let lena: ReturnType<typeof updated>;

  return [
    names('2026-09-28T08:00:20Z', 'anna', '2026-10-23', { timeOfDay: '17:30', zone: 'Europe/Berlin' }),
    names('2026-09-28T08:01:20Z', 'bruno', '2026-10-25', { timeOfDay: '02:30', zone: 'Europe/Berlin' }),
    names('2026-09-28T08:02:20Z', 'bela', '2026-10-26'),
    names('2026-09-28T08:03:20Z', 'clara', '2026-10-30', { timeOfDay: '17:00', zone: 'America/New_York' }),
    names('2026-09-28T08:04:20Z', 'dan', '2026-11-02', { timeOfDay: '17:00', zone: 'America/New_York' }),
    hears('2026-09-28T10:00:20Z', early),
    names('2026-09-28T10:01:20Z', 'fanny', '2026-10-16'),
    names('2026-09-28T10:02:20Z', 'gustav', '2026-10-12'),
    names('2026-09-28T10:03:20Z', 'hanna', '2026-10-20'),
    names('2026-09-28T10:04:20Z', 'mona', '2026-10-09'),
    names('2026-09-28T12:01:20Z', 'nils', '2026-10-30'),
    names('2026-09-28T12:02:20Z', 'olaf', '2026-10-16'),
    names('2026-09-28T12:03:20Z', 'petra', '2026-10-22', { timeOfDay: '12:00' }),
    names('2026-09-28T12:04:20Z', 'quentin', '2026-10-27', { timeOfDay: '23:59' }),
    names('2026-09-28T12:05:20Z', 'sven', '2026-10-13', { timeOfDay: '23:30' }),

    does('2026-09-29T08:30:20Z', async () => {
      const edited = updated('karl');
      await administrator.deleteUser(oidOf('karl'));
      karl = updated('karl');
      await deliver(karl, karl, edited, karl);
    }),
    does('2026-09-30T07:00:20Z', async () => {
      await administrator.deleteUser(oidOf('lena'));
      lena = updated('lena');
      await deliver(lena);
    }),
    hears('2026-09-30T08:00:20Z', newest, middle, newest, early),
    restored('2026-10-01T07:00:20Z', 'lena'),
    enabled('2026-10-01T09:00:20Z', 'ivo', false),
    hears('2026-10-01T10:30:20Z', withdrawn, announced, withdrawn),
    does('2026-10-01T12:00:20Z', () => deliver(lena, karl)),
    enabled('2026-10-02T09:00:20Z', 'jana', false),
    deleted('2026-10-02T07:00:20Z', 'wanda'),
    does('2026-10-02T07:05:20Z', () => engine.lose(`case-${oidOf('wanda')}-1`)),
    does('2026-10-02T10:00:20Z', async () => {
      const about = { reason: 'It failed.', requestedBy: OPERATOR, requestedAt: now().toISOString() };
      const request = { oid: oidOf('wanda'), trigger: 'api', mode: 'apply', ...about } as const;
      await openCase(vendors, config, request, start, now, { confirmUserPrincipalName: upnOf('wanda') });
    }),
    does('2026-10-05T06:00:20Z', async () => {
      world.breaking.add(`case-${oidOf('viktor')}-1`);
      await administrator.deleteUser(oidOf('viktor'));
      await deliver(updated('viktor'));
    }),
    deleted('2026-10-06T09:00:20Z', 'hanna'),
    restored('2026-10-06T11:00:20Z', 'hanna'),
    enabled('2026-10-07T09:00:20Z', 'jana', true),
    down('2026-10-08T06:00:20Z', 'webhook'),
    deleted('2026-10-08T09:00:20Z', 'gustav'),
    back('2026-10-09T06:00:20Z'),
    does('2026-10-09T08:00:20Z', () =>
      world.hear(say('fanny', 'withdrawn', '2026-10-09T08:00:00Z', { reason: 'She stays.' })),
    ),
    deleted('2026-10-09T16:05:20Z', 'mona'),
    does('2026-10-12T10:00:20Z', async () => {
      const stored = await vendors.storage.getCase(makeCaseId(oidOf('nils'), 1));
      if (stored === undefined) throw new Error('nobody announced nils');
      const requestedAt = now().toISOString();
      const word = { trigger: 'api', requestedBy: OPERATOR, requestedAt, reason: 'He has gone already.' } as const;
      await startScheduled(vendors, config, stored, start, now, word);
    }),
    down('2026-10-13T19:57:20Z', 'graph'),
    vanishes('2026-10-13T20:10:20Z', 'tara'),
    does('2026-10-13T20:11:20Z', () => deliver(updated('tara'))),
    back('2026-10-14T03:59:20Z'),
    does('2026-10-18T02:00:20Z', () => {
      directory.switches.delta.lost = 410;
    }),
    vanishes('2026-10-18T02:10:20Z', 'uwe'),
    does('2026-10-18T03:00:20Z', () => {
      directory.switches.delta.lost = undefined;
    }),
    restored('2026-10-19T09:30:20Z', 'mona'),
    hears('2026-10-19T09:40:20Z', say('mona', 'rehired', '2026-10-19T09:40:00Z')),
    does('2026-10-19T10:00:20Z', () =>
      vendors.denied.releaseNow({ oid: oidOf('mona'), by: OPERATOR, why: 'HR hired her again.' }),
    ),
    names('2026-10-20T08:00:20Z', 'mona', '2026-10-30', { leavingId: 'mona-2' }),
    does('2026-10-21T13:00:20Z', async () => {
      for (let at = 0; at < 8; at += 1) {
        const oid = oidOf(`mass${at}`);
        await administrator.deleteUser(oid);
        await deliver(app.updated(oid));
      }
    }),
    does('2026-10-21T15:00:20Z', () => release('A whole team was sold.', 'mass-leaving')),
    does('2026-10-22T09:00:20Z', () =>
      vendors.storage.pauseApp({ by: OPERATOR, since: now().toISOString(), why: 'We look into something.' }),
    ),
    does('2026-10-22T11:00:20Z', async () => {
      await vendors.storage.endPause({ endedAt: now().toISOString(), endedBy: OPERATOR, endedWhy: 'It was nothing.' });
      await release('It was nothing.', 'paused');
    }),
    does('2026-10-27T22:00:20Z', () => {
      conditions.storageDown = true;
    }),
    vanishes('2026-10-28T01:00:20Z', 'rita'),
    does('2026-10-28T04:59:20Z', () => {
      conditions.storageDown = false;
    }),
    does('2026-10-29T08:30:20Z', async () => {
      await administrator.deletePermanently(oidOf('karl'));
      const gone = app.deleted(oidOf('karl'));
      await deliver(gone, gone, karl);
    }),
  ];
}
