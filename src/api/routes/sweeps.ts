import * as z from 'zod';
import { endOfAll, SourceProgressSchema } from '../../cases/progress.ts';
import { sweepIdOf, sweepRun } from '../../sweep/sweep-run.ts';
import { problem } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { readSources } from './read-progress.ts';

/** A sweep that began longer ago than this is no news. */
const HOURS = 24;

const Status = z.object({ at: z.string(), doing: z.string() });

/** What the durable engine calls a run that goes on. */
const GOING_ON = ['Pending', 'Running', 'ContinuedAsNew', 'Suspended'];

const SweepView = z
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

export const getLatestSweep = defineRoute({
  id: 'getLatestSweep',
  method: 'GET',
  path: '/api/sweeps/latest',
  summary: 'What the last sweep does, how far it is, and when it has read everything',
  tag: 'Sweeps',
  access: { kind: 'read', right: 'read' },
  answers: { 200: SweepView },
  problems: ['not-found'],
  async handle(_asked, { vendors, readRun, now }) {
    const today = now();
    for (let hour = 0; hour < HOURS; hour += 1) {
      const sweepId = sweepIdOf(new Date(today.getTime() - hour * 3_600_000));
      const run = await readRun(sweepId);
      if (run === undefined) continue;
      const status = Status.safeParse(run.customStatus).data;
      const running = GOING_ON.includes(run.runtimeStatus);
      const isOver = (): boolean => !running || (status !== undefined && status.doing !== 'reading repositories');
      const sources = status === undefined ? [] : await readSources(vendors, sweepRun(status.at), today, isOver);
      const ended = run.runtimeStatus === 'Completed' ? ('filed' as const) : ('failed' as const);
      const state = running ? ('running' as const) : ended;
      const doing = running && status !== undefined ? { doing: status.doing, ends: endOfAll(sources) } : {};
      const at = status === undefined ? {} : { at: status.at };
      return { status: 200, value: { sweepId, ...at, state, progress: { ...doing, sources } } };
    }
    return problem('not-found', {
      detail: `There was no sweep in the last ${HOURS} hours, although one begins every full hour: look into the app’s log for sweepTimer.`,
    });
  },
});
