import { writeFile } from 'node:fs/promises';
import { answerOf } from './calling/client.ts';
import type { Session } from './calling/session.ts';
import { CliError, type Ending } from './exit-codes.ts';

const EVERY_MS = 5_000;

/** Has the app ask its vendors what documents leave open, waits for the record, and prints it or writes it to a file. */
export async function runPilot(session: Session, reason: string | undefined, out: string | undefined): Promise<Ending> {
  if (reason === undefined) throw new CliError('usage', '--pilot needs --reason');
  const { api, terminal } = session;
  const begun = await answerOf(api.POST('/api/pilot', { body: { reason } }));
  terminal.tell(`${begun.pilotId} began at ${begun.at}`);
  let pilot = await answerOf(api.GET('/api/pilot'));
  while (pilot.state === 'running') {
    await terminal.sleep(EVERY_MS);
    pilot = await answerOf(api.GET('/api/pilot'));
  }
  const { record, state, pilotId } = pilot;
  if (record === undefined) throw new CliError('failed', `${pilotId} has ${state} without a record; the log says why.`);
  if (out !== undefined) await writeFile(out, `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
  session.showTable(pilot, record.answers, [
    { head: 'PROBE', cell: ({ probe }) => probe },
    { head: 'PLACE', cell: ({ place }) => place },
    { head: 'ANSWER', cell: ({ answer }) => answer },
  ]);
  return 'done';
}
