import { counted } from '../../cases/words/wording.ts';
import { worseThanBefore } from '../../posture/assess.ts';
import { readRun } from '../../posture/runs/latest-run.ts';
import type { Assessed } from '../../posture/runs/run.ts';
import { pageName } from '../../posture/runs/run-id.ts';
import { CHANGE_WORDS } from './wording.ts';

/** What people are told of a run in which something is worse than it was. Nobody is named, and no resource. */
export interface WorseRun {
  readonly runId: string;
  /** Where the run is filed for people, in the container `evidence`. */
  readonly page: string;
  readonly title: string;
  readonly text: string;
  /** The points, ascending, and how many findings they have together that nobody accepted. */
  readonly points: readonly number[];
  readonly findings: number;
}

/** The run as it was filed; undefined as long as it is not. */
export async function worseRun(files: Parameters<typeof readRun>[0], runId: string): Promise<WorseRun | undefined> {
  const run = await readRun(files, runId);
  if (run === undefined) return undefined;
  const worse = worseThanBefore(run.checks).toSorted((a, b) => a.point - b.point);
  const points = worse.map(({ point }) => point);
  return {
    runId,
    page: pageName(runId),
    title: `The checklist is worse than it was: ${points.length === 1 ? 'point' : 'points'} ${points.join(', ')}`,
    text: worse.map(sentenceOf).join(' '),
    points,
    findings: worse.reduce((sum, each) => sum + findingsOf(each), 0),
  };
}

function sentenceOf(check: Assessed): string {
  const { point, title, change, status } = check;
  const open = findingsOf(check);
  const many = status !== 'fail' ? '' : open === 0 ? ', and all of it is accepted' : `, ${counted(open, 'finding')}`;
  return `Point ${point}, “${title}”: ${CHANGE_WORDS[change]}${many}.`;
}

function findingsOf({ failures }: Assessed): number {
  return failures.filter(({ accepted }) => accepted === undefined).length;
}
