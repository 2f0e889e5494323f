import { UnsupportedPolicy } from './errors.ts';
import { isArray, isObject, type Json } from './json.ts';

type Value = Json | undefined;
type Operator = (value: Value, wanted: Json) => boolean;

/**
 * Conditions of a policy rule; all ignore case. A missing value satisfies the negative ones and fails the positive.
 * learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule#conditions
 */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['equals', equals],
  ['notEquals', (value, wanted) => !equals(value, wanted)],
  ['like', like],
  ['notLike', (value, wanted) => !like(value, wanted)],
  ['contains', contains],
  ['notContains', (value, wanted) => !contains(value, wanted)],
  ['in', isIn],
  ['notIn', (value, wanted) => !isIn(value, wanted)],
  ['exists', exists],
  ['less', (value, wanted) => compare(value, wanted) < 0],
  ['lessOrEquals', (value, wanted) => compare(value, wanted) <= 0],
  ['greater', (value, wanted) => compare(value, wanted) > 0],
  ['greaterOrEquals', (value, wanted) => compare(value, wanted) >= 0],
]);

function equals(value: Value, wanted: Json): boolean {
  const expected = scalar(wanted, 'equals');
  // Whether nothing equals an empty text is documented nowhere; "exists" says what is meant.
  if (expected === '') throw new UnsupportedPolicy('a comparison with empty text is ambiguous: use exists');
  return value !== undefined && value !== null && scalar(value, 'equals') === expected;
}

function like(value: Value, wanted: Json): boolean {
  const [start = '', end, ...others] = pattern(wanted).split('*');
  if (others.length > 0) throw new UnsupportedPolicy('like takes one wildcard', wanted);
  if (value === undefined || value === null) return false;
  const actual = scalar(value, 'like');
  if (end === undefined) return actual === start;
  return actual.length >= start.length + end.length && actual.startsWith(start) && actual.endsWith(end);
}

function contains(value: Value, wanted: Json): boolean {
  const part = pattern(wanted);
  if (part.includes('*')) throw new UnsupportedPolicy('contains takes no wildcard', wanted);
  return value !== undefined && value !== null && scalar(value, 'contains').includes(part);
}

function isIn(value: Value, wanted: Json): boolean {
  if (!isArray(wanted)) throw new UnsupportedPolicy('in and notIn want an array', wanted);
  return wanted.some((one) => equals(value, one));
}

function exists(value: Value, wanted: Json): boolean {
  const expected = scalar(wanted, 'exists');
  if (expected !== 'true' && expected !== 'false') throw new UnsupportedPolicy('exists wants true or false', wanted);
  return (value !== undefined && value !== null) === (expected === 'true');
}

function compare(value: Value, wanted: Json): number {
  if (typeof value !== 'number' || typeof wanted !== 'number') {
    throw new UnsupportedPolicy('only numbers are compared here', wanted);
  }
  return value - wanted;
}

function pattern(wanted: Json): string {
  if (typeof wanted !== 'string') throw new UnsupportedPolicy('a pattern must be text', wanted);
  return wanted.toLowerCase();
}

/** Azure compares the text of a value: `"equals": "true"` holds for true. */
function scalar(value: Json, operator: string): string {
  if (isArray(value) || isObject(value)) throw new UnsupportedPolicy(`${operator} compares text, not this`, value);
  return String(value).toLowerCase();
}
