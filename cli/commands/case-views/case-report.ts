import { writeFile } from 'node:fs/promises';
import { answerOf } from '../../calling/client.ts';
import { CASE } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';

const PATHS = {
  md: '/api/cases/{id}/report.md',
  html: '/api/cases/{id}/report.html',
  json: '/api/cases/{id}/report.json',
} as const;

export const caseReport = defineCommand({
  name: 'case report',
  about: 'the report as it was filed',
  operand: CASE,
  options: {
    format: { kind: 'choice', of: ['md', 'html', 'json'], about: 'by default md, or json with --json' },
    out: { kind: 'text', hint: 'file', about: 'write it to a file' },
  },
  example: 'case report 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1 --format html --out report.html',
  async run({ operand: id, options: { format, out } }, session) {
    const path = PATHS[format ?? (session.json ? 'json' : 'md')];
    // Byte for byte: its manifest has the digest.
    const text = await answerOf(session.api.GET(path, { params: { path: { id } }, parseAs: 'text' }));
    if (out === undefined) session.terminal.print(String(text));
    else {
      // It names people and what they could reach.
      await writeFile(out, String(text), { mode: 0o600 });
      session.terminal.tell(`${out} has the report.`);
    }
    return 'done';
  },
});
