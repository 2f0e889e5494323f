import { principalIdOf } from '../arm/seeds/seed.ts';
import { isDate, type Row } from '../kql/values/values.ts';
import type { SeedContext } from '../seeds/seed-context.ts';
import { WORLD } from '../seeds/world.ts';
import { daysUntil, personsCalls, pipelinesCalls } from './seed-calls.ts';
import { runnersCalls } from './seed-runner.ts';
import { auditRow, emptyLogs, gatewayRow, type LogsState } from './state.ts';

const PEOPLE = 40;
const GATEWAY_LOG_DAYS = 31;
const { platform, workloads } = WORLD.subscriptions;
/** Pipeline identities that work around the clock; they also trust repositories of the leaver. */
const PIPELINES = [
  principalIdOf(platform, 'id-docstore-sync'),
  principalIdOf(platform, 'id-deploy-gateway'),
  principalIdOf(workloads, 'id-reports'),
];

/** Ninety days of the firm's tool calls, and the runner that went on after its owner had left. */
export function seedLogs({ now }: SeedContext): LogsState {
  const days = daysUntil(now);
  const today = days.dates.at(-1) ?? days.lastDay;
  const staff = Array.from({ length: PEOPLE - 1 }, (_, index) => colleague(index));
  const { oid, userPrincipalName: upn } = WORLD.leaver;
  const calls = [
    ...staff.flatMap((person, index) => personsCalls(person, days, index + 1, today)),
    ...PIPELINES.flatMap((pipeline, index) => pipelinesCalls(pipeline, days, 1_000 + index)),
    ...personsCalls({ oid, upn }, days, 4_711, days.lastDay),
    ...runnersCalls(days, now),
  ];
  const rows = calls.filter(({ at }) => at <= now).map(auditRow);
  return { ...emptyLogs(), rows, gatewayRows: gatewayRowsOf(rows, now) };
}

/** The same calls in the gateway's own log, as far back as anybody compares the two. Azure writes ids as it likes. */
export function gatewayRowsOf(rows: readonly Row[], now: Date): Row[] {
  const since = now.getTime() - GATEWAY_LOG_DAYS * 86_400_000;
  return rows.flatMap(({ timestamp_t: at, apim_request_id_s: id, mcp_server_s: server, response_status_d: status }) =>
    isDate(at) && at.getTime() >= since
      ? [gatewayRow({ at, id: String(id).toUpperCase(), server: String(server), status: Number(status) })]
      : [],
  );
}

function colleague(index: number): { readonly oid: string; readonly upn: string } {
  const known = WORLD.colleagues[index];
  if (known !== undefined) return { oid: known.oid, upn: known.userPrincipalName };
  const number = String(index).padStart(2, '0');
  return { oid: `a1b2c3d4-0000-4000-8000-0000000010${number}`, upn: `engineer.${number}@${WORLD.domain}` };
}
