import { compile } from './expressions.ts';
import { order } from './operators.ts';
import type { Scope } from './scope.ts';
import type { SyntaxNode } from './syntax/plain-syntax.ts';
import { kindOf, need, notImplemented, part } from './syntax/syntax.ts';
import type { Row } from './values/values.ts';

/** `sort by` and `top by`: descending unless said otherwise; null counts as less than any value. */
export function sorted(rows: readonly Row[], criteria: readonly SyntaxNode[], scope: Scope): Row[] {
  const orders = criteria.map((criterion) => {
    if (kindOf(criterion) !== 'OrderedExpression') return { value: compile(criterion, scope), sign: -1 };
    const direction = part(criterion, 'Ordering')?.text ?? 'desc';
    if (direction !== 'asc' && direction !== 'desc') throw notImplemented(criterion);
    return { value: compile(need(criterion, 'Expression'), scope), sign: direction === 'asc' ? 1 : -1 };
  });
  const keyed = rows.map((row) => ({ row, keys: orders.map(({ value }) => value(row)) }));
  keyed.sort((a, b) => {
    for (const [index, { sign }] of orders.entries()) {
      const left = a.keys[index] ?? null;
      const right = b.keys[index] ?? null;
      const found = order(left, right) ?? Number(left !== null) - Number(right !== null);
      if (found !== 0) return found * sign;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}
