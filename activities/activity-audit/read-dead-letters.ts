import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { mapBounded } from '../../src/connectors/map-bounded.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { type Audited, coverageOfDeadLetters } from '../../src/steps/activity-audit/rules/dead-letter-calls.ts';

const MOST_LISTED = 1_000;
const MOST_READ = 200;
const IN_FLIGHT = 8;

/** Whether calls of the audited are among the dead letters since `from` instead of in the log; a line only if so. */
export async function readDeadLetterCalls(
  vendors: Pick<Vendors, 'storage'>,
  from: Date,
  audited: Audited,
): Promise<Coverage[]> {
  const kinds = await Promise.all(
    (['rejected', 'not-uploaded'] as const).map((kind) => vendors.storage.listDeadLetters(kind, MOST_LISTED)),
  );
  const first = from.toISOString().slice(0, 10);
  // `rejected/<day>/…`; “undated” sorts behind every day.
  const recent = kinds.flat().filter((name) => (name.split('/')[1] ?? '') >= first);
  // Oldest first: a list that was cut lacks the newest.
  const cut = kinds.some(({ length }) => length === MOST_LISTED);
  const files = await mapBounded(recent.slice(0, MOST_READ), IN_FLIGHT, (name) =>
    vendors.storage.readDeadLetters(name),
  );
  const unread = Math.max(0, recent.length - MOST_READ) + (cut ? 1 : 0);
  const found = files.filter((file) => file !== undefined);
  const line = coverageOfDeadLetters(found, unread, audited, files.length - found.length);
  return line === undefined ? [] : [line];
}
