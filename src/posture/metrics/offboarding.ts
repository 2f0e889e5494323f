import { isAtMost } from '../../cases/outcome.ts';
import { defineMetric } from '../metric.ts';
import { quantile } from '../quantiles.ts';
import { type JudgedLeaver, leavers } from '../readings/leavers.ts';

const MINUTE_MS = 60_000;

/** Of those who left within 90 days and could get in, the share whose steps are all complete, and how long it took. */
export const offboardingComplete = defineMetric({
  id: 'offboarding-complete',
  title: 'Leavers cut off in all steps',
  unit: 'share',
  reads: { leavers },
  withGaps: 'unknown',
  reckon: ({ leavers: { leavers: all } }) => {
    const judged = all.filter(({ hadAccess }) => hadAccess);
    const done = judged.filter(isComplete).length;
    const times = judged.flatMap((leaver) => timesOf(leaver) ?? []);
    const terms = {
      leavers: judged.length,
      complete: done,
      never_contained: judged.length - times.length,
      ...spread(
        'reaction_minutes',
        times.map(({ reaction }) => reaction),
      ),
      ...spread(
        'exposure_minutes',
        times.map(({ exposure }) => exposure),
      ),
    };
    return {
      value: judged.length === 0 ? undefined : done / judged.length,
      arithmetic: `${done} of ${judged.length} leavers who could get in`,
      terms,
    };
  },
});

const lastCase = ({ cases }: JudgedLeaver) => cases.filter(({ mode }) => mode === 'apply').at(-1);

function isComplete(leaver: JudgedLeaver): boolean {
  const last = lastCase(leaver);
  if (last === undefined || last.filedAt === undefined || !last.contained) return false;
  return last.steps.length > 0 && last.steps.every(({ outcome }) => isAtMost(outcome, 'residual'));
}

/** From the opened case, and from the departure, until the gateway refused them; in minutes. */
function timesOf(leaver: JudgedLeaver): { readonly reaction: number; readonly exposure: number } | undefined {
  const last = lastCase(leaver);
  if (last?.containedAt === undefined) return undefined;
  const contained = Date.parse(last.containedAt);
  const since = (from: string): number => Math.max(0, (contained - Date.parse(from)) / MINUTE_MS);
  return { reaction: since(last.openedAt), exposure: since(leaver.leftAt) };
}

function spread(name: string, values: readonly number[]): Record<string, number> {
  const parts = { median: quantile(values, 0.5), p90: quantile(values, 0.9), worst: quantile(values, 1) };
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, value]) => (value === undefined ? [] : [[`${name}_${part}`, value]])),
  );
}
