import { isAtMost } from '../../cases/outcome.ts';
import { lasting } from '../../cases/words/wording.ts';
import { defineMetric } from '../metric.ts';
import { type JudgedLeaver, leavers } from '../readings/leavers.ts';
import { STEPS_TO_COMPLETE as STEPS } from '../runs/filed-steps.ts';
import { LEDGER_DAYS } from '../runs/ledger.ts';
import { spreadOf } from '../runs/quantiles.ts';

const MINUTE_MS = 60_000;

/** Of those who left within 90 days and could get in, the share whose steps are all complete, and how long it took. */
export const offboardingComplete = defineMetric({
  id: 'offboarding-complete',
  title: 'Leavers cut off in all steps',
  unit: 'share',
  reads: { leavers },
  withGaps: 'unknown',
  reckon: ({ leavers: { leavers: all, daysKept } }) => {
    const judged = all.filter(({ hadAccess }) => hadAccess).map((leaver) => ({ leaver, last: casesOf(leaver).at(-1) }));
    const done = judged.filter(({ last }) => isComplete(last)).length;
    const times = judged.flatMap(({ leaver }) => timesOf(leaver) ?? []);
    const reaction = spreadOf(times.map((each) => each.reaction));
    const exposure = spreadOf(times.map((each) => each.exposure));
    const never = judged.filter(({ last }) => last?.contained !== true).length;
    const steps = (many: number): number => judged.filter(({ last }) => completeSteps(last) === many).length;
    const counts = STEPS.map((_, index) => [`steps_complete_${index}`, steps(index)] as const);
    const said = [
      `${done} of ${judged.length} leavers who could get in`,
      ...(reaction === undefined ? [] : [`reaction ${wordsOf(reaction)}`]),
      ...(exposure === undefined ? [] : [`exposure ${wordsOf(exposure)}`]),
      ...(never === 0 ? [] : [`${never} never contained, whom no time counts`]),
      ...(daysKept >= LEDGER_DAYS ? [] : [`known for ${daysKept} of ${LEDGER_DAYS} days`]),
    ];
    return {
      value: judged.length === 0 ? undefined : done / judged.length,
      arithmetic: said.join('; '),
      terms: {
        leavers: judged.length,
        complete: done,
        ...Object.fromEntries([...counts, [`steps_complete_${STEPS.length}`, steps(STEPS.length)]]),
        contained: judged.length - never,
        never_contained: never,
        contained_at_an_unknown_time: judged.length - never - times.length,
        days_known: Math.min(daysKept, LEDGER_DAYS),
        ...named('reaction_minutes', reaction),
        ...named('exposure_minutes', exposure),
      },
      // Of days on which nobody looked nobody can say that nobody left.
      doubts:
        judged.length === 0 && daysKept < LEDGER_DAYS
          ? [{ reason: 'no-data', detail: `Who left is known for ${daysKept} of ${LEDGER_DAYS} days.` }]
          : [],
    };
  },
});

type Case = JudgedLeaver['cases'][number];

/** Those that cut something, the newest last. */
function casesOf({ cases }: JudgedLeaver): Case[] {
  return cases.filter(({ mode, state }) => mode === 'apply' && state !== 'refused' && state !== 'cancelled');
}

function completeSteps(last: Case | undefined): number {
  const done = (last?.steps ?? []).filter(({ outcome }) => isAtMost(outcome, 'residual')).map(({ step }) => step);
  return STEPS.filter((step) => done.includes(step)).length;
}

function isComplete(last: Case | undefined): boolean {
  if (last === undefined || last.filedAt === undefined || !last.contained) return false;
  return completeSteps(last) === STEPS.length && last.steps.every(({ outcome }) => isAtMost(outcome, 'residual'));
}

/** From the first case, and from the departure, until the gateway refused them; in minutes. */
function timesOf(leaver: JudgedLeaver): { readonly reaction: number; readonly exposure: number } | undefined {
  const [first] = casesOf(leaver);
  const last = casesOf(leaver).at(-1);
  if (first === undefined || last?.contained !== true || last.containedAt === undefined) return undefined;
  const contained = Date.parse(last.containedAt);
  const since = (from: string): number => Math.max(0, (contained - Date.parse(from)) / MINUTE_MS);
  return { reaction: since(first.openedAt), exposure: since(leaver.leftAt) };
}

type Spread = NonNullable<ReturnType<typeof spreadOf>>;

function named(name: string, spread: Spread | undefined): Record<string, number> {
  return Object.fromEntries(Object.entries(spread ?? {}).map(([part, value]) => [`${name}_${part}`, value]));
}

function wordsOf(spread: Spread): string {
  const words = Object.entries(spread).map(([part, minutes]) => `${part} ${lasting(Math.ceil(minutes))}`);
  return words.join(', ');
}
