import { memo, type ReactNode } from 'react';

export interface Column<T> {
  readonly title: string;
  readonly show: (row: T) => ReactNode;
}

interface Listed<T> {
  /** What the rows are, for whoever hears the table. */
  readonly caption: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** The first one names the row. On a narrow screen each row is a card with the titles beside the values. */
  readonly columns: readonly [Column<T>, ...Column<T>[]];
}

export function List<T>({ caption, rows, keyOf, columns: shown }: Listed<T>) {
  return (
    <table className="list">
      <caption className="heard">{caption}</caption>
      <Heads titles={shown.map(({ title }) => title)} />
      <tbody>
        {rows.map((row) => (
          <Row key={keyOf(row)} row={row} columns={shown} />
        ))}
      </tbody>
    </table>
  );
}

/** The heads of a table's columns. */
export function Heads({ titles }: { readonly titles: readonly string[] }) {
  return (
    <thead>
      <tr>
        {titles.map((title) => (
          <th key={title} scope="col">
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Drawn again where its row is another, or its columns are: of thousands a few change between two readings. */
const Row = memo(function Row<T>({
  row,
  columns: [head, ...others],
}: Pick<Listed<T>, 'columns'> & { readonly row: T }) {
  return (
    <tr>
      <th scope="row">{head.show(row)}</th>
      {others.map(({ title, show }) => (
        <td key={title} data-label={title}>
          {/* One box, because beside its title on a narrow screen stands one thing. */}
          <div>{show(row)}</div>
        </td>
      ))}
    </tr>
  );
}) as <T>(given: Pick<Listed<T>, 'columns'> & { readonly row: T }) => ReactNode;
