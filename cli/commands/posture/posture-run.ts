import { answerOf } from '../../calling/client.ts';
import { REASON } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';
import { awaitRun, describeRun, endingOf } from '../../posture.ts';

const EVERY_MS = 5_000;

export const postureRun = defineCommand({
  name: 'posture run',
  about: 'assesses the checklist now, and waits for what comes of it',
  options: {
    reason: REASON,
    'after-deployment': { kind: 'flag', about: 'a deployment asks for it' },
  },
  example: 'posture run --reason "After the new gateway policy"',
  async run({ options }, session) {
    const body = {
      reason: options.reason,
      ...(options['after-deployment'] ? { after: 'deployment' as const } : {}),
    };
    const { runId } = await answerOf(session.api.POST('/api/posture', { body }));
    session.terminal.tell(`${runId} began.`);
    const run = await awaitRun(session, runId, EVERY_MS);
    session.show(run, () => describeRun(run));
    return endingOf(run);
  },
});
