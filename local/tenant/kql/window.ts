import { add } from './operators.ts';
import { NotImplemented } from './syntax/syntax.ts';
import { type Expression, isNull, type Row, type Value } from './values/values.ts';

/** The rows in whose order an operator goes, and the one at which it is. */
export interface Frame {
  rows: readonly Row[];
  index: number;
}

/**
 * Window functions: what they answer depends on the order of rows, so that the service takes them over serialized rows
 * only (learn.microsoft.com/kusto/query/window-functions).
 */
export const WINDOW_FUNCTIONS: Readonly<Record<string, (args: readonly Expression[], frame: Frame) => Expression>> = {
  next: (args, frame) => neighbour(args, frame, 1),
  prev: (args, frame) => neighbour(args, frame, -1),
  row_cumsum: ([term, restart], frame) => {
    let sum: Value = null;
    return (row) => {
      needOrder(frame);
      const value = term?.(row) ?? null;
      const begins = frame.index === 0 || restart?.(row) === true || isNull(sum);
      sum = begins ? value : isNull(value) ? sum : add(sum, value);
      return sum;
    };
  },
};

function neighbour([value, offset, otherwise]: readonly Expression[], frame: Frame, direction: 1 | -1): Expression {
  return (row) => {
    needOrder(frame);
    const other = frame.rows[frame.index + direction * Number(offset?.(row) ?? 1)];
    return (other === undefined ? otherwise?.(row) : value?.(other)) ?? null;
  };
}

function needOrder(frame: Frame): void {
  if (frame.index < 0) throw new NotImplemented('a window function over rows that are in no order');
}

const ordered = new WeakSet<readonly Row[]>();

/** Remembers that rows are serialized: what sorts them makes them so, and what goes row by row keeps them so. */
export function serialized<T extends readonly Row[]>(rows: T): T {
  ordered.add(rows);
  return rows;
}

export function isSerialized(rows: readonly Row[]): boolean {
  return ordered.has(rows);
}
