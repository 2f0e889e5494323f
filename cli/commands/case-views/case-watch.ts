import { CASE, endingOf, lineOf } from '../../case/cases.ts';
import { watchCase } from '../../case/watch-case.ts';
import { defineCommand } from '../../command.ts';

export const caseWatch = defineCommand({
  name: 'case watch',
  about: 'follows a case until it has ended or waits; the exit code is its outcome',
  operand: CASE,
  options: {
    every: {
      kind: 'text',
      hint: 'seconds',
      about: 'how often to look; by default 3',
      check: (text) => (/^[1-9]\d{0,3}$/.test(text) ? undefined : 'a whole number of seconds'),
    },
  },
  example: 'case watch 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1',
  async run({ operand, options }, session) {
    const row = await watchCase(session, operand, Number(options.every ?? 3) * 1_000);
    session.show(row, () => lineOf(row));
    return endingOf(row) ?? 'error';
  },
});
