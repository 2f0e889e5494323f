import * as z from 'zod';
import { endOfAll, SourceProgressSchema } from '../../../cases/progress.ts';
import { goesOn, sweepRun } from '../../../sweep/sweep-run.ts';
import type { Run } from '../../case-view.ts';
import type { Tools } from '../../route.ts';
import { readSources } from '../parts/read-progress.ts';

const Status = z.object({ at: z.string(), doing: z.string() });

/** A sweep, and how far it is. */
export const SweepView = z
  .object({
    sweepId: z.string(),
    at: z.exactOptional(z.string()),
    state: z.enum(['running', 'filed', 'failed']),
    progress: z.object({
      doing: z.exactOptional(z.string()),
      ends: z.exactOptional(z.string()),
      sources: z.array(SourceProgressSchema),
    }),
  })
  .meta({ id: 'Sweep' });

export async function viewOf(
  sweepId: string,
  run: Run,
  { vendors, now }: Pick<Tools, 'vendors' | 'now'>,
): Promise<z.input<typeof SweepView>> {
  const status = Status.safeParse(run.customStatus).data;
  const running = goesOn(run);
  const isOver = (): boolean => !running || (status !== undefined && status.doing !== 'reading repositories');
  const sources = status === undefined ? [] : await readSources(vendors, sweepRun(status.at), now(), isOver);
  const ended = run.runtimeStatus === 'Completed' ? ('filed' as const) : ('failed' as const);
  const doing = running && status !== undefined ? { doing: status.doing, ends: endOfAll(sources) } : {};
  const at = status === undefined ? {} : { at: status.at };
  return { sweepId, ...at, state: running ? 'running' : ended, progress: { ...doing, sources } };
}
