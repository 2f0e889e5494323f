import { writeFile } from 'node:fs/promises';
import { answerOf } from '../../calling/client.ts';
import { defineCommand } from '../../command.ts';
import { describeRun, endingOf, filedRun } from '../../posture.ts';

const DOCUMENTS = {
  html: '/api/posture/runs/{id}/report.html',
  junit: '/api/posture/runs/{id}/junit.xml',
} as const;

export const posture = defineCommand({
  name: 'posture',
  about: 'the checklist as it was assessed last: what fails, what to do, and what nobody can say',
  options: {
    run: { kind: 'text', hint: 'run', about: 'another run than the last one' },
    format: { kind: 'choice', of: ['html', 'junit'], about: 'the page for an auditor, or what a pipeline reads' },
    out: { kind: 'text', hint: 'file', about: 'of --format: write it to a file' },
  },
  example: 'posture --format junit --out posture.xml',
  async run({ options: { run: id, format, out } }, session) {
    const run = await (id === undefined ? answerOf(session.api.GET('/api/posture')) : filedRun(session, id));
    if (format === undefined) {
      session.show(run, () => describeRun(run));
      return endingOf(run);
    }
    const path = { id: run.runId };
    const text = String(await answerOf(session.api.GET(DOCUMENTS[format], { params: { path }, parseAs: 'text' })));
    if (out === undefined) session.terminal.print(text);
    else {
      await writeFile(out, text, { mode: 0o600 });
      session.terminal.tell(`${out} has the run ${run.runId}.`);
    }
    return endingOf(run);
  },
});
