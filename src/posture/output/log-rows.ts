import { counted } from '../../cases/words/wording.ts';
import type { PostureRun } from '../runs/run.ts';

/** One row of the table of posture, `kql/mcp-posture.schema.json`. */
export interface PostureLogRow {
  readonly TimeGenerated: string;
  /** The same each time that this row is uploaded: the service takes a row twice, and queries count it once. */
  readonly RowId: string;
  readonly Run: string;
  readonly Kind: 'metric' | 'check';
  readonly Name: string;
  readonly Called: string;
  readonly Point?: number;
  readonly State: string;
  /** Absent where it is unknown. */
  readonly Value?: number;
  readonly Unit?: string;
  readonly Says: string;
}

/** What a run measured and judged, for a workbook; what it did not judge anew is in the rows of an earlier run. */
export function logRowsOf({ runId, at, checks, metrics }: PostureRun): PostureLogRow[] {
  const row = (kind: PostureLogRow['Kind'], name: string) =>
    ({ TimeGenerated: at, RowId: `${runId} ${kind} ${name}`, Run: runId, Kind: kind, Name: name }) as const;
  return [
    ...metrics.map(({ metric, title, state, value, unit, arithmetic }) => ({
      ...row('metric', metric),
      ...{ Called: title, State: state, Unit: unit, Says: arithmetic },
      ...(value === undefined ? {} : { Value: value }),
    })),
    ...checks
      .filter((each) => each.at === at)
      .map(({ check, point, title, status, failures }) => ({
        ...row('check', check),
        ...{ Called: title, Point: point, State: status, Says: counted(failures.length, 'failure') },
      })),
  ];
}
