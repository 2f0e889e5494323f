import { answerOf } from '../../calling/client.ts';
import { defineCommand } from '../../command.ts';
import { describeCompany } from '../../exposure.ts';

export const exposure = defineCommand({
  name: 'exposure',
  about: 'how many people hold what would still work after they left; small numbers are withheld',
  options: {},
  example: 'exposure',
  async run(_given, session) {
    const figures = await answerOf(session.api.GET('/api/exposure'));
    session.show(figures, () => describeCompany(figures));
    return figures.state === 'exact' ? 'done' : 'incomplete';
  },
});
