import { answerOf } from '../../calling/client.ts';
import { defineCommand } from '../../command.ts';
import { describeOwn } from '../../exposure.ts';

export const exposureMe = defineCommand({
  name: 'exposure me',
  about: 'what of yours would still work if you left today, and how to mend it',
  options: {},
  example: 'exposure me',
  async run(_given, session) {
    const own = await answerOf(session.api.GET('/api/exposure/me'));
    session.show(own, () => describeOwn(own));
    return own.state === 'exact' ? 'done' : 'incomplete';
  },
});
