import type { DurableClient } from 'durable-functions';
import { peopleWhoLeft } from '../../activities/sweep/people-who-left.ts';
import { userDeltas } from '../../local/tenant/entra/people/user-deltas.ts';
import { emptyEntra } from '../../local/tenant/entra/state/state.ts';
import type { UserRow } from '../../local/tenant/entra/state/state-people.ts';
import type { CaseRow, OffboardLeaverInput } from '../../src/cases/case.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import type { Config } from '../../src/config.ts';
import type { Person } from '../../src/connectors/graph/people/person-of-user.ts';
import { failed, ok, type VendorResult } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { startScheduledCases } from '../../src/duties/cases/start-scheduled-cases.ts';
import { reconcile } from '../../src/duties/reconcile-with-entra.ts';
import { releaseRestored } from '../../src/intake/containing/release-restored.ts';
import { receiveNotice } from '../../src/intake/hr/receive-notice.ts';
import { openCase } from '../../src/intake/starting/open-case.ts';
import { cancelScheduled, moveScheduled, startScheduled } from '../../src/intake/starting/scheduled-cases.ts';
import type { HrNotice } from '../../src/people/hr-notice.ts';
import { type Oid, parseOid } from '../../src/people/oid.ts';
import { receiveEntraEvent } from '../../src/triggers/entra/entra-events.ts';
import { tablesInMemory } from './reconciled-tables.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const DAY = 1_440 * MINUTE;
const BEGIN = Date.parse('2026-01-05T08:00:00Z');

type Stands = 'there' | 'deleted' | 'gone';

/**
 * Intake, the trigger of events and the duty as they are, over a directory, tables and a clock in memory. The directory
 * answers questions about people as it stood some time ago (`lagMs`), as replicas do.
 */
export function makeWorld(settings: Config, people: readonly Oid[]) {
  let clock = BEGIN;
  const now = (): Date => new Date(clock);
  const entra = emptyEntra();
  const deltas = userDeltas(entra, now);
  const history: { readonly at: number; readonly users: readonly UserRow[]; readonly deleted: readonly UserRow[] }[] =
    [];
  const conditions = { lagMs: 0, failing: 0, engineDown: false, openedWithinHour: 1 };
  const keep = (): void => {
    const copy = (rows: readonly UserRow[]): UserRow[] => rows.map((row) => ({ ...row }));
    history.push({ at: clock, users: copy(entra.users.all()), deleted: copy(entra.deletedUsers.all()) });
  };
  for (const id of people) entra.users.add(hired(id));
  keep();
  const seen = () => history.findLast(({ at }) => at <= clock - conditions.lagMs) ?? history[0];

  const { rows, denied, casesOf, storage, list } = tablesInMemory(conditions);
  const started: string[] = [];
  let onStart: (row: CaseRow) => void = () => {};
  const logged: string[] = [];
  const start = async (instanceId: string, { row }: OffboardLeaverInput): Promise<void> => {
    if (conditions.engineDown) throw new Error('the engine is down');
    if (started.includes(instanceId)) return;
    started.push(instanceId);
    onStart(row);
  };
  const write = (message: string): void => {
    logged.push(message);
  };
  const log = { info: write, warn: write, error: write };

  async function answered<T>(value: () => T): Promise<VendorResult<T>> {
    if (conditions.failing > 0) {
      conditions.failing -= 1;
      return failed({ kind: 'unavailable', tryAgainAfterMs: 0, message: 'Graph does not answer.' });
    }
    return ok(value());
  }
  const listed = async (items: () => Person[]) => {
    const answer = await answered(items);
    return answer.ok ? { items: answer.value } : { items: [], failure: answer.failure };
  };
  const graph = {
    findPerson: (oid: Oid) => answered(() => personIn(seen(), oid)),
    findObject: () => answered(() => undefined),
    listDeletedUsers: () => listed(() => (seen()?.deleted ?? []).map((row) => personOf(row, 'soft-deleted'))),
    listUsers: () => listed(() => entra.users.all().map((row) => personOf(row, stateOf(row)))),
    listInactiveUsers: async () => ({ deleted: { items: [] }, departed: { items: [] } }),
    beginUserChanges: () => answered(() => deltas.latest(['accountEnabled'])),
    readUserChanges: (link: string) =>
      answered(() => {
        if (entra.switches.delta.lost !== undefined) {
          entra.switches.delta.lost = undefined;
          return undefined;
        }
        const round = deltas.since(link);
        if (round === undefined) return undefined;
        const changes = round.changes.map(({ id, '@removed': removed, ...rest }) => ({
          oid: id as Oid,
          ...(removed ? { removed: removed.reason } : { enabled: rest.accountEnabled as boolean }),
        }));
        return { changes, unreadable: 0, link: round.next, ended: true };
      }),
  };
  const client = {
    getStatus: async (instanceId: string) => {
      if (started.includes(instanceId)) return { runtimeStatus: 'Running' };
      throw new Error('HTTP 404');
    },
    startNew: async (_: string, { instanceId = '', input }: { instanceId?: string; input?: unknown }) =>
      start(instanceId, input as OffboardLeaverInput),
  } as unknown as DurableClient;
  // No more of the vendors than what intake and the duty ask of them.
  const vendors = { graph, storage, denied: list } as unknown as Vendors;

  return {
    entra,
    conditions,
    started,
    logged,
    now,
    pass: (ms: number): void => {
      clock += ms;
    },
    standsAs: (oid: Oid): Stands => (entra.users.get(oid) ? 'there' : entra.deletedUsers.get(oid) ? 'deleted' : 'gone'),
    /** Puts a change into effect now. */
    change: (effect: () => void): void => {
      clock += SECOND;
      effect();
      keep();
    },
    rowsOf: async (oid: Oid) => (await casesOf(oid)).map(({ row }) => row),
    deniedOf: (oid: Oid) => denied.get(oid),
    round: () => reconcile({ vendors, settings, log, start, now }),
    sweep: () => peopleWhoLeft(vendors, settings, now().toISOString(), undefined, log),
    deliver: (event: unknown) => receiveEntraEvent(vendors, settings, event, start, log, now),
    onStart: (look: (row: CaseRow) => void): void => {
      onStart = look;
    },
    /** What falls due by the words of people. */
    due: () => startScheduledCases.run({ vendors, settings, log, client, now }),
    hr: (notice: HrNotice) => receiveNotice({ vendors, settings, mode: 'apply', start, now }, notice),
    /** An operator looks at somebody, and has nothing cut. */
    plan: (oid: Oid) => {
      const word = {
        trigger: 'api',
        requestedBy: 'operator',
        requestedAt: now().toISOString(),
        reason: 'A look.',
      } as const;
      return openCase(vendors, settings, { oid, mode: 'plan', ...word }, start, now);
    },
    /** What an operator decides about a case that waits. */
    operator: async (caseId: CaseId, what: 'cancel' | 'start' | { readonly startsAt: string }) => {
      const word = {
        trigger: 'api',
        requestedBy: 'operator',
        requestedAt: now().toISOString(),
        reason: 'So.',
      } as const;
      const stored = rows.get(caseId);
      if (stored === undefined) return 'not-scheduled';
      if (what === 'cancel') return (await cancelScheduled(vendors, caseId, word)).kind;
      if (what === 'start') return (await startScheduled(vendors, settings, stored, start, now, word)).kind;
      return (await moveScheduled(vendors, caseId, what, word, now())).kind;
    },
    /** What a case does at its end: reads the person again, and lets in whoever was restored. */
    fileAll: async (): Promise<void> => {
      for (const stored of rows.values()) {
        if (stored.row.state !== 'running') continue;
        stored.row = { ...stored.row, state: 'filed', filedAt: now().toISOString() };
        const user = entra.users.get(stored.row.oid);
        if (user !== undefined && stored.row.deletedAt !== undefined)
          await releaseRestored(vendors, stored.row, personOf(user, stateOf(user)), now());
      }
    },
  };
}

function hired(id: Oid): UserRow {
  return {
    id,
    displayName: 'Somebody',
    userPrincipalName: `${id}@northwind.example`,
    mail: null,
    accountEnabled: true,
    userType: 'Member',
    employeeLeaveDateTime: null,
    signInSessionsValidFromDateTime: '2025-01-01T00:00:00Z',
    managerId: null,
    deletedDateTime: null,
    createdDateTime: '2025-01-01T00:00:00Z',
  };
}

function stateOf({ accountEnabled }: UserRow): 'active' | 'disabled' {
  return accountEnabled ? 'active' : 'disabled';
}

function personIn(
  directory: { readonly users: readonly UserRow[]; readonly deleted: readonly UserRow[] } | undefined,
  oid: Oid,
): Person {
  const user = directory?.users.find(({ id }) => id === oid);
  if (user !== undefined) return personOf(user, stateOf(user));
  const gone = directory?.deleted.find(({ id }) => id === oid);
  return gone === undefined ? { oid, state: 'gone' } : personOf(gone, 'soft-deleted');
}

function personOf(row: UserRow, state: Person['state']): Person {
  return {
    oid: parseOid(row.id) as Oid,
    state,
    createdAt: row.createdDateTime ?? '',
    ...(row.deletedDateTime === null ? {} : { deletedAt: row.deletedDateTime }),
  };
}
