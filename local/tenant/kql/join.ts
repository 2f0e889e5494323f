import type { SyntaxNode } from './syntax/plain-syntax.ts';
import { items, kindOf, NotImplemented, nameOf, need, notImplemented } from './syntax/syntax.ts';
import { groupKey, type Row, type Value } from './values/values.ts';

const KINDS = ['innerunique', 'inner', 'leftouter', 'leftsemi', 'leftanti'];

interface Side {
  readonly rows: readonly Row[];
  readonly columns: readonly string[];
}

/** `join kind=… (right) on a, b`. Without a kind it is `innerunique`: one row of the left for each key. */
export function join(operator: SyntaxNode, left: Side, right: Side, names: readonly string[], blank: Row): Row[] {
  const kind = kindOfJoin(operator);
  const keys = items(need(operator, 'ConditionClause'), 'Expressions').map((condition) => {
    if (kindOf(condition) !== 'NameReference') throw notImplemented(condition);
    return nameOf(condition);
  });
  const keyOf = (row: Row): string => keys.map((key) => groupKey(row[key] ?? null)).join('\n');
  const byKey = Map.groupBy(right.rows, keyOf);
  const merged = (row: Row, other: Row | undefined): Row => {
    const values: Value[] = [
      ...left.columns.map((column) => row[column] ?? null),
      ...right.columns.map((column) => other?.[column] ?? null),
    ];
    return Object.fromEntries(names.map((name, index) => [name, values[index] ?? blank[name] ?? null]));
  };
  switch (kind) {
    case 'leftsemi':
      return left.rows.filter((row) => byKey.has(keyOf(row)));
    case 'leftanti':
      return left.rows.filter((row) => !byKey.has(keyOf(row)));
    case 'leftouter':
      return left.rows.flatMap((row) => (byKey.get(keyOf(row)) ?? [undefined]).map((other) => merged(row, other)));
    default: {
      const rows = kind === 'inner' ? left.rows : firstOfEach(left.rows, keyOf);
      return rows.flatMap((row) => (byKey.get(keyOf(row)) ?? []).map((other) => merged(row, other)));
    }
  }
}

function kindOfJoin(operator: SyntaxNode): string {
  const parameters = items(operator, 'Parameters').map((parameter) => parameter.text);
  const given = parameters.map((parameter) => /^kind\s*=\s*(\w+)$/.exec(parameter)?.[1]);
  const kind = given.length === 0 ? 'innerunique' : given[0];
  if (given.length > 1 || kind === undefined || !KINDS.includes(kind)) {
    throw new NotImplemented(`join ${parameters.join(' ')}`);
  }
  return kind;
}

function firstOfEach(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  const first = new Map<string, Row>();
  for (const row of rows) if (!first.has(keyOf(row))) first.set(keyOf(row), row);
  return [...first.values()];
}
