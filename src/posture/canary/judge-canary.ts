import { CANARY_CALLS, type Canary } from './canary.ts';
import { afterVain } from './when.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Within so long the alert has to come. */
export const WITHIN_MS = 60 * MINUTE_MS;
/** An alert that came in time may be listed a little later. */
const GRACE_MS = 10 * MINUTE_MS;
const LOOK_EVERY_MS = 5 * MINUTE_MS;
/** Of alerts that cannot be read: they stay where they are. */
const LOOK_AGAIN_MS = 60 * MINUTE_MS;
/** Azure keeps alerts for thirty days. */
const READABLE_MS = 25 * DAY_MS;

/** One call, as it was sent, and what the gateway answered. */
export interface CanaryCall {
  readonly at: string;
  /** Absent where nothing answered. */
  readonly status?: number;
}

/** An alert of the canary’s rule, which sees nobody else. */
export interface CanaryAlert {
  readonly id: string;
  readonly startedAt: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** What a canary is after its calls: only one that was let through every time has crossed the limit. */
export function afterCalls(canary: Canary, calls: readonly CanaryCall[], now: Date): Canary {
  const answered = calls.filter(({ status }) => status !== undefined && status < 300);
  const sent = { ...canary, calls: calls.length, answered: answered.length };
  const [first, last] = [calls[0], answered.at(-1)];
  const began = first === undefined ? sent : { ...sent, beganAt: first.at };
  if (answered.length < CANARY_CALLS || last === undefined || first === undefined) {
    return afterVain({ ...began, detail: whyVain(calls, answered.length) }, now);
  }
  if (hourOf(first.at) !== hourOf(last.at)) {
    return afterVain({ ...began, detail: 'Its calls were so slow that they lie in two hours of the clock.' }, now);
  }
  const { detail: _, ...rest } = began;
  const lookAt = new Date(Date.parse(last.at) + LOOK_EVERY_MS).toISOString();
  return { ...rest, state: 'waiting', crossedAt: last.at, lookAt };
}

function whyVain(calls: readonly CanaryCall[], answered: number): string {
  const statuses = new Set(calls.map(({ status }) => (status === undefined ? 'nothing' : String(status))));
  return `The gateway let ${answered} of ${CANARY_CALLS} calls through; it answered ${[...statuses].join(', ')}.`;
}

/** What the alerts of its rule make of a canary that waits; `failure` is why they may not be all. */
export function afterLook(
  canary: Canary,
  { alerts, failure }: { readonly alerts: readonly CanaryAlert[]; readonly failure?: string },
  now: Date,
): Canary {
  const { crossedAt, detail: _, lookAt: __, ...rest } = canary;
  if (crossedAt === undefined) return canary;
  const crossed = { ...rest, crossedAt };
  const alert = firstAbout(canary, crossedAt, alerts);
  const since = now.getTime() - Date.parse(crossedAt);
  if (alert !== undefined) {
    const ms = Math.max(0, Date.parse(alert.startedAt) - Date.parse(crossedAt));
    const seen = { alert: alert.id, alertAt: alert.startedAt, seconds: Math.round(ms / 1_000) };
    return { ...crossed, ...seen, state: ms <= WITHIN_MS ? 'detected' : 'late' };
  }
  if (failure !== undefined) {
    if (since > READABLE_MS) return { ...crossed, state: 'unread', detail: failure };
    const again = since < WITHIN_MS + GRACE_MS ? LOOK_EVERY_MS : LOOK_AGAIN_MS;
    return { ...crossed, lookAt: later(now, again), detail: failure };
  }
  if (since >= WITHIN_MS + GRACE_MS) return { ...crossed, state: 'undetected' };
  return { ...crossed, lookAt: later(now, LOOK_EVERY_MS) };
}

/** Whether its time is over, and nobody could read what came of it. */
export function isOutOfSight({ state, crossedAt }: Canary, at: string): boolean {
  if (state === 'unread') return true;
  if (state !== 'waiting' || crossedAt === undefined) return false;
  return Date.parse(at) - Date.parse(crossedAt) > WITHIN_MS + GRACE_MS + LOOK_EVERY_MS;
}

/** By the hour that it is about, where the alert says it; the rule sees canaries alone, and those are hours apart. */
function firstAbout(
  { beganAt = '' }: Canary,
  crossedAt: string,
  alerts: readonly CanaryAlert[],
): CanaryAlert | undefined {
  const about = alerts.filter(({ startedAt, dimensions }) => {
    if (Date.parse(startedAt) < Date.parse(beganAt)) return false;
    return dimensions?.hour === undefined || dimensions.hour === hourOf(crossedAt);
  });
  return about.toSorted((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt))[0];
}

/** `2026-12-01 00:00`, as the rule names an hour. */
function hourOf(instant: string): string {
  return `${instant.slice(0, 13).replace('T', ' ')}:00`;
}

const later = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();
