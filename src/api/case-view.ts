import * as z from 'zod';
import { type CaseRow, CaseRowSchema } from '../cases/case.ts';
import { type SourceProgress, SourceProgressSchema } from '../cases/progress.ts';
import type { Immutable } from '../shapes/immutable.ts';

/** How the orchestration of a case stands, and how far the sources are that it counts. */
export interface Run {
  /** Durable Functions' word: `Running`, `Completed`, `Failed`, … */
  readonly runtimeStatus: string;
  /** The orchestration's custom status: the state of every step so far. */
  readonly customStatus: unknown;
  readonly sources?: readonly SourceProgress[];
  /** When all that is counted has been read; absent where the case does not run. */
  readonly ends?: string;
}

const { merged } = CaseRowSchema.shape;

/** A case as the API shows it: its row, how far it is, and where its report is. */
export const CaseView = z
  .object({
    ...CaseRowSchema.omit({ dedupeKey: true }).shape,
    merged: z.array(merged.element.omit({ dedupeKey: true })),
    progress: z.exactOptional(
      z.object({
        steps: z.exactOptional(z.record(z.string(), z.string())),
        sources: z.exactOptional(z.array(SourceProgressSchema)),
        ends: z.exactOptional(z.string()),
      }),
    ),
    links: z.object({ self: z.string(), report: z.exactOptional(z.string()) }),
  })
  .meta({ id: 'Case' });
export type CaseView = Immutable<z.input<typeof CaseView>>;

const BROKEN = ['Failed', 'Terminated'];

/** A case as the API shows it. An orchestration that broke could not say so in the row: the case has failed. */
export function caseView(row: CaseRow, run?: Run): CaseView {
  const { dedupeKey: _, merged, ...shown } = row;
  const broke = row.state === 'running' && run !== undefined && BROKEN.includes(run.runtimeStatus);
  const self = `/api/cases/${row.caseId}`;
  return {
    ...shown,
    ...(broke ? { state: 'failed' as const } : {}),
    merged: merged.map(({ dedupeKey: _, ...each }) => each),
    ...(run?.customStatus == null ? {} : { progress: { ...run.customStatus, ...progressIn(run) } }),
    links: { self, ...(row.report === undefined ? {} : { report: `${self}/report` }) },
  };
}

function progressIn({ sources = [], ends }: Run): object {
  return { ...(sources.length === 0 ? {} : { sources }), ...(ends === undefined ? {} : { ends }) };
}
