import { makeArm, seedArm } from '../../../../local/tenant/arm/vendor.ts';
import type { Row } from '../../../../local/tenant/kql/values/values.ts';
import { auditRow, emptyLogs, gatewayRow } from '../../../../local/tenant/logs/state.ts';
import { makeLogs } from '../../../../local/tenant/logs/vendor.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { seedContext } from '../../../support/seed-context.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const [arm, logs] = [seedArm(seedContext()), emptyLogs()];
export const app = await startApp({ vendors: (core) => [makeLogs(core, logs), makeArm(core, arm)], storage: true });

export const { listDeadLetters, keepDeadLetters, removeDeadLetters } = app.context.vendors.storage;

/** The last noon: hours before it are of one day by Greenwich's clock and by the firm's. */
const now = Math.floor((Date.now() - DAY_MS / 2) / DAY_MS) * DAY_MS + DAY_MS / 2;
/** The morning of a day so many days ago: once on every day. */
export const daysAgo = (days: number, minutes = 0): Date =>
  new Date(now - days * DAY_MS - 6 * HOUR_MS - minutes * 60_000);

/** Calls as both logs have them. The gateway's own log writes their ids in capitals here. */
export function calls(at: Date, number = 1, server = 'github'): { readonly rows: Row[]; readonly seen: Row[] } {
  const rows = Array.from({ length: number }, () =>
    auditRow({ at, oid: 'a1b2c3d4-0001-4000-8000-000000000001', server, tool: 'get_issue', resource: 'PRICE-1' }),
  );
  logs.rows.push(...rows);
  const seen = rows.map(({ apim_request_id_s: id }) => gatewayRow({ at, id: String(id).toUpperCase(), server }));
  logs.gatewayRows.push(...seen);
  return { rows, seen };
}
export const take = (from: Row[], which: readonly Row[]): void => {
  for (const row of which) from.splice(from.indexOf(row), 1);
};

export let busyDay: ReturnType<typeof calls>;
export const reset = async () => {
  logs.rows.length = 0;
  logs.gatewayRows.length = 0;
  logs.answers = 'complete';
  // Five hundred in the thirty days, one at least on each of them, and some before.
  const others = Array.from({ length: 40 }, (_, day) => daysAgo(day)).toSpliced(3, 1);
  busyDay = calls(daysAgo(3), 500 - others.filter((at) => at.getTime() > Date.now() - 30 * DAY_MS).length);
  for (const at of others) calls(at);
  for (const { workspaceId, name } of arm.tables.all()) {
    arm.tables.patch(`${workspaceId}/tables/${name}`, { retentionInDays: 90, plan: 'Analytics' });
  }
  arm.gatewayObjects.clear();
  for (const row of seedArm(seedContext()).gatewayObjects.all()) arm.gatewayObjects.add(row);
  arm.diagnosticSettings.clear();
  for (const row of seedArm(seedContext()).diagnosticSettings.all()) arm.diagnosticSettings.add(row);
  arm.gatewayPageSize = 100;
  for (const kind of ['rejected', 'not-uploaded'] as const) {
    for (const name of await listDeadLetters(kind, 10)) await removeDeadLetters(name);
  }
};

/** A working day well within the window, by the firm's clock. */
export function workingDay(): number {
  for (let day = 5; ; day += 1) {
    const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'Europe/Paris' }).format(daysAgo(day));
    if (!['Sat', 'Sun'].includes(weekday)) return day;
  }
}

/** Takes what was called at some times out of both logs. */
export function forget(isMeant: (at: Date) => boolean): void {
  const meant = (at: unknown): boolean => at instanceof Date && isMeant(at);
  take(
    logs.rows,
    logs.rows.filter((row) => meant(row.timestamp_t)),
  );
  take(
    logs.gatewayRows,
    logs.gatewayRows.filter((row) => meant(row.TimeGenerated)),
  );
}
