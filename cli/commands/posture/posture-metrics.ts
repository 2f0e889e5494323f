import { answerOf } from '../../calling/client.ts';
import { defineCommand } from '../../command.ts';
import { saidOf } from '../../terminal/figures.ts';

export const postureMetrics = defineCommand({
  name: 'posture metrics',
  about: 'the numbers that posture measures: how each is now, how it was before, and how it comes about',
  options: { from: { kind: 'text', hint: 'day', about: 'since when, such as 2026-01-01; by default 365 days back' } },
  example: 'posture metrics --from 2026-01-01',
  async run({ options: { from } }, session) {
    const query = from === undefined ? {} : { from };
    const found = await answerOf(session.api.GET('/api/posture/metrics', { params: { query } }));
    session.showTable(found, found.metrics, [
      { head: 'METRIC', room: 'whole', cell: ({ metric }) => metric },
      { head: 'NOW', room: 'whole', cell: ({ unit, latest }) => saidOf(unit, latest) },
      { head: 'DAY', room: 'spare', cell: ({ points }) => points.at(-1)?.day },
      {
        head: 'BEFORE',
        cell: ({ unit, before }) => (before === undefined ? '' : `${saidOf(unit, before)} on ${before.day}`),
      },
      { head: 'DAYS', room: 'spare', cell: ({ points }) => points.length },
      { head: 'ARITHMETIC', cell: ({ latest }) => latest?.arithmetic },
    ]);
    // Never measured is not known either.
    return found.metrics.some(({ latest }) => latest === undefined || latest.state === 'unknown')
      ? 'incomplete'
      : 'done';
  },
});
