import { isArray, type Json, property } from './json.ts';

/** Array members that enclosing `count` expressions stand on: path of the array, in lower case, to the member's index. */
export type Pins = ReadonlyMap<string, number>;

/** One selected value, with the members of arrays that lead to it. */
interface Selected {
  readonly value: Json | undefined;
  readonly pins: Pins;
}

/**
 * Every value that a path such as `properties.containers[*].properties.image` selects. Inside a `count`, an array
 * that is being counted looks as if the current member were its only one. A missing array selects nothing.
 * learn.microsoft.com/azure/governance/policy/how-to/author-policies-for-arrays
 */
export function select(resource: Json, path: string, pins: Pins): readonly Selected[] {
  let selected: readonly Selected[] = [{ value: resource, pins: new Map() }];
  let prefix = '';
  for (const step of path.match(/\[\*\]|[^.[\]]+/g) ?? []) {
    if (step === '[*]') {
      prefix += '[*]';
      selected = selected.flatMap((one) => members(one, prefix.toLowerCase(), pins));
    } else {
      prefix = prefix === '' ? step : `${prefix}.${step}`;
      selected = selected.map((one) => ({ ...one, value: property(one.value, step) }));
    }
  }
  return selected;
}

function members({ value, pins: taken }: Selected, array: string, pins: Pins): readonly Selected[] {
  if (!isArray(value)) return [];
  return value
    .map((member, index) => ({ value: member, pins: new Map([...taken, [array, index]]), index }))
    .filter(({ index }) => pins.get(array) === undefined || pins.get(array) === index);
}
