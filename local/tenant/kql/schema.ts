/** KQL's scalar types that this evaluator knows, by their names in schemas and answers. */
export type ColumnType = 'bool' | 'datetime' | 'dynamic' | 'guid' | 'int' | 'long' | 'real' | 'string' | 'timespan';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** Columns by table. */
export type Schema = Readonly<Record<string, readonly Column[]>>;
