import { isBack } from '../../cases/remedies/restore.ts';
import { sentence } from '../../cases/words/wording.ts';
import { STEP_NAMES, type StepReport } from '../../steps/registry.ts';
import type { SummaryLine } from '../report.ts';
import type { Acted } from './acted.ts';

/** What somebody wants back and the newest of their words did not bring: a person gives it back. */
export function undoneLines(steps: readonly StepReport[], { restores = [] }: Acted): SummaryLine[] {
  const newest = restores.at(-1);
  const step = STEP_NAMES[0];
  if (newest === undefined || step === undefined) return [];
  return newest.undone
    .filter((each) => !isBack(each) || each.result === 'unseen')
    .map(({ findingId, what, undo, why, result }) => {
      const found = steps.find(({ findings }) => findings.some(({ id }) => id === findingId));
      const because = why === undefined ? '' : ` ${sentence(why)}`;
      return {
        text: `${result === 'unseen' ? 'Given back and not seen' : 'Not given back'}: ${sentence(what)}${because} ${sentence(undo)}`,
        step: found?.step ?? step,
        severity: 'high',
        findings: found === undefined ? [] : [findingId],
      };
    });
}
