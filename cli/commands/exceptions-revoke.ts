import { answerOf } from '../calling/client.ts';
import { REASON } from '../case/cases.ts';
import { defineCommand } from '../command.ts';

export const exceptionsRevoke = defineCommand({
  name: 'exceptions revoke',
  about: 'takes an exception back before its day',
  operand: {
    name: 'exception',
    about: 'its id, as exceptions shows it',
    check: (text) => (/^X-[0-9a-f]{12}$/.test(text) ? undefined : 'the id of an exception is written X-0123456789ab'),
  },
  options: { reason: REASON },
  example: 'exceptions revoke X-0123456789ab --reason "It is replaced"',
  async run({ operand: exception, options: { reason } }, session) {
    const params = { path: { exception } };
    const done = await answerOf(session.api.POST('/api/exceptions/{exception}/revoke', { params, body: { reason } }));
    session.show(done, () => `${exception} is revoked\n`);
    return 'done';
  },
});
