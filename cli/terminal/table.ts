/** A column of a table: its head, and the cell of a row; undefined is an empty cell. */
export interface Column<Row> {
  readonly head: string;
  /** `whole` is never cut, because it is what the next command is given; `spare` is left out where room is short. */
  readonly room?: 'whole' | 'spare';
  readonly cell: (row: Row) => string | number | undefined;
}

/** No column is cut to less than this. */
const LEAST = 8;
/** What a cut column has to have before a spare one gets room. */
const ENOUGH = 24;
const GAP = '  ';

/**
 * Rows for a person, with heads and in columns that fit `width` characters, as far as what is whole lets them; without
 * a width for a program: a line for each row, with a tab between two cells and no heads.
 */
export function tableOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width: number | undefined): string {
  if (width === undefined)
    return cellsOf(rows, columns)
      .map((row) => `${row.join('\t')}\n`)
      .join('');
  const shown = withRoom(rows, columns, width);
  const all = [shown.map(({ head }) => head), ...cellsOf(rows, shown)];
  const widths = fitted(widthsOf(rows, shown), shown, width);
  return all
    .map(
      (row) =>
        `${row
          .map((text, at) => padded(text, widths[at] ?? 0))
          .join(GAP)
          .trimEnd()}\n`,
    )
    .join('');
}

/** What others call their things may hold line breaks and sequences that a terminal would obey. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
}

function cellsOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[][] {
  return rows.map((row) => columns.map(({ cell }) => oneLine(String(cell(row) ?? ''))));
}

function widthsOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): number[] {
  const cells = cellsOf(rows, columns);
  return columns.map(({ head }, at) => Math.max(lengthOf(head), ...cells.map((row) => lengthOf(row[at] ?? ''))));
}

const sumOf = (widths: readonly number[]): number =>
  widths.reduce((all, each) => all + each, GAP.length * (widths.length - 1));

/** The columns without the spare ones for which the others would have to be cut too short, the last first. */
function withRoom<Row>(rows: readonly Row[], columns: readonly Column<Row>[], total: number): readonly Column<Row>[] {
  const least = widthsOf(rows, columns).map((width, at) =>
    columns[at]?.room === undefined ? Math.min(width, ENOUGH) : width,
  );
  const spare = columns.findLastIndex(({ room }) => room === 'spare');
  if (spare === -1 || sumOf(least) <= total) return columns;
  return withRoom(rows, columns.toSpliced(spare, 1), total);
}

/** The widths of columns, the widest that may be cut until all of them fit, or none can be cut any more. */
function fitted<Row>(widths: readonly number[], columns: readonly Column<Row>[], total: number): number[] {
  const fit = [...widths];
  const cut = (): number[] => fit.filter((_, at) => columns[at]?.room !== 'whole');
  while (sumOf(fit) > total) {
    const now = Math.max(...cut(), 0);
    if (now <= LEAST) break;
    const widest = fit.findIndex((width, at) => width === now && columns[at]?.room !== 'whole');
    const next = Math.max(...cut().filter((each) => each < now), LEAST);
    fit[widest] = Math.max(next, now - (sumOf(fit) - total), LEAST);
  }
  return fit;
}

const lengthOf = (text: string): number => [...text].length;

function padded(text: string, width: number): string {
  const letters = [...text];
  if (letters.length > width) return `${letters.slice(0, width - 1).join('')}…`;
  return text + ' '.repeat(width - letters.length);
}
