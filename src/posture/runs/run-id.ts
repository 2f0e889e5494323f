import type { RunTrigger } from './run.ts';

/** Name of a run, which sorts by time: `2026-11-29T10-41-12-000Z-asked`. Of the timer there is one a day. */
export function runIdOf(at: Date, trigger: RunTrigger): string {
  const iso = at.toISOString();
  const when = trigger === 'timer' ? iso.slice(0, 10) : `${iso.slice(0, 23).replaceAll(/[:.]/g, '-')}Z`;
  return `${when}-${trigger}`;
}

/** Whether a text may name a run. */
export const RUN_ID = /^\d{4}-\d{2}-\d{2}(T\d{2}-\d{2}-\d{2}-\d{3}Z)?-(timer|asked|deployment)$/;

/** The durable instance of a run. */
export const instanceOf = (runId: string): string => `posture:${runId}`;

/** Where a run is filed in the container `evidence`. */
export const runName = (runId: string): string => `posture/${runId}.json`;
/** The same for people, beside it. */
export const pageName = (runId: string): string => `posture/${runId}.html`;
/** Where the container `inventory` says which run was filed last. */
export const LATEST = 'posture/latest.json';
