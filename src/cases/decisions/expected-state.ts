import * as z from 'zod';
import type { Immutable } from '../../shapes/immutable.ts';
import { text } from '../../shapes/primitives.ts';

const Fact = z.union([text, z.number(), z.boolean(), z.null(), z.array(text)]);

/**
 * What a remedy was planned on: the facts of its target for which it was planned, by name. Null stands for what the
 * target does not have. A target whose facts differ is another one than the one that somebody judged.
 */
export const ExpectedStateSchema = z.record(text, Fact);
export type ExpectedState = Immutable<z.output<typeof ExpectedStateSchema>>;

/** How the target differs from what was planned on, a phrase for each fact; empty where it does not. */
export function changesSince(planned: ExpectedState, now: ExpectedState): string[] {
  const names = [...new Set([...Object.keys(planned), ...Object.keys(now)])];
  return names
    .filter((name) => JSON.stringify(planned[name] ?? null) !== JSON.stringify(now[name] ?? null))
    .map((name) => `${name} was ${words(planned[name])}, is now ${words(now[name])}`);
}

function words(fact: ExpectedState[string] | undefined): string {
  if (fact === undefined || fact === null || fact === '') return 'not set';
  return typeof fact === 'object' ? `“${fact.join(', ')}”` : `“${fact}”`;
}
