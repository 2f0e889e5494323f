import { SEVERITIES } from '../cases/finding.ts';
import type { Assessed, Failure } from './runs/run.ts';

type Named = Pick<Failure, 'id' | 'reason' | 'severity'>;

/** That the firm accepts one failure until a day; reviewed in Git, and set by Terraform. */
export interface PostureException {
  /** Id of the failure. */
  readonly finding: string;
  /** Why the firm accepts it. */
  readonly reason: string;
  readonly by: string;
  /** The last day on which it holds. */
  readonly until: string;
  /** The reason to fail that is accepted: what fails there for another one stays open. Without it, the least severe is. */
  readonly covers?: string | undefined;
}

/** Days from a run for which a failure can be accepted at most. */
const MOST_DAYS = 180;

/** The exception of a failure that holds on the day of an instant. One for longer than {@link MOST_DAYS} does not count. */
export function exceptionFor(
  { id, reason, severity }: Named,
  exceptions: readonly PostureException[],
  { at, all }: { readonly at: string; readonly all: readonly Named[] },
): Failure['accepted'] | undefined {
  const today = at.slice(0, 10);
  // What is meant where nothing is named: of several things under one id only the least severe.
  const mildest = Math.max(...all.flatMap((each) => (each.id === id ? [SEVERITIES.indexOf(each.severity)] : [])));
  const meant = SEVERITIES.indexOf(severity) >= mildest;
  const found = exceptions.find(
    ({ finding, until, covers }) =>
      finding === id && (covers === undefined ? meant : covers === reason) && until >= today && until <= lastDay(at),
  );
  return found === undefined ? undefined : { reason: found.reason, by: found.by, until: found.until };
}

/** The entries for longer than {@link MOST_DAYS}: they accept nothing yet, and whoever wrote them thinks they do. */
export function tooLongIn(exceptions: readonly PostureException[], at: string): string[] {
  return exceptions.flatMap(({ finding, until }) => (until > lastDay(at) ? [finding] : []));
}

function lastDay(at: string): string {
  return new Date(Date.parse(at) + MOST_DAYS * 86_400_000).toISOString().slice(0, 10);
}

/** The failures that the firm accepts and that do not fail: their entries may go. */
export function idleIn(exceptions: readonly PostureException[], checks: readonly Assessed[]): string[] {
  const failing = checks.flatMap(({ failures }) => failures);
  return exceptions.flatMap(({ finding, covers }) =>
    failing.some(({ id, reason }) => id === finding && (covers === undefined || covers === reason)) ? [] : [finding],
  );
}
