import type { Doubt, Evidence, Found, Shown } from '../check.ts';
import type { CanaryFacts } from '../readings/calls/canary.ts';
import type { Canary } from './canary.ts';
import { isOutOfSight } from './judge-canary.ts';

/** Why point 14 fails although its rule looks as it should. */
export const CANARY_REASONS = {
  'canary-unseen':
    'The app itself read in bulk, in an API without documents, and the same text in a rule of its own told nobody within an hour.',
} as const;
type CanaryReason = keyof typeof CANARY_REASONS;

/** What the last try says. */
export interface JudgedTry {
  readonly findings: readonly Found<CanaryReason>[];
  readonly doubts: readonly Doubt[];
  readonly evidence: readonly Evidence[];
  readonly shows: Shown;
}

/**
 * Judges whether the detection sees: by the newest canary that was tried and whose time is over. Where none was tried, or
 * long ago, nothing fails, and what is shown says so.
 */
export function judgeTried({ setUp, rule, canaries }: CanaryFacts, at: string): JudgedTry {
  const tried = canaries.find((each) => isJudged(each) || isOutOfSight(each, at));
  const resource = rule ?? 'canary';
  const [newest] = canaries;
  const shows: Shown = {
    canary: said(tried ?? newest, setUp),
    ...(tried?.seconds === undefined ? {} : { canary_seconds: tried.seconds }),
  };
  if (tried === undefined) return { findings: [], doubts: [], evidence: [], shows };
  if (!isJudged(tried)) {
    const detail = `The canary ${tried.id} was let through, and whether its alert came nobody could read: ${tried.detail ?? 'it was not looked for.'}`;
    return { findings: [], doubts: [{ reason: 'unavailable', resource, detail }], evidence: [], shows };
  }
  const evidence = evidenceOf(tried, resource);
  if (tried.state === 'detected') return { findings: [], doubts: [], evidence: [evidence], shows };
  const says =
    tried.state === 'late'
      ? `The alert of the canary ${tried.id} came after ${minutes(tried.seconds ?? 0)}, and had to come within 60 minutes.`
      : `The canary ${tried.id} crossed the limit at ${tried.crossedAt}, and no alert came within 60 minutes.`;
  const todo =
    'Find out where it is lost: whether its rows are in the audit log (mcp_server_s is canary), whether its rule is on and ran, and what delays either; then offboard posture canary --reason "…" tries again.';
  const link = rule === undefined ? {} : { link: `https://portal.azure.com/#@/resource${rule}` };
  return {
    findings: [{ reason: 'canary-unseen', resource, says, evidence, remedy: { todo, ...link } }],
    doubts: [],
    evidence: [],
    shows,
  };
}

/** A month, and some days in which the next one may be late. */
const DAYS_MS = 35 * 86_400_000;

/**
 * Those by which it is judged, of all, the newest first. What was not seen, or could not be read, does not go by that time
 * passes: it stands until another was tried.
 */
export function countingCanaries(canaries: readonly Canary[], at: string): Canary[] {
  const from = Date.parse(at) - DAYS_MS;
  const isRecent = ({ beganAt, dueAt }: Canary): boolean => Date.parse(beganAt ?? dueAt) >= from;
  const tried = canaries.find((each) => isJudged(each) || isOutOfSight(each, at));
  return canaries.filter((each) => isRecent(each) || (each === tried && each.state !== 'detected'));
}

function isJudged({ state }: Canary): boolean {
  return state === 'detected' || state === 'late' || state === 'undetected';
}

function said(canary: Canary | undefined, setUp: boolean): string {
  if (canary === undefined) return setUp ? 'none within 35 days' : 'not set up';
  return `${canary.id}: ${canary.state}${canary.detail === undefined ? '' : `: ${canary.detail}`}`;
}

function evidenceOf({ id, calls, answered, beganAt, crossedAt, alert, alertAt }: Canary, resource: string): Evidence {
  const shows = {
    canary: id,
    calls,
    answered,
    ...(beganAt === undefined ? {} : { began: beganAt }),
    ...(crossedAt === undefined ? {} : { crossed: crossedAt }),
    ...(alert === undefined ? {} : { alert }),
    ...(alertAt === undefined ? {} : { alert_at: alertAt }),
  };
  return { resource, call: 'alerts 2025-05-25-preview', shows };
}

const minutes = (seconds: number): string => `${Math.ceil(seconds / 60)} minutes`;
