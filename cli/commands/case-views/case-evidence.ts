import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { answerOf, type Client } from '../../calling/client.ts';
import { CASE } from '../../case/cases.ts';
import { defineCommand } from '../../command.ts';
import { CliError } from '../../exit-codes.ts';

export const caseEvidence = defineCommand({
  name: 'case evidence',
  about: 'the files of the newest report with their digests; with --out every file of the case',
  operand: CASE,
  options: {
    out: { kind: 'text', hint: 'folder', about: 'download all of them, of every revision; verify then checks them' },
  },
  example: 'case evidence 3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1 --out evidence',
  async run({ operand: id, options: { out } }, session) {
    const sealed = await answerOf(session.api.GET('/api/cases/{id}/evidence', { params: { path: { id } } }));
    if (out !== undefined) await download(session.api, id, out, session.terminal.tell);
    session.showTable(sealed, sealed.files, [
      { head: 'SHA-256', room: 'whole', cell: ({ sha256 }) => sha256 },
      { head: 'BYTES', cell: ({ bytes }) => bytes },
      { head: 'NAME', room: 'whole', cell: ({ name }) => name },
    ]);
    if (sealed.manifest !== undefined && !session.json) session.terminal.tell(`Manifest: ${sealed.manifest.sha256}`);
    return 'done';
  },
});

async function download(api: Client, id: string, out: string, tell: (line: string) => void): Promise<void> {
  const { names } = await answerOf(api.GET('/api/cases/{id}/evidence/files', { params: { path: { id } } }));
  for (const name of names) {
    const file = path.resolve(out, name);
    // A name is the app's word: it leads nowhere else.
    if (!file.startsWith(`${path.resolve(out)}${path.sep}`))
      throw new CliError('error', `“${name}” is no name of a file.`);
    const params = { path: { id }, query: { name } };
    const asked = api.GET('/api/cases/{id}/evidence/file', { params, parseAs: 'arrayBuffer' });
    const bytes = new Uint8Array((await answerOf(asked)) as unknown as ArrayBuffer);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, bytes, { mode: 0o600 });
    tell(name);
  }
}
