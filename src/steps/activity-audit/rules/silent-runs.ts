import type { HourOfRows } from '../../../connectors/audit-log/activity.ts';
import type { LocalDate } from './calendar/business-calendar.ts';

/** One unit of time of which rows are expected or not: an hour, a night, a server's day. */
export interface Unit {
  readonly date: LocalDate;
  /** Units of one kind are compared with each other: the same hour on working days. */
  readonly kind: string;
  readonly label: string;
  /** The night, or the working hours, that it is or lies in: what is told of them is not told again by the hour. */
  readonly band: string;
  /** Anybody's row proves that the log worked. */
  readonly logged: boolean;
  /** What is usual is learnt without the leaver, who may be why nobody calls any more. */
  readonly usual: boolean;
}

/** Silent units, one after the other. */
export type Run = readonly [Unit, ...Unit[]];

/** A silence that comes by chance less often than this is told. */
const CHANCE = 1e-6;

export function unitOf(date: LocalDate, kind: string, label: string, rows: readonly HourOfRows[]): Unit {
  return {
    date,
    kind,
    label,
    band: `${date} ${label}`,
    logged: rows.length > 0,
    usual: rows.some(({ byOthers }) => byOthers > 0),
  };
}

export function lastOf(run: Run): Unit {
  return run.reduce((_, next) => next);
}

/** Runs of silent units, in time, within each line, that are too unlikely to be chance. */
export function runs(units: readonly Unit[], lineOf: (unit: Unit) => string): Run[] {
  const share = new Map(
    [...Map.groupBy(units, ({ kind }) => kind)].map(([kind, own]) => [
      kind,
      (own.filter(({ usual }) => usual).length + 1) / (own.length + 2),
    ]),
  );
  return [...Map.groupBy(units, lineOf).values()].flatMap((line) =>
    silentRuns(line).filter(
      (run) => run.reduce((chance, { kind }) => chance * (1 - (share.get(kind) ?? 0)), 1) < CHANCE,
    ),
  );
}

/** Before the first row of a line nothing was usual yet: a habit that begins is no silence that ends. */
function silentRuns(line: readonly Unit[]): Run[] {
  const begins = line.findIndex(({ logged }) => logged);
  const found: [Unit, ...Unit[]][] = [];
  let run: [Unit, ...Unit[]] | undefined;
  for (const unit of begins === -1 ? [] : line.slice(begins)) {
    if (unit.logged) run = undefined;
    else if (run === undefined) {
      run = [unit];
      found.push(run);
    } else run.push(unit);
  }
  return found;
}
