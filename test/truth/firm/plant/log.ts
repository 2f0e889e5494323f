import { auditRow } from '../../../../local/tenant/logs/state.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { type Firm, itemsOf, personOf } from '../firm.ts';
import type { Calls } from '../items/platform.ts';
import { principalIdOf } from './directory.ts';
import { DAY, type Ground } from './ground.ts';

/** Milliseconds that the firm's clocks are ahead at an instant. */
function aheadAt(time: number): number {
  const parts = new Intl.DateTimeFormat('sv', { timeZone: WORLD.timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${parts.format(time).replace(' ', 'T')}Z`) - Math.floor(time / 1_000) * 1_000;
}

/** Ninety days of quiet work, the same hours every day by the firm's clocks, and the calls that the firm tells of. */
export function plantLog({ states: { logs }, firm, now }: Ground): void {
  const midnight = Math.floor(now.getTime() / DAY) * DAY;
  const call = (oid: string, upn: string, time: number) => ({
    at: new Date(time),
    oid,
    upn,
    server: 'github',
    tool: 'get_file_contents',
    resource: 'northwind-capital/handbook/README',
    latencyMs: 30,
  });
  const { oid, mail: userPrincipalName } = WORLD.manager;
  const loud = Array.from({ length: 91 }, (_, day) => day).filter(
    (day) => firm.habits.silentDays?.includes(day) !== true,
  );
  const usual = loud.flatMap((day) =>
    [9, 12, 15, 18].map((hour) => {
      const time = midnight - day * DAY + hour * 3_600_000 + 60_000;
      return call(oid, userPrincipalName, time - aheadAt(time));
    }),
  );
  const told = itemsOf(firm, 'calls').flatMap((item) => callsOf(firm, item, midnight, call));
  logs.rows.push(
    ...[...usual, ...told]
      .filter(({ at }) => at < now)
      .sort((one, other) => one.at.getTime() - other.at.getTime())
      .map(auditRow),
  );
}

function callsOf<T>(
  firm: Firm,
  { by, daysAgo, hour }: Calls,
  midnight: number,
  call: (oid: string, upn: string, time: number) => T,
): T[] {
  const caller = by !== 'nobody' && 'person' in by ? personOf(firm, by.person) : undefined;
  const identity = by !== 'nobody' && 'identity' in by ? principalIdOf(firm, by.identity) : '';
  const oid = caller?.oid ?? identity;
  return daysAgo.map((days) => {
    const time = midnight - days * DAY + hour * 3_600_000;
    return call(oid, caller?.userPrincipalName ?? '', time - aheadAt(time));
  });
}
