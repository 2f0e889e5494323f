/** Least to most severe; what is below the threshold is dropped. */
const LEVELS = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'] as const;
export type LogLevel = (typeof LEVELS)[number];

export interface LogEntry {
  readonly level: LogLevel;
  readonly category: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

export type Logger = (
  level: LogLevel,
  category: string,
  message: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;

/** One line of JSON per entry on standard error: standard output carries only the ready line. */
export function stderrLogger(threshold: LogLevel): Logger {
  return filteredLogger(threshold, (entry) => process.stderr.write(`${JSON.stringify(entry)}\n`));
}

export function filteredLogger(threshold: LogLevel, write: (entry: LogEntry) => void): Logger {
  const least = LEVELS.indexOf(threshold);
  return (level, category, message, fields) => {
    if (LEVELS.indexOf(level) >= least) {
      write({ time: new Date().toISOString(), level, category, message, ...fields });
    }
  };
}

/** The level named by `LOCAL_HOST_LOG_LEVEL`; `warning` where it is unset or unknown. */
export function logLevelOf(value: string | undefined): LogLevel {
  return LEVELS.find((level) => level === value?.toLowerCase()) ?? 'warning';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
