import { compile } from '../expressions.ts';
import { order } from '../operators.ts';
import type { Scope } from '../scope.ts';
import type { SyntaxNode } from '../syntax/plain-syntax.ts';
import { items, kindOf, NotImplemented, nameOf, need, notImplemented } from '../syntax/syntax.ts';
import { type Expression, groupKey, isNull, type Row, type Value } from './values.ts';

type Aggregate = (rows: readonly Row[]) => Value;
type Maker = (first: Expression, second: Expression) => Aggregate;

const NOTHING: Expression = () => null;

/** Aggregate functions over the rows of a group. `dcount` is exact here, and an estimate in the service. */
const AGGREGATES: Readonly<Record<string, Maker>> = {
  avg: (value) => (rows) => {
    const numbers = present(rows, value).map(Number);
    return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  },
  count: () => (rows) => rows.length,
  count_distinct: (value) => (rows) => distinct(rows, value),
  count_distinctif: (value, test) => (rows) => distinct(passing(rows, test), value),
  countif: (test) => (rows) => passing(rows, test).length,
  dcount: (value) => (rows) => distinct(rows, value),
  dcountif: (value, test) => (rows) => distinct(passing(rows, test), value),
  make_list: (value) => (rows) => present(rows, value),
  make_set: (value, limit) => (rows) => {
    const most = limit({});
    const values = new Map(present(rows, value).map((item) => [groupKey(item), item]));
    return [...values.values()].slice(0, typeof most === 'number' ? most : undefined);
  },
  max: (value) => (rows) => extreme(rows, value, 1),
  min: (value) => (rows) => extreme(rows, value, -1),
  sum: (value) => (rows) => present(rows, value).reduce<number>((sum, number) => sum + Number(number), 0),
  take_any: (value) => (rows) => (rows[0] === undefined ? null : value(rows[0])),
};

/** Compiles `dcount(x)`; an expression over aggregates (`count() * 2`) is not implemented. */
export function compileAggregate(node: SyntaxNode, scope: Scope): Aggregate {
  if (kindOf(node) !== 'FunctionCallExpression') throw notImplemented(node);
  const name = nameOf(need(node, 'Name'));
  const maker = AGGREGATES[name];
  if (maker === undefined) throw new NotImplemented(`the aggregate ${name}()`);
  const [first = NOTHING, second = NOTHING] = items(need(node, 'ArgumentList'), 'Expressions').map((argument) =>
    compile(argument, scope),
  );
  return maker(first, second);
}

/** Aggregates pass nulls over. */
function present(rows: readonly Row[], value: Expression): Value[] {
  return rows.map(value).filter((item) => !isNull(item));
}

function passing(rows: readonly Row[], test: Expression): Row[] {
  return rows.filter((row) => test(row) === true);
}

function distinct(rows: readonly Row[], value: Expression): number {
  return new Set(present(rows, value).map(groupKey)).size;
}

function extreme(rows: readonly Row[], value: Expression, sign: 1 | -1): Value {
  return present(rows, value).reduce<Value>(
    (best, item) => (isNull(best) || (order(item, best) ?? 0) * sign > 0 ? item : best),
    null,
  );
}
