import assert from 'node:assert/strict';
import { evaluate } from '../../../local/tenant/kql/evaluate.ts';
import type { Schema } from '../../../local/tenant/kql/schema.ts';
import type { Row } from '../../../local/tenant/kql/values/values.ts';

export const schema: Schema = {
  T: [
    { name: 'k', type: 'string' },
    { name: 'n', type: 'long' },
    { name: 'at', type: 'datetime' },
  ],
  U: [
    { name: 'k', type: 'string' },
    { name: 'm', type: 'real' },
  ],
};
export const day = (text: string): Date => new Date(`${text}Z`);
export const T: Row[] = [
  { k: 'a', n: 1, at: day('2026-11-02T10:10:00') },
  { k: 'a', n: 2, at: day('2026-11-02T10:50:00') },
  { k: 'B', n: null, at: day('2026-11-02T11:00:00') },
  { k: '', n: 4, at: null },
];
export const U: Row[] = [
  { k: 'a', m: 1.5 },
  { k: 'a', m: 2.5 },
  { k: 'c', m: 3.5 },
];
export const now = day('2026-11-23T12:00:00');

export function rows(query: string): readonly Row[] {
  const result = evaluate(query, schema, { T, U }, now);
  assert.ok(result.ok, JSON.stringify(result));
  return result.rows;
}
