import type { Firm } from './firm/firm.ts';

/** A firm as it stands in the table of situations. */
export function situationOf({ people, leaver, leaving, items, habits }: Firm): string {
  const lines = [
    `leaver ${leaver}: ${leaving.state}, last day ${leaving.daysAgo} days ago${leaving.recorded ? '' : ', not recorded'}`,
    ...people.map((person) => `person ${told(person)}`),
    ...items.map((item) => `item ${told(item)}`),
    `habits ${JSON.stringify(habits)}`,
  ];
  return lines.map((line) => `  ${line}`).join('\n');
}

/** Ten thousand characters are told by their first. */
function told(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'string' && each.length > 200 ? `${each.slice(0, 60)}… (${each.length} characters)` : each,
  );
}
