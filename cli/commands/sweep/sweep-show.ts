import { answerOf } from '../../calling/client.ts';
import { defineCommand } from '../../command.ts';

export const sweepShow = defineCommand({
  name: 'sweep show',
  about: 'how far a sweep is, or what it looked at, found and opened',
  operand: { name: 'sweep', about: 'its id, as sweep list shows it' },
  options: {},
  example: 'sweep show sweep:ci:2026-11-23T10',
  async run({ operand: id }, session) {
    const sweep = await answerOf(session.api.GET('/api/sweeps/{id}', { params: { path: { id } } }));
    // What it found is as deep as it is long: for a person it is the same as for a program.
    session.show(sweep, () => `${JSON.stringify(sweep, undefined, 2)}\n`);
    return sweep.state === 'failed' ? 'failed' : 'done';
  },
});
