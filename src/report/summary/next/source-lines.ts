import { type Coverage, isGap } from '../../../cases/coverage/coverage.ts';
import { instant, listed, sentence } from '../../../cases/words/wording.ts';
import { STEP_NAMES, type StepReport, titleOf } from '../../../steps/registry.ts';
import type { SummaryLine } from '../../report.ts';
import { unreadGroups } from '../../unread.ts';
import type { Acted } from '../acted.ts';

export function stoppedLines({ step, run }: StepReport): SummaryLine[] {
  if (run === 'ran') return [];
  const why = run === 'stopped' ? 'stopped unexpectedly' : 'did not run';
  return [
    { text: `Start the case again: ${titleOf(step).toLowerCase()} ${why}.`, step, severity: 'high', findings: [] },
  ];
}

export function coverageLines({ step, coverage }: StepReport, readAgain: Acted['readAgain']): SummaryLine[] {
  const gaps = coverage.filter((line) => isGap(line) && line.state !== 'not-examined');
  const byPermission = Map.groupBy(gaps, ({ missingPermission }) => missingPermission);
  return [...byPermission].map(([permission, group]) => {
    const sources = listed(group.map(({ source }) => source));
    const text =
      permission === undefined
        ? `${readAgain?.readAgainAt === undefined ? 'Start the case again once these can be read' : 'See that these can be read'}: ${sources}. ${missingIn(group)}`
        : `Grant ${permission} and start the case again, for ${sources}.`;
    return { text, step, severity: 'high', findings: [] };
  });
}

/** What is missing, where it is the same for all; else where it stands. */
function missingIn(group: readonly Coverage[]): string {
  const details = new Set(group.map(({ detail = '' }) => sentence(detail)));
  const [only = ''] = details;
  return details.size === 1 && only !== '' ? only : 'What is missing in each stands under the coverage of this step.';
}

/** What nobody read says itself what to do; a case need not be started again for it. */
export function unreadLines({ step, coverage }: StepReport): SummaryLine[] {
  return unreadGroups(coverage)
    .filter(({ gap }) => gap)
    .map(({ decision, lines }) => ({
      text: `Decide about what nobody reads, ${listed(lines.map(({ source }) => source))}: ${decision}`,
      step,
      severity: 'medium',
      findings: [],
    }));
}

/** What the case does by itself about a vendor that was away; what else the lines name is done by people. */
export function readAgainLines({ readAgainAt, notReadAgain }: NonNullable<Acted['readAgain']> = {}): SummaryLine[] {
  const [step] = STEP_NAMES.slice(-1);
  if (step === undefined) return [];
  if (readAgainAt !== undefined) {
    const text = `Wait, where a vendor did not answer: the case will be read again by itself at ${instant(readAgainAt)}. Start it again only if that is too late.`;
    return [{ text, step, severity: 'high', findings: [] }];
  }
  if (notReadAgain === undefined) return [];
  return [{ text: `Start the case again once it can be read: ${notReadAgain}`, step, severity: 'high', findings: [] }];
}
