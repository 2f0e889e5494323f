import { compile } from './expressions.ts';
import { add, order } from './operators.ts';
import type { Scope } from './scope.ts';
import type { PartName } from './syntax/kusto-library.ts';
import type { SyntaxNode } from './syntax/plain-syntax.ts';
import { nameOf, need, notImplemented } from './syntax/syntax.ts';
import { isTimespan, type Row, timespan, type Value } from './values/values.ts';

/** `range name from first to last step step`, both ends included. Only upwards; nulls are not implemented. */
export function range(node: SyntaxNode, scope: Scope): Row[] {
  const name = nameOf(need(node, 'Name'));
  const evaluated = (part: PartName): Value => compile(need(node, part), scope)({});
  const last = evaluated('To');
  const step = evaluated('Step');
  if (order(step, isTimespan(step) ? timespan(0) : 0) !== 1) throw notImplemented(node);
  const rows: Row[] = [];
  for (let value = evaluated('From'); ; value = add(value, step)) {
    const position = order(value, last);
    if (position === null) throw notImplemented(node);
    if (position > 0) return rows;
    rows.push({ [name]: value });
  }
}
