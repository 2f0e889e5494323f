import { answerOf } from '../calling/client.ts';
import { REASON } from '../case/cases.ts';
import { defineCommand } from '../command.ts';

export const rejectionsRetry = defineCommand({
  name: 'rejections retry',
  about: 'runs a rejected message of HR again',
  operand: { name: 'rejection', about: 'its id, as rejections shows it' },
  options: { reason: REASON },
  example: 'rejections retry 2026-11-23-0123456789abcdef --reason "HR corrected it"',
  async run({ operand: id, options: { reason } }, session) {
    const params = { path: { id } };
    const done = await answerOf(session.api.POST('/api/rejections/{id}/retry', { params, body: { reason } }));
    const last = done.retries?.at(-1);
    session.show(
      done,
      () => `${id}: ${done.state ?? ''}${last === undefined ? '' : `, ${last.result} ${last.caseId ?? ''}`}\n`,
    );
    return last?.result === 'rejected' ? 'error' : 'done';
  },
});
