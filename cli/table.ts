/** A column of a table: its head, and the cell of a row; undefined is an empty cell. */
export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => string | number | undefined;
}

/** No column is cut to less than this. */
const LEAST = 8;
const GAP = '  ';

/**
 * Rows for a person, with heads and in columns that fit `width` characters; without a width for a program: a line for
 * each row, with a tab between two cells and no heads.
 */
export function tableOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width: number | undefined): string {
  const cells = rows.map((row) => columns.map(({ cell }) => oneLine(String(cell(row) ?? ''))));
  if (width === undefined) return cells.map((row) => `${row.join('\t')}\n`).join('');
  const all = [columns.map(({ head }) => head), ...cells];
  const widths = fitted(
    columns.map((_, at) => Math.max(...all.map((row) => lengthOf(row[at] ?? '')))),
    width,
  );
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

/** The widths of columns, the widest cut until all of them fit, or none can be cut any more. */
function fitted(widths: readonly number[], total: number): number[] {
  const fit = [...widths];
  const sum = (): number => fit.reduce((all, each) => all + each, GAP.length * (fit.length - 1));
  while (sum() > total) {
    const widest = fit.indexOf(Math.max(...fit));
    const now = fit[widest] ?? 0;
    if (now <= LEAST) break;
    const next = Math.max(...fit.filter((each) => each < now), LEAST);
    fit[widest] = Math.max(next, now - (sum() - total), LEAST);
  }
  return fit;
}

const lengthOf = (text: string): number => [...text].length;

function padded(text: string, width: number): string {
  const letters = [...text];
  if (letters.length > width) return `${letters.slice(0, width - 1).join('')}…`;
  return text + ' '.repeat(width - letters.length);
}
