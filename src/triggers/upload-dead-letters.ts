import type { Vendors } from '../connectors/vendors.ts';
import { type DeadLetterFile, type StoredRow, TOO_LARGE } from '../ingestion/dead-letter.ts';
import { packRows } from '../ingestion/pack-rows.ts';
import type { Log } from '../log.ts';

/** Files that one run takes up; the next one is a quarter of an hour away. */
const MOST_FILES = 200;

/**
 * Uploads calls that could not be uploaded when they came, oldest first, and removes their file once they are rows. A
 * crash between the two leaves a file whose rows are in the table; they are then uploaded once more.
 */
export async function uploadDeadLetters(vendors: Pick<Vendors, 'auditIngestion' | 'storage'>, log: Log): Promise<void> {
  let uploaded = 0;
  for (const name of await vendors.storage.listDeadLetters('not-uploaded', MOST_FILES)) {
    const file = await vendors.storage.readDeadLetters(name);
    if (file?.kind !== 'not-uploaded') continue;
    const rows = file.events.map(({ row }) => row);
    const outcome = await vendors.auditIngestion.uploadRows(packRows(rows).uploads);
    uploaded += outcome.uploaded.length;
    const [failed] = outcome.notUploaded;
    if (failed !== undefined) {
      log.error('tool calls still wait to be uploaded', {
        code: 'tool-calls-not-uploaded',
        uploaded,
        file: name,
        reason: failed.failure.message,
      });
      // What is wrong with one file's rows need not be wrong with the next one's; anything else would be.
      if (failed.failure.kind === 'refused') continue;
      return;
    }
    if (outcome.tooLarge.length > 0) await vendors.storage.keepDeadLetters(refusedFor(file, outcome.tooLarge));
    await vendors.storage.removeDeadLetters(name);
  }
  if (uploaded > 0) log.info('dead letters were uploaded', { uploaded });
}

type NotUploaded = Extract<DeadLetterFile, { kind: 'not-uploaded' }>;

function refusedFor({ partition, events }: NotUploaded, rows: readonly StoredRow['row'][]): DeadLetterFile {
  const refused = events.flatMap(({ row, ...mark }) => (rows.includes(row) ? [{ ...mark, reason: TOO_LARGE }] : []));
  return { schemaVersion: 1, kind: 'rejected', partition, events: refused };
}
