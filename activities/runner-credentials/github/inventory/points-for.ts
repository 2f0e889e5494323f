import type { BatchedRepository } from '../repositories/repository-batch.ts';
import { type Touched, untouchedBy } from './touched.ts';

/**
 * Points that a repository takes: its variables, its runners, its invitations, and now and then an environment, a deploy
 * key or the runs of a schedule.
 */
const POINTS_EACH = 4;

/**
 * What a reading of repositories has set aside of GitHub’s minute before it begins. Where the audit log tells what was
 * changed since an earlier reading, the rest is not asked at all; a list that is as it was has cost its point all the same.
 */
export function pointsFor(organisation: string, repositories: readonly BatchedRepository[], touched: Touched): number {
  const untouched = untouchedBy(organisation, touched);
  return POINTS_EACH * repositories.filter((repository) => !untouched(repository)).length;
}
