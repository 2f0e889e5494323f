import { answerOf } from '../../calling/client.ts';
import { REASON } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';
import { endOf, UNTIL } from '../../ending-at.ts';
import { oidOf, PERSON } from '../../people.ts';

export const denyExtend = defineCommand({
  name: 'deny extend',
  about: 'lets somebody who is contained stay so for longer',
  operand: PERSON,
  options: { reason: REASON, ...UNTIL },
  example: 'deny extend 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35 --days 7 --reason "Still looking"',
  async run({ operand, options }, session) {
    const path = { path: { oid: await oidOf(session.api, operand) } };
    const body = { ...endOf(options), reason: options.reason };
    const done = await answerOf(session.api.POST('/api/denied/{oid}/extend', { params: path, body }));
    session.show(
      done,
      () => `${done.row.oid} is denied until ${done.row.until ?? 'it is released'}; gateway: ${done.list}\n`,
    );
    return done.list === 'failed' ? 'failed' : 'done';
  },
});
