import { closeCase } from '../../activities/case/close-case.ts';
import { readPersonAgain } from '../../activities/case/person/read-person-again.ts';
import { containLeaver } from '../../activities/containment/contain-leaver.ts';
import type { OffboardLeaverInput } from '../../src/cases/case.ts';
import { reportFolderOf } from '../../src/cases/folders.ts';
import type { ActivityContext } from '../../src/durable/activity.ts';

/**
 * Stands in for the orchestration `offboardLeaver`: with its own activities it contains, reads the person again, files a
 * document in the place of the report, and closes the row. It looks for nothing and cuts nothing.
 */
export async function carryOut(input: OffboardLeaverInput, context: ActivityContext): Promise<void> {
  const { caseId, row, person, denialGeneration } = input;
  const begun = { caseId, ...(row.generation === undefined ? {} : { generation: row.generation }) };
  const fence = { ...begun, ...(denialGeneration === undefined ? {} : { denialGeneration }) };
  await containLeaver.handler({ leaver: person, mode: row.mode, ...fence }, context);
  const { verdict } = await readPersonAgain.handler({ ...begun, opened: person }, context);
  const outcome = verdict === 'leaving' ? 'clear' : 'attention';
  const name = `${reportFolderOf(row)}/report.json`;
  const report = await context.vendors.storage.putOnce('evidence', name, JSON.stringify({ outcome }));
  const parts = { report, html: report, markdown: report, manifest: report };
  const counts = {
    ...{ planned: 0, 'awaiting-decision': 0, done: 0, 'nothing-to-do': 0 },
    ...{ 'needs-code-change': 0, 'manual-action': 0, 'could-not-check': 0, failed: 0 },
  };
  const filed = { outcome, incident: false, ...parts, counts, nextSteps: 0 } as const;
  await closeCase.handler({ caseId, filed, filedAt: context.now().toISOString() }, context);
}
