import { answerOf } from '../../calling/client.ts';
import { defineCommand } from '../../command.ts';
import { oneLine } from '../../terminal/table.ts';

export const postureDiff = defineCommand({
  name: 'posture diff',
  about: 'what is new, mended, still failing or out of sight between two runs',
  options: {
    from: { kind: 'text', hint: 'run', required: true, about: 'the earlier run' },
    to: { kind: 'text', hint: 'run', required: true, about: 'the later run' },
  },
  example: 'posture diff --from 2026-11-02-timer --to 2026-11-23-timer',
  async run({ options: { from, to } }, session) {
    const diff = await answerOf(session.api.GET('/api/posture/diff', { params: { query: { from, to } } }));
    session.show(diff, () =>
      [
        ...diff.checks.flatMap(({ check, before, after, change, fails, gone }) => [
          oneLine(`${change}: ${check}: ${before ?? 'not assessed'}, then ${after}`),
          ...fails.map(({ id, says }) => `    new: ${oneLine(`${id}: ${says}`)}`),
          ...gone.map(({ id, says }) => `    gone: ${oneLine(`${id}: ${says}`)}`),
        ]),
        '',
      ].join('\n'),
    );
    return 'done';
  },
});
