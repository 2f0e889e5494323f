import { join, relative } from 'node:path';
import type { Report } from '../../src/report/report.ts';
import type { Stack } from '../stack.ts';
import { WORLD } from '../tenant/seeds/world.ts';
import { deleteUser, doDueWork, fetchReport, fetchReportFile, followCase } from './follow-case.ts';
import { keepReport } from './keep-report.ts';
import type { Progress } from './show-progress.ts';

export interface Telling {
  /** Takes one line of text. */
  readonly say: (line: string) => void;
  readonly progress: Progress;
  /** Where a copy of the report is kept, in a folder of its own, which is named by when it was filed. */
  readonly folder: string;
}

/** The demo's story: deletes the seeded leaver as an administrator would, follows the case and tells how it ended. */
export async function printCaseSummary(stack: Stack, { say, progress, folder }: Telling): Promise<Report> {
  const { leaver } = WORLD;
  const caseId = `${leaver.oid}-1`;
  say(
    `${leaver.displayName} (${leaver.userPrincipalName}) left ${WORLD.daysSinceLastDay} days ago; the runner ${WORLD.github.runner.name} did not.`,
  );
  say(`An administrator now deletes the account in ${WORLD.domain}.`);
  const started = performance.now();
  await deleteUser(stack, leaver.oid);
  const { state } = await followCase(stack, caseId, ({ progress: shown }) =>
    progress.show(shown?.steps ?? {}, shown?.sources, shown?.ends),
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (state !== 'filed') throw new Error(`the case ${caseId} ended as "${state}"`);
  await doDueWork(stack);
  const report = await fetchReport(stack, caseId);
  const kept = await keepReport(folder, report, (file) => fetchReportFile(stack, caseId, file));
  say('');
  say(`Outcome: ${report.outcome.toUpperCase()} after ${seconds} s and ${stack.tenant.calls.length} vendor calls.`);
  say(report.summary.headline);
  for (const [status, count] of countByStatus(report)) say(`  ${String(count).padStart(3)}  ${status}`);
  say(`Report: ${relative(process.cwd(), join(kept, 'report.html'))} (and report.md, report.json beside it)`);
  return report;
}

function countByStatus({ steps }: Report): [string, number][] {
  const all = steps.flatMap(({ findings }) => findings);
  return [...Map.groupBy(all, ({ status }) => status)].map(([status, found]) => [status, found.length]);
}
