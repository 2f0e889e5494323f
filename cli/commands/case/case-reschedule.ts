import { answerOf } from '../../calling/client.ts';
import { CASE, lineOf } from '../../case/cases.ts';
import { LEAVING, whenOf } from '../../case/leaving.ts';
import { defineCommand } from '../../command.ts';

const { reason, 'last-day': lastDay, time, zone, at } = LEAVING;

export const caseReschedule = defineCommand({
  name: 'case reschedule',
  about: 'lets a scheduled case wait for another day',
  operand: CASE,
  options: { reason, 'last-day': lastDay, time, zone, at },
  example:
    'case reschedule 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1 --last-day 2027-02-26 --reason "Stays a month longer"',
  async run({ operand: id, options }, session) {
    const body = { reason: options.reason, ...whenOf(options) };
    const row = await answerOf(session.api.POST('/api/cases/{id}/reschedule', { params: { path: { id } }, body }));
    session.show(row, () => lineOf(row));
    return 'done';
  },
});
