import type { AutomaticTriggerName, CaseMode } from '../cases/case.ts';
import { listed } from '../cases/words/wording.ts';

/** A trigger that opens cases without anybody asking, and what its cases do. */
export interface AutomaticTrigger {
  readonly trigger: AutomaticTriggerName;
  /** The app setting that decides. */
  readonly setting: string;
  readonly mode: CaseMode;
  readonly detail: string;
}

const NAMES: Readonly<Record<AutomaticTriggerName, string>> = {
  'entra-event': 'Entra events',
  'hr-queue': 'the HR queue',
  'lifecycle-workflow': 'Entra lifecycle workflows',
  sweep: 'the hourly sweep',
};

/** Cases opened by each, as a sentence begins. */
const CASES_OF: Readonly<Record<AutomaticTriggerName, string>> = {
  'entra-event': 'Cases that an event of Entra opens',
  'hr-queue': 'Cases that a message of HR opens',
  'lifecycle-workflow': 'Cases that a task of an Entra lifecycle workflow opens',
  sweep: 'Cases that the hourly sweep opens',
};

/** One trigger and its mode, in words that an operator need not look up. */
export function automaticTrigger(trigger: AutomaticTriggerName, setting: string, mode: CaseMode): AutomaticTrigger {
  const detail =
    mode === 'plan'
      ? `${CASES_OF[trigger]} are plans: they find and report, and cut nothing. ${setting}=apply lets them cut.`
      : `${CASES_OF[trigger]} are carried out: all but disruptive remedies, and what DECISION_POLICY holds back, is cut without anybody being asked. ${setting}=plan stops that for new cases.`;
  return { trigger, setting, mode, detail };
}

/** Which triggers cut by themselves and which only plan, as one sentence. */
export function modesInWords(triggers: readonly AutomaticTrigger[]): string {
  const names = (mode: CaseMode): string =>
    listed(
      triggers.filter((each) => each.mode === mode).map(({ trigger }) => NAMES[trigger]),
      triggers.length,
    ) || 'none';
  return `Automatic triggers in mode apply: ${names('apply')}; in mode plan: ${names('plan')}.`;
}
