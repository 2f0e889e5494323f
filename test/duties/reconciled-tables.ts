import type { CaseRow } from '../../src/cases/case.ts';
import { type Denied, deny, release } from '../../src/cases/denied/denied.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import { ok } from '../../src/connectors/result.ts';
import type { DueStart } from '../../src/connectors/storage/cases/due-starts.ts';
import type { Leaving } from '../../src/connectors/storage/people/hr-leavings.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { DisabledSighting } from '../../src/people/disabled-since.ts';
import type { Oid } from '../../src/people/oid.ts';

/** The tables and the gateway's list in memory, as far as intake and the duty ask of them. */
export function tablesInMemory(conditions: { readonly openedWithinHour: number }) {
  const rows = new Map<string, { row: CaseRow; etag: string }>();
  const denied = new Map<Oid, Denied>();
  const disabled = new Map<Oid, DisabledSighting>();
  const documents = new Map<string, string>();
  const due = new Map<string, DueStart>();
  const leavings = new Map<string, Leaving>();

  const casesOf = async (oid: Oid) =>
    [...rows.values()].filter(({ row }) => row.oid === oid).sort((a, b) => a.row.n - b.row.n);
  const storage = {
    casesOf,
    createCase: async (row: CaseRow) => {
      if (rows.has(row.caseId)) return undefined;
      rows.set(row.caseId, { row, etag: '' });
      return { row, etag: '' };
    },
    updateCase: async (caseId: string, change: (row: CaseRow) => CaseRow | undefined) => {
      const stored = rows.get(caseId);
      if (stored === undefined) throw new Error(`no case ${caseId}`);
      stored.row = change(stored.row) ?? stored.row;
      return { ...stored };
    },
    enterInIndex: async () => {},
    removeFromIndex: async () => {},
    countOpenedWithin: async () => conditions.openedWithinHour,
    getCase: async (caseId: string) => rows.get(caseId),
    readPause: async () => undefined,
    enterDueStart: async ({ caseId, startsAt }: { caseId: CaseId; startsAt: string }, at: Date) => {
      const rowKey = `${startsAt}-${caseId}`;
      due.set(rowKey, { caseId, enteredAt: at.toISOString(), rowKey, etag: '' });
    },
    dueStarts: async (at: Date) => [...due.values()].filter(({ rowKey }) => rowKey <= at.toISOString()),
    removeDueStart: async ({ rowKey }: DueStart) => {
      due.delete(rowKey);
    },
    recordLeaving: async (leavingId: string, said: Leaving) => {
      leavings.set(leavingId, said);
      return { kind: 'newest' };
    },
    readLeaving: async (leavingId: string) => leavings.get(leavingId),
    enterMessage: async () => {},
    putFirst: async () => {},
    enterUncontained: async () => {},
    removeUncontained: async () => {},
    getDenied: async (oid: Oid) => denied.get(oid),
    listDenied: async () => [...denied.values()],
    getText: async () => undefined,
    readDisabled: async () => ({ sightings: [...disabled.values()], unreadable: [] }),
    findDisabled: async (oid: Oid) => disabled.get(oid),
    rememberDisabled: async (sightings: readonly DisabledSighting[], noMore: readonly Oid[]) => {
      for (const each of sightings) disabled.set(each.oid, each);
      for (const oid of noMore) disabled.delete(oid);
    },
    changeDocument: async (name: string, change: (before: string | undefined) => string | undefined) => {
      const next = change(documents.get(name));
      if (next !== undefined) documents.set(name, next);
      return documents.get(name);
    },
  };
  const list = {
    deny: async (denial: Parameters<typeof deny>[1]) => {
      const before = denied.get(denial.oid);
      const row = deny(before, denial);
      denied.set(denial.oid, row);
      if (row.state === 'released') return { kind: 'late', row };
      return { kind: 'denied', row, before: false, projected: ok({ absent: true }) };
    },
    release: async ({ oid, caseId, ...about }: Parameters<Vendors['denied']['release']>[0]) => {
      const before = denied.get(oid);
      if (before === undefined || (caseId !== undefined && before.caseId !== caseId))
        return { changed: false, row: before };
      denied.set(oid, release(before, about));
      return { changed: true, row: denied.get(oid) };
    },
  };
  return { rows, denied, casesOf, storage, list };
}
