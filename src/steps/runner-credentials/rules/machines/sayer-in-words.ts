import { repositoryOf } from '../../../../machines/keep.ts';
import type { Sayer, ToldRun } from '../../../../machines/kept.ts';

/** Who sent a report, by a token that was verified. */
export function sayerInWords(sayer: Sayer): string {
  switch (sayer.kind) {
    case 'github-job':
      return `a job of ${sayer.owner}/${repositoryOf(sayer)}`;
    case 'managed-identity':
      return `the managed identity ${sayer.resourceId ?? sayer.oid}`;
    default:
      return sayer satisfies never;
  }
}

/** ` (run 4711, attempt 2)`. */
export function runOf({ runId, attempt }: Pick<ToldRun, 'runId' | 'attempt'>): string {
  return ` (run ${runId}, attempt ${attempt})`;
}
