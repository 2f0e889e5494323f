import { createHash } from 'node:crypto';
import type { HttpResponseInit } from '@azure/functions';
import type { CaseRow } from '../cases/case.ts';
import type { SourceProgress } from '../cases/progress.ts';

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

export type CaseView = Omit<CaseRow, 'dedupeKey' | 'merged'> & {
  readonly merged: readonly Omit<CaseRow['merged'][number], 'dedupeKey'>[];
  readonly progress?: unknown;
  readonly links: { readonly self: string; readonly report?: string };
};

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

/** A JSON answer with the ETag of what it shows; 304 to whoever has that already. */
export function answerJson(
  value: unknown,
  { status = 200, headers = {}, ifNoneMatch = null }: AnswerOptions = {},
): HttpResponseInit {
  const body = JSON.stringify(value);
  return answerText(body, 'application/json', { status, headers, ifNoneMatch });
}

export interface AnswerOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request's `If-None-Match`. */
  readonly ifNoneMatch?: string | null;
}

export function answerText(body: string, type: string, options: AnswerOptions = {}): HttpResponseInit {
  const { status = 200, headers = {}, ifNoneMatch = null } = options;
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const all = { ...headers, etag, 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff' };
  const known = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  if (status === 200 && (known.includes(etag) || known.includes('*'))) return { status: 304, headers: all };
  return { status, headers: { ...all, 'content-type': type }, body };
}
