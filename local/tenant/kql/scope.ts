import type { Row, Value } from './values/values.ts';
import type { Frame } from './window.ts';

/** What names mean while a query runs. */
export interface Scope {
  readonly now: Date;
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  /** Scalars and tables that `let` has named so far. */
  readonly scalars: Map<string, Value>;
  readonly views: Map<string, readonly Row[]>;
  /** Where window functions are; no row (-1) where rows are in no order. */
  readonly frame: Frame;
}
