import { SEVERITIES } from '../../../cases/finding.ts';
import { counted, instant } from '../../../cases/words/wording.ts';
import { STEP_NAMES, type StepReport } from '../../../steps/registry.ts';
import type { ResidualAccess, SummaryLine } from '../../report.ts';
import type { Acted } from '../acted.ts';
import { acts } from './part-lines.ts';

/** What was planned and not carried out. A plan asks nobody anything: what it would ask is told with what it would cut. */
export function plannedLines(steps: readonly StepReport[], { mode, leaver }: Acted): SummaryLine[] {
  const planned = steps.flatMap((step) => acts(step, 'planned'));
  const asks = mode === 'plan' ? steps.flatMap((step) => acts(step, 'awaiting-decision')) : [];
  const about = [...planned, ...asks];
  const step = STEP_NAMES.find((name) => name === about[0]?.step);
  if (step === undefined) return [];
  const findings = about.map(({ id }) => id);
  if (mode !== 'plan') {
    const text = `Read why ${counted(planned.length, 'planned remedy was', 'planned remedies were')} not carried out before you start the case again.`;
    return [{ text, step, severity: 'medium', findings }];
  }
  const cuts =
    planned.length === 0 ? '' : ` to carry out ${counted(planned.length, 'planned remedy', 'planned remedies')}`;
  const then =
    asks.length === 0
      ? ''
      : `${cuts === '' ? ':' : ';'} it then asks a person about ${counted(asks.length, 'remedy', 'remedies')} that can stop production`;
  const command = `offboard case open ${leaver.oid} --confirm-upn ${leaver.userPrincipalName ?? '<user principal name>'} --reason "<why>"`;
  const [severity = 'medium'] = SEVERITIES.filter((each) => about.some((finding) => finding.severity === each));
  return [{ text: `Start a case in mode apply${cuts}${then}.`, step, severity, findings, command }];
}

/** By step, so that each line is told under its own. A plan ends nothing: as long as the account stands, new tokens follow those that end. */
export function waitLines(residual: readonly ResidualAccess[], mode: Acted['mode']): SummaryLine[] {
  if (mode === 'plan') return [];
  return STEP_NAMES.flatMap((step): SummaryLine[] => {
    const own = residual.filter((each) => each.step === step);
    const last = own.at(-1);
    if (last === undefined) return [];
    const what = counted(own.length, 'access path ends', 'access paths end');
    return [
      {
        text: `Wait: ${what} even if nobody acts, ${own.length === 1 ? '' : 'the last '}at ${instant(last.until)}.`,
        step,
        severity: 'low',
        // In one order: until when each lasts is seconds apart from run to run.
        findings: own.map(({ findingId }) => findingId).sort(),
      },
    ];
  });
}
