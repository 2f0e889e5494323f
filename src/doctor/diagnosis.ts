import type { DecisionPolicy } from '../cases/decisions/decision-policy.ts';
import { counted } from '../cases/words/wording.ts';
import { nameOfGrant } from '../connectors/permission.ts';
import { howToGrant, whatBreaks } from '../permissions/explain.ts';
import type { Permission } from '../permissions/permission.ts';
import { type AutomaticTrigger, modesInWords } from './automatic-triggers.ts';
import { policyHeadline, policyInWords, type RuleInWords } from './decision-policy.ts';
import { type SourcesDiagnosis, unreadInWords } from './sources.ts';

/** What asking for one permission, or checking one thing, came to. */
export type DoctorAnswer =
  | { readonly state: 'granted'; readonly detail?: string }
  | { readonly state: 'missing'; readonly detail: string }
  | { readonly state: 'could-not-check'; readonly detail: string };

/** Beside the permissions: something in the environment that the app relies on. */
export interface DoctorCheck {
  /** Kebab-case name. */
  readonly check: string;
  readonly state: 'passes' | 'fails' | 'could-not-check';
  readonly detail: string;
  /** What somebody does about it; absent where it passes. */
  readonly whatToDo?: string;
}

export interface PermissionAnswer {
  readonly id: string;
  readonly identity: string;
  readonly system: string;
  readonly permission: string;
  readonly state: DoctorAnswer['state'];
  readonly detail?: string;
  /** What does not work, or may not, for as long as it is not granted. */
  readonly withoutIt?: readonly string[];
  readonly whatToDo?: string;
}

/** What the doctor found. */
export interface Diagnosis {
  /** `ready` only where everything that was asked is in order. `not-ready`: something is missing. */
  readonly verdict: 'ready' | 'unknown' | 'not-ready';
  readonly headline: string;
  readonly permissions: readonly PermissionAnswer[];
  readonly checks: readonly DoctorCheck[];
  /** Facts, not faults: what the app does by itself when somebody leaves. */
  readonly automaticTriggers: readonly AutomaticTrigger[];
  /** Facts as well: what the firm holds back beyond what remedies declare. */
  readonly decisionPolicy: readonly RuleInWords[];
  /** Facts as well: what no case reads, and what the firm decided about it. */
  readonly sources: SourcesDiagnosis;
  /** What cannot be asked from inside the app, and how its absence shows. */
  readonly notAsked: readonly { readonly id: string; readonly permission: string; readonly why: string }[];
}

/** Puts the answers beside the table. What has no answer was not checked, and never counts as granted. */
export function diagnosisOf(
  table: readonly Permission[],
  answers: ReadonlyMap<string, DoctorAnswer>,
  checks: readonly DoctorCheck[],
  automaticTriggers: readonly AutomaticTrigger[],
  sources: SourcesDiagnosis,
  policy: DecisionPolicy,
): Diagnosis {
  const asked = table.filter(({ unasked }) => unasked === undefined);
  const permissions = asked.map((row) => answerFor(row, answers.get(row.id) ?? NO_ANSWER));
  const notAsked = table.flatMap(({ id, grant, unasked }) =>
    unasked === undefined ? [] : [{ id, permission: nameOfGrant(grant), why: unasked }],
  );
  const inState = (state: string): number => [...permissions, ...checks].filter((each) => each.state === state).length;
  const missing = inState('missing');
  const failing = inState('fails');
  const unknown = inState('could-not-check');
  const parts = [
    ...(missing === 0 ? [] : [`${counted(missing, 'permission')} ${missing === 1 ? 'is' : 'are'} missing`]),
    ...(failing === 0 ? [] : [`${counted(failing, 'check')} ${failing === 1 ? 'fails' : 'fail'}`]),
    ...(unknown === 0 ? [] : [`${counted(unknown, 'thing')} could not be checked`]),
  ];
  const others = `${notAsked.length} permissions cannot be asked for from inside the app; each is listed with how its absence shows.`;
  return {
    verdict: missing + failing > 0 ? 'not-ready' : unknown > 0 ? 'unknown' : 'ready',
    headline: `${parts.length === 0 ? `All ${permissions.length} permissions that can be asked for are granted, and ${counted(checks.length, 'check')} pass` : parts.join(', ')}. ${others} ${modesInWords(automaticTriggers)}${policyHeadline(policy)} ${unreadInWords(sources)}`,
    permissions,
    checks,
    automaticTriggers,
    decisionPolicy: policyInWords(policy),
    sources,
    notAsked,
  };
}

const NO_ANSWER: DoctorAnswer = { state: 'could-not-check', detail: 'Nobody was asked: nothing is configured to ask.' };

function answerFor(row: Permission, answer: DoctorAnswer): PermissionAnswer {
  return {
    id: row.id,
    identity: row.identity,
    system: row.system,
    permission: nameOfGrant(row.grant),
    state: answer.state,
    ...(answer.detail === undefined ? {} : { detail: answer.detail }),
    ...(answer.state === 'granted' ? {} : { withoutIt: whatBreaks(row) }),
    ...(answer.state === 'missing' ? { whatToDo: howToGrant(row) } : {}),
  };
}

/** Of the answers of several places the worst counts, and it names its place. */
export function worstAnswer(answers: readonly DoctorAnswer[]): DoctorAnswer {
  const of = (state: DoctorAnswer['state']): DoctorAnswer | undefined => answers.find((each) => each.state === state);
  return of('missing') ?? of('could-not-check') ?? answers[0] ?? NO_ANSWER;
}
