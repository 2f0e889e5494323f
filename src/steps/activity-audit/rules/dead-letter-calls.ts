import type { Coverage } from '../../../cases/coverage.ts';
import type { DeadLetterFile } from '../../../ingestion/dead-letter.ts';

const DEAD_LETTER_SOURCE = 'dead-letter/tool-calls';

/** Who is audited. */
export interface Audited {
  readonly oid: string;
  readonly userPrincipalName?: string;
  readonly relatedOids: readonly string[];
}

const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/;

/**
 * Calls that reached the app and are no rows: those who are audited may have made them, so that the log alone does not
 * tell all. Undefined where all dead letters are other people's. `unread` counts files that were not looked into.
 */
export function coverageOfDeadLetters(
  files: readonly DeadLetterFile[],
  unread: number,
  audited: Audited,
): Coverage | undefined {
  const callers = files.flatMap(callersOf);
  const whose = callers.map((caller) => relation(caller, audited));
  const own = whose.filter((each) => each === 'own').length;
  const unknown = whose.filter((each) => each === 'unknown').length;
  if (own + unknown + unread === 0) return undefined;
  const parts = [
    ...(own > 0 ? [`${own} tool calls of theirs are not in the log, but among the dead letters.`] : []),
    ...(unknown > 0 ? [`${unknown} dead letters do not tell whose calls they were.`] : []),
    ...(unread > 0 ? [`${unread} files of dead letters were too many to look into.`] : []),
  ];
  const detail = `${parts.join(' ')} GET /api/rejections names the files of a day.`;
  return {
    source: DEAD_LETTER_SOURCE,
    state: 'partial',
    looked: { count: callers.length, unit: 'dead letters' },
    detail,
  };
}

interface Caller {
  readonly oid: unknown;
  readonly upn: unknown;
}

function callersOf(file: DeadLetterFile): Caller[] {
  return file.kind === 'rejected'
    ? file.events.map(({ fields }) => ({ oid: fields?.caller_oid, upn: fields?.caller_upn }))
    : file.events.map(({ row }) => ({ oid: row.caller_oid_s, upn: row.caller_upn_s }));
}

function relation({ oid, upn }: Caller, audited: Audited): 'own' | 'other' | 'unknown' {
  if (oid === '') {
    // Refused before the gateway knew who called: a name is all that may tell.
    const name = audited.userPrincipalName?.toLowerCase();
    return typeof upn === 'string' && upn !== '' && upn.toLowerCase() === name ? 'own' : 'other';
  }
  const guid = typeof oid === 'string' ? GUID.exec(oid.trim().toLowerCase())?.[1] : undefined;
  if (guid === undefined) return 'unknown';
  return [audited.oid, ...audited.relatedOids].some((each) => each.toLowerCase() === guid) ? 'own' : 'other';
}
