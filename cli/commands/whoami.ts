import { answerOf } from '../calling/client.ts';
import { defineCommand } from '../command.ts';

export const whoami = defineCommand({
  name: 'whoami',
  about: 'as whom you are signed in, with which roles, and what these allow',
  options: {},
  example: 'whoami',
  async run(_given, session) {
    const me = await answerOf(session.api.GET('/api/me'));
    const { oid, isApp, roles, may, denied } = me;
    session.show(me, () =>
      [
        `${oid}${isApp ? ' (an application)' : ''}${denied ? ', whom the gateway refuses: you decide nothing' : ''}`,
        `  roles: ${roles.join(', ') || 'none'}`,
        `  may: ${may.join(', ') || 'nothing'}`,
        '',
      ].join('\n'),
    );
    return may.length === 0 ? 'not-allowed' : 'done';
  },
});
