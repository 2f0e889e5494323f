import { and, BINARY, or, order } from './operators.ts';
import type { Scope } from './scope.ts';
import type { SyntaxNode } from './syntax/plain-syntax.ts';
import { items, kindOf, NotImplemented, nameOf, need, notImplemented } from './syntax/syntax.ts';
import { FUNCTIONS } from './values/functions.ts';
import { literalValue } from './values/literals.ts';
import {
  comparable,
  type Expression,
  INGESTION_TIME,
  isDate,
  isNull,
  isTimespan,
  timespan,
  type Value,
} from './values/values.ts';
import { WINDOW_FUNCTIONS } from './window.ts';

export function compile(node: SyntaxNode, scope: Scope): Expression {
  const literal = literalValue(node);
  if (literal !== undefined) return () => literal;
  const kind = kindOf(node);
  switch (kind) {
    case 'NameReference':
      return reference(nameOf(node), scope);
    case 'ParenthesizedExpression':
      return compile(need(node, 'Expression'), scope);
    case 'FunctionCallExpression':
      return call(node, scope);
    case 'AndExpression':
      return binary(node, scope, and);
    case 'OrExpression':
      return binary(node, scope, or);
    case 'UnaryMinusExpression':
      return negated(compile(need(node, 'Expression'), scope));
    case 'BetweenExpression':
      return between(node, scope);
    case 'ElementExpression':
      return element(node, compile(need(need(node, 'Selector'), 'Expression'), scope), scope);
    case 'PathExpression': {
      const name = nameOf(need(node, 'Selector'));
      return element(node, () => name, scope);
    }
    case 'InExpression':
    case 'InCsExpression':
    case 'NotInExpression':
    case 'NotInCsExpression':
      return membership(node, scope);
    case 'HasAnyExpression':
      return hasAny(node, scope);
    default: {
      const operator = BINARY[kind.replace(/Expression$/, '')];
      if (operator === undefined) throw notImplemented(node);
      return binary(node, scope, operator);
    }
  }
}

/** Columns hide what `let` named. */
function reference(name: string, scope: Scope): Expression {
  const scalar = scope.scalars.get(name);
  return (row) => (Object.hasOwn(row, name) ? (row[name] ?? null) : (scalar ?? null));
}

function binary(node: SyntaxNode, scope: Scope, operator: (left: Value, right: Value) => Value): Expression {
  const left = compile(need(node, 'Left'), scope);
  const right = compile(need(node, 'Right'), scope);
  return (row) => operator(left(row), right(row));
}

function negated(operand: Expression): Expression {
  return (row) => {
    const value = operand(row);
    if (isTimespan(value)) return timespan(-value.timespan);
    return typeof value === 'number' ? -value : null;
  };
}

function between(node: SyntaxNode, scope: Scope): Expression {
  const value = compile(need(node, 'Left'), scope);
  const first = compile(need(need(node, 'Right'), 'First'), scope);
  const last = compile(need(need(node, 'Right'), 'Second'), scope);
  return (row) => {
    const low = order(value(row), first(row));
    const high = order(value(row), last(row));
    return low === null || high === null ? null : low >= 0 && high <= 0;
  };
}

/** A member of a property bag, by a name that may differ from row to row. Places of arrays are not implemented. */
function element(node: SyntaxNode, key: Expression, scope: Scope): Expression {
  const bag = compile(need(node, 'Expression'), scope);
  return (row) => {
    const from = bag(row);
    const name = key(row);
    if (typeof name !== 'string' || Array.isArray(from) || isDate(from)) throw notImplemented(node);
    if (typeof from !== 'object' || from === null) return null;
    return Object.hasOwn(from, name) ? ((from as Readonly<Record<string, Value>>)[name] ?? null) : null;
  };
}

/** The parser's kinds of `in` and `in~` are swapped, so the operator's text decides. */
function membership(node: SyntaxNode, scope: Scope): Expression {
  const operator = need(node, 'Operator').text;
  const ignoreCase = operator.endsWith('~');
  const negative = operator.startsWith('!');
  const value = compile(need(node, 'Left'), scope);
  const options = items(need(node, 'Right'), 'Expressions').map((option) => compile(option, scope));
  const keyOf = (item: Value): Value => {
    const plain = comparable(item);
    return ignoreCase && typeof plain === 'string' ? plain.toLowerCase() : plain;
  };
  return (row) => {
    const key = keyOf(value(row));
    const found = options.some((option) => {
      const item = option(row);
      return Array.isArray(item) ? item.some((one: Value) => keyOf(one) === key) : keyOf(item) === key;
    });
    return found !== negative;
  };
}

/** Whether one of several terms is in a text; a list may hold some. */
function hasAny(node: SyntaxNode, scope: Scope): Expression {
  const value = compile(need(node, 'Left'), scope);
  const terms = items(need(node, 'Right'), 'Expressions').map((term) => compile(term, scope));
  return (row) =>
    terms
      .flatMap((term) => term(row))
      .some((term) => typeof term === 'string' && BINARY.Has?.(value(row), term) === true);
}

function call(node: SyntaxNode, scope: Scope): Expression {
  const name = nameOf(need(node, 'Name'));
  const args = items(need(node, 'ArgumentList'), 'Expressions').map((argument) => compile(argument, scope));
  if (name === 'now' && args.length === 0) return () => scope.now;
  if (name === 'column_ifexists') {
    const [column, otherwise] = args;
    return (row) => {
      const known = String(column?.(row));
      return (Object.hasOwn(row, known) ? row[known] : otherwise?.(row)) ?? null;
    };
  }
  if (name === 'ingestion_time') return (row) => row[INGESTION_TIME] ?? null;
  if (name === 'ago') {
    return (row) => {
      const span = args[0]?.(row) ?? null;
      return isNull(span) || !isTimespan(span) ? null : new Date(scope.now.getTime() - span.timespan);
    };
  }
  const window = WINDOW_FUNCTIONS[name];
  if (window !== undefined) return window(args, scope.frame);
  const scalar = FUNCTIONS[name];
  if (scalar === undefined) throw new NotImplemented(`the function ${name}()`);
  return (row) => scalar(...args.map((argument) => argument(row)));
}
