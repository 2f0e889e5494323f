import { makeCaseId } from '../../../src/cases/ids.ts';
import { casesOf, updateCase } from '../../../src/connectors/storage/cases/case-table.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { reconcile } from '../../../src/duties/reconcile-with-entra.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { receiveEntraEvent } from '../../../src/triggers/entra/entra-events.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

export const app = await startIntakeApp();

export const vendors = openVendors(app.config);
export const { delta } = app.directory.switches;
export const clock = { at: Date.now() };

/** What the timer does, so many minutes after the time before. */
export function round(minutes = 15, settings = app.config): Promise<number> {
  clock.at += minutes * 60_000;
  const now = (): Date => new Date(clock.at);
  return reconcile({ vendors, settings, log: app.log, start: app.start, now });
}
export const rowsOf = async (oid: Oid) => (await casesOf(app.config, oid)).map(({ row }) => row);
export const statesOf = async (oid: Oid): Promise<string[]> => (await rowsOf(oid)).map(({ state }) => state);
export const event = (oid: Oid): Promise<void> =>
  receiveEntraEvent(vendors, app.config, app.updated(oid), app.start, app.log);
export const file = (oid: Oid, n = 1) =>
  updateCase(app.config, makeCaseId(oid, n), (row) => ({ ...row, state: 'filed' }));
export const told = (oid: Oid): string[] =>
  app.logged.filter(
    (line) => line.startsWith('Somebody about whom there is a case works here again') && line.includes(oid),
  );

export const reset = async () => {
  app.tenant.faults.clear();
  Object.assign(delta, { replays: false, emptyPages: false, lost: undefined });
  delta.late.clear();
  app.directory.switches.pageSize = 100;
  await round();
};
