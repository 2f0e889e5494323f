import { principalIdOf } from '../arm/seed.ts';
import type { SeedContext } from '../seeds/seed-context.ts';
import { WORLD } from '../seeds/world.ts';
import { daysUntil, personsCalls, pipelinesCalls } from './seed-calls.ts';
import { runnersCalls } from './seed-runner.ts';
import { auditRow, emptyLogs, type LogsState } from './state.ts';

const PEOPLE = 40;
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
  return { ...emptyLogs(), rows: calls.filter(({ at }) => at <= now).map(auditRow) };
}

function colleague(index: number): { readonly oid: string; readonly upn: string } {
  const known = WORLD.colleagues[index];
  if (known !== undefined) return { oid: known.oid, upn: known.userPrincipalName };
  const number = String(index).padStart(2, '0');
  return { oid: `a1b2c3d4-0000-4000-8000-0000000010${number}`, upn: `engineer.${number}@${WORLD.domain}` };
}
