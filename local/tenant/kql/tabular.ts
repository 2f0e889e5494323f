import { compile } from './expressions.ts';
import { join } from './join.ts';
import { range } from './range.ts';
import type { Scope } from './scope.ts';
import { sorted } from './sort.ts';
import type { SyntaxNode } from './syntax/plain-syntax.ts';
import {
  columnNames,
  columnTypes,
  items,
  kindOf,
  NotImplemented,
  nameOf,
  need,
  notImplemented,
  part,
} from './syntax/syntax.ts';
import { compileAggregate } from './values/aggregates.ts';
import { groupKey, isNull, type Row, textOf, type Value } from './values/values.ts';
import { isSerialized, serialized } from './window.ts';

/** Runs a tabular expression. Names of result columns are the official binder's. */
export function runTabular(node: SyntaxNode, scope: Scope): readonly Row[] {
  switch (kindOf(node)) {
    case 'NameReference':
      return namedRows(nameOf(node), scope);
    case 'ParenthesizedExpression':
    case 'MaterializeExpression':
      return runTabular(need(node, 'Expression'), scope);
    case 'PipeExpression':
      return runPipe(node, scope);
    case 'UnionOperator':
      return union(node, node, [], scope);
    case 'RangeOperator':
      return range(node, scope);
    case 'PrintOperator':
      return [named(node, items(node, 'Expressions'), scope)({})];
    default:
      throw notImplemented(node);
  }
}

function namedRows(name: string, scope: Scope): readonly Row[] {
  const rows = scope.views.get(name) ?? scope.tables[name];
  if (rows === undefined) throw new NotImplemented(`rows called ${name}`);
  return rows;
}

function runPipe(pipe: SyntaxNode, scope: Scope): readonly Row[] {
  const source = need(pipe, 'Expression');
  const operator = need(pipe, 'Operator');
  const rows = runTabular(source, scope);
  switch (kindOf(operator)) {
    case 'FilterOperator': {
      const condition = compile(need(operator, 'Condition'), scope);
      return inOrderOf(rows, atEach(rows, scope, (row) => (condition(row) === true ? [row] : [])).flat());
    }
    case 'ExtendOperator':
      return extend(operator, rows, scope);
    case 'ProjectOperator':
      return inOrderOf(rows, atEach(rows, scope, named(pipe, items(operator, 'Expressions'), scope)));
    case 'DistinctOperator':
      return unique(rows.map(named(pipe, items(operator, 'Expressions'), scope)));
    case 'SummarizeOperator':
      return summarize(pipe, operator, rows, scope);
    case 'SortOperator':
      return serialized(sorted(rows, items(operator, 'Expressions'), scope));
    case 'TopOperator':
      return sorted(rows, [need(operator, 'ByExpression')], scope).slice(0, count(operator, scope));
    case 'TakeOperator':
      return rows.slice(0, count(operator, scope));
    case 'CountOperator':
      return [{ Count: rows.length }];
    case 'JoinOperator': {
      const other = need(operator, 'Expression');
      const left = { rows, columns: columnNames(source) };
      const right = { rows: runTabular(other, scope), columns: columnNames(other) };
      return join(operator, left, right, columnNames(pipe), blankRow(pipe));
    }
    case 'MvExpandOperator':
      return inOrderOf(rows, expand(operator, rows, scope));
    case 'UnionOperator':
      return union(pipe, operator, rows, scope);
    default:
      throw notImplemented(operator);
  }
}

function count(operator: SyntaxNode, scope: Scope): number {
  return Number(compile(need(operator, 'Expression'), scope)({}));
}

/** `name = expression`, or the expression alone. */
function unnamed(node: SyntaxNode): SyntaxNode {
  return kindOf(node) === 'SimpleNamedExpression' ? need(node, 'Expression') : node;
}

/** Later expressions of one `extend` do not see the earlier ones. */
function extend(operator: SyntaxNode, rows: readonly Row[], scope: Scope): Row[] {
  const added = items(operator, 'Expressions').map((node) => {
    if (kindOf(node) !== 'SimpleNamedExpression') throw notImplemented(node);
    return { name: nameOf(need(node, 'Name')), value: compile(need(node, 'Expression'), scope) };
  });
  const wider = atEach(rows, scope, (row) => {
    const wide: Record<string, Value> = { ...row };
    for (const { name, value } of added) wide[name] = value(row);
    return wide;
  });
  return inOrderOf(rows, wider);
}

/** Goes through rows; window functions know where, if the rows are in an order. */
function atEach<T>(rows: readonly Row[], { frame }: Scope, result: (row: Row) => T): T[] {
  if (!isSerialized(rows)) return rows.map(result);
  frame.rows = rows;
  const results = rows.map((row, index) => {
    frame.index = index;
    return result(row);
  });
  frame.index = -1;
  return results;
}

function inOrderOf<T extends readonly Row[]>(rows: readonly Row[], made: T): T {
  return isSerialized(rows) ? serialized(made) : made;
}

/** `mv-expand name = array`, one row for each item, as a string with `to typeof(string)`. Of one array only. */
function expand(operator: SyntaxNode, rows: readonly Row[], scope: Scope): Row[] {
  const [node, ...others] = items(operator, 'Expressions');
  if (node === undefined || others.length > 0 || part(operator, 'RowLimitClause') !== undefined) {
    throw notImplemented(operator);
  }
  const expression = need(node, 'Expression');
  const name = nameOf(kindOf(expression) === 'SimpleNamedExpression' ? need(expression, 'Name') : expression);
  const array = compile(unnamed(expression), scope);
  const type = part(node, 'ToTypeOf')?.text;
  if (type !== undefined && type !== 'to typeof(string)') throw notImplemented(operator);
  return atEach(rows, scope, (row) => {
    const value = array(row);
    const values: readonly Value[] = Array.isArray(value) ? value : isNull(value) ? [] : [value];
    return values.map((item): Row => ({ ...row, [name]: type === undefined ? item : textOf(item) }));
  }).flat();
}

function named(result: SyntaxNode, nodes: readonly SyntaxNode[], scope: Scope): (row: Row) => Row {
  const names = columnNames(result);
  if (names.length !== nodes.length) throw notImplemented(result);
  const values = nodes.map((node) => compile(unnamed(node), scope));
  return (row) => Object.fromEntries(names.map((name, index) => [name, values[index]?.(row) ?? null]));
}

function unique(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [Object.values(row).map(groupKey).join('\n'), row])).values()];
}

/** Without `by`, no rows still make one row of aggregates. */
function summarize(pipe: SyntaxNode, operator: SyntaxNode, rows: readonly Row[], scope: Scope): Row[] {
  const clause = part(operator, 'ByClause');
  const by = clause === undefined ? [] : items(clause, 'Expressions').map((node) => compile(unnamed(node), scope));
  const aggregates = items(operator, 'Aggregates').map((node) => compileAggregate(unnamed(node), scope));
  const names = columnNames(pipe);
  const groups = new Map<string, { readonly keys: Value[]; readonly rows: Row[] }>();
  if (by.length === 0) groups.set('', { keys: [], rows: [...rows] });
  else {
    for (const row of rows) {
      const keys = by.map((value) => value(row));
      const key = keys.map(groupKey).join('\n');
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { keys, rows: [row] });
      else group.rows.push(row);
    }
  }
  return [...groups.values()].map((group) => {
    const values = [...group.keys, ...aggregates.map((aggregate) => aggregate(group.rows))];
    return Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
  });
}

/** All columns of all parts, filled with nulls. Columns of one name and two types are not implemented. */
function union(result: SyntaxNode, operator: SyntaxNode, rows: readonly Row[], scope: Scope): Row[] {
  if (items(operator, 'Parameters').length > 0) throw notImplemented(operator);
  const blank = blankRow(result);
  const parts = items(operator, 'Expressions').map((node) => {
    const missing = columnNames(node).filter((name) => !Object.hasOwn(blank, name));
    if (missing.length > 0) throw new NotImplemented(`a union whose columns ${missing.join(', ')} differ in type`);
    return runTabular(node, scope);
  });
  return [rows, ...parts].flat().map((row) => ({ ...blank, ...row }));
}

/** Strings are never null. */
function blankRow(result: SyntaxNode): Row {
  const types = columnTypes(result);
  return Object.fromEntries(columnNames(result).map((name, index) => [name, types[index] === 'string' ? '' : null]));
}
