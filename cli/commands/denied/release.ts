import { answerOf } from '../../calling/client.ts';
import { REASON } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';
import { oidOf, PERSON } from '../../people.ts';

export const release = defineCommand({
  name: 'release',
  about: 'lets somebody in at the gateway again',
  operand: PERSON,
  options: { reason: REASON },
  example: 'release 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35 --reason "The wrong person"',
  async run({ operand, options: { reason } }, session) {
    const oid = await oidOf(session.api, operand);
    const path = { path: { oid } };
    const done = await answerOf(session.api.POST('/api/denied/{oid}/release', { params: path, body: { reason } }));
    const list =
      done.list === 'written'
        ? 'the gateway’s list is written'
        : 'the gateway did not answer: its list is written later';
    session.show(done, () => `${oid} is ${done.row.state}; ${list}\n`);
    return 'done';
  },
});
