import type { CaseRow, HeldBy, TriggerName } from '../../cases/case.ts';

/** The cases that one brake holds, of one trigger. */
export interface HeldCases {
  readonly heldBy: HeldBy;
  readonly trigger: TriggerName;
  readonly cases: number;
  /** When the oldest of them was opened. */
  readonly since: string;
  /** As the newest of them says it. */
  readonly why: string;
}

/** What is on hold, by brake and trigger, the most cases first. */
export function heldByBrake(rows: readonly CaseRow[]): HeldCases[] {
  const groups = new Map<string, HeldCases>();
  const byAge = rows.toSorted((one, other) => Date.parse(one.openedAt) - Date.parse(other.openedAt));
  for (const { state, onHold: why, heldBy = 'mass-leaving', trigger, openedAt } of byAge) {
    if (state !== 'open' || why === undefined) continue;
    const key = `${heldBy} ${trigger}`;
    const { cases = 0, since = openedAt } = groups.get(key) ?? {};
    groups.set(key, { heldBy, trigger, cases: cases + 1, since, why });
  }
  return [...groups.values()].toSorted((one, other) => other.cases - one.cases);
}
