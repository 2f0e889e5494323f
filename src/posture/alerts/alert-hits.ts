import type { Alert, Hit } from '../readings/calls/alerts.ts';

const HOUR_MS = 3_600_000;
const DAYS_30_MS = 30 * 24 * HOUR_MS;

/** What became of each thing that a rule finds in the last thirty days. */
export interface JudgedHits {
  /** Told in an alert whose action groups ran. */
  readonly told: readonly Alert[];
  readonly untold: readonly Hit[];
  /** Told in alerts alone that a processing rule kept from everybody. */
  readonly suppressed: readonly { readonly hit: Hit; readonly alert: Alert }[];
  /** Nobody can say: the alerts at that time do not say of whom they are, or whether anybody was told. */
  readonly unsure: readonly Hit[];
  /** Too new for its alert, or so old that Azure no longer keeps it. */
  readonly passedOver: number;
}

/** What became of one thing that a rule finds. */
export interface AnsweredHit {
  readonly hit: Hit;
  readonly kind: 'told' | 'suppressed' | 'unsure' | 'untold';
  /** The first that is about it and of that kind; absent where there is none. */
  readonly alert?: Alert;
}

/** Holds what a rule’s text finds against the alerts that it raised. */
export function judgeHits(hits: readonly Hit[], alerts: readonly Alert[], at: string): JudgedHits {
  const judged = answeredHits(hits, alerts, at);
  return {
    told: judged.flatMap(({ kind, alert }) => (kind === 'told' && alert !== undefined ? [alert] : [])),
    untold: judged.flatMap(({ kind, hit }) => (kind === 'untold' ? [hit] : [])),
    suppressed: judged.flatMap(({ kind, hit, alert }) =>
      kind === 'suppressed' && alert !== undefined ? [{ hit, alert }] : [],
    ),
    unsure: judged.flatMap(({ kind, hit }) => (kind === 'unsure' ? [hit] : [])),
    passedOver: hits.length - judged.length,
  };
}

/** The same of each hit by itself, of those whose alert is due and still kept. */
export function answeredHits(hits: readonly Hit[], alerts: readonly Alert[], at: string): AnsweredHit[] {
  const now = Date.parse(at);
  // An hour for the row’s way and the rule’s next run.
  const due = hits.filter(
    (hit) => Date.parse(hit.due) + HOUR_MS <= now && Date.parse(hit.first) >= now - DAYS_30_MS + HOUR_MS,
  );
  const inOrder = alerts.toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1));
  return due.map((hit) => ({ hit, ...alertOf(hit, inOrder) }));
}

function alertOf(hit: Hit, alerts: readonly Alert[]): Pick<AnsweredHit, 'kind' | 'alert'> {
  const own = alerts.filter((alert) => isAbout(alert, hit));
  const told = own.find(({ suppressed }) => suppressed === false);
  if (told !== undefined) return { kind: 'told', alert: told };
  if (own.some(({ suppressed }) => suppressed === undefined)) return { kind: 'unsure' };
  const [kept] = own;
  if (kept !== undefined) return { kind: 'suppressed', alert: kept };
  // Without a word of what it is about, an alert since then may be of this or of something else.
  const nameless = alerts.some(
    ({ dimensions, startedAt }) => dimensions === undefined && Date.parse(startedAt) >= Date.parse(hit.first),
  );
  return { kind: nameless ? 'unsure' : 'untold' };
}

/** By the columns that tell alerts of a rule apart, as the rule’s answer names them. */
function isAbout({ dimensions = {} }: Alert, { caller, server, when }: Hit): boolean {
  const { hour, night, since } = dimensions;
  const same = (one: string | undefined, other: string): boolean => one?.toLowerCase() === other.toLowerCase();
  return (
    same(dimensions.caller, caller) &&
    same(hour ?? night ?? since, when) &&
    (server === undefined || same(dimensions.server, server))
  );
}
