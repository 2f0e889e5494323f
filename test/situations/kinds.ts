import type { Situation } from './situation.ts';

/** What becomes of an item in a situation. */
function endOf(key: string, { ends, told, alive }: Situation): string {
  if (ends?.includes(key)) return 'ends';
  if (told?.includes(key)) return 'told';
  return alive?.includes(key) ? 'lives on' : 'stays';
}

const FEATURES = ['people', 'without', 'swept', 'residual', 'says', 'afterwards', 'meanwhile', 'refused'] as const;

/** Of what kinds a situation is: each item of each vendor with what becomes of it, how the person leaves, and what is odd. */
export function kindsOf(situation: Situation): string[] {
  const { items = [], leaving, habits = {} } = situation;
  return [
    ...items.map(({ key, kind }) => `${kind} ${endOf(key, situation)}`),
    ...(leaving === undefined ? [] : [`leaving ${leaving.state} ${leaving.said} ${leaving.returns}`]),
    ...Object.keys(habits).map((habit) => `vendors that differ in ${habit}`),
    ...FEATURES.filter((feature) => situation[feature] !== undefined),
  ];
}
