import { withinDeadline } from '../deadline.ts';
import type { Duty, DutyContext } from './duty.ts';

/** Far below the host's limit (`functionTimeout`), at which it kills whatever else runs beside. */
const DUTY_DEADLINE_MS = 4 * 60_000;

/**
 * One round over all duties, side by side: one that breaks or hangs keeps no other from its work, and comes again with
 * the next round. The last line is the sign of life that an alert watches.
 */
export async function runDuties(
  duties: readonly Duty[],
  context: DutyContext,
  deadlineMs: number = DUTY_DEADLINE_MS,
): Promise<void> {
  const done = await Promise.all(
    duties.map(async (duty) => [duty.name, await runOne(duty, context, deadlineMs)] as const),
  );
  const failed = done.flatMap(([name, count]) => (count === undefined ? [name] : []));
  context.log.info('due work was looked for', { done: Object.fromEntries(done.filter(([, count]) => count)), failed });
}

/** Undefined where it failed. */
async function runOne(duty: Duty, context: DutyContext, deadlineMs: number): Promise<number | undefined> {
  try {
    return await withinDeadline(duty.name, deadlineMs, () => duty.run(context));
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
    context.log.error('due work failed and comes again', { code: 'due-work-failed', duty: duty.name, reason });
    return undefined;
  }
}
