import type { Coverage } from '../../../cases/coverage/coverage.ts';
import { counted } from '../../../cases/words/wording.ts';
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
 * tell all. Undefined where all dead letters are other people's. `unread` counts files that were not looked into, `gone`
 * those that were listed and not there any more: their calls may have come into the log after it was read.
 */
export function coverageOfDeadLetters(
  files: readonly DeadLetterFile[],
  unread: number,
  audited: Audited,
  gone = 0,
): Coverage | undefined {
  const callers = files.flatMap(callersOf);
  const whose = callers.map((caller) => relation(caller, audited));
  const own = whose.filter((each) => each === 'own').length;
  const unknown = whose.filter((each) => each === 'unknown').length;
  if (own + unknown + unread + gone === 0) return undefined;
  const parts = [
    ...(own > 0
      ? [
          `${counted(own, 'tool call of theirs is', 'tool calls of theirs are')} not in the log, but among the dead letters.`,
        ]
      : []),
    ...(unknown > 0
      ? [
          `${counted(unknown, 'dead letter does not tell whose call it was', 'dead letters do not tell whose calls they were')}.`,
        ]
      : []),
    ...(unread > 0
      ? [
          `${counted(unread, 'file of dead letters was one too many', 'files of dead letters were too many')} to look into.`,
        ]
      : []),
    ...(gone > 0
      ? [
          `${counted(gone, 'file of dead letters was taken away while it was', 'files of dead letters were taken away while they were')} looked into.`,
        ]
      : []),
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
  readonly status: unknown;
}

function callersOf(file: DeadLetterFile): Caller[] {
  return file.kind === 'rejected'
    ? file.events.map(({ fields }) => ({
        oid: fields?.caller_oid,
        upn: fields?.caller_upn,
        status: fields?.response_status,
      }))
    : file.events.map(({ row }) => ({
        oid: row.caller_oid_s,
        upn: row.caller_upn_s,
        status: row.response_status_d,
      }));
}

/** The id that many systems write for none. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** As `kql/rows-by-hour.kql` has it for rows; undefined where it is another’s. */
function relation({ oid, upn, status }: Caller, audited: Audited): 'own' | 'unknown' | undefined {
  const guid = typeof oid === 'string' ? GUID.exec(oid.trim().toLowerCase())?.[1] : undefined;
  if (oid === '' || guid === NOBODY) {
    const name = audited.userPrincipalName?.toLowerCase();
    if (typeof upn === 'string' && upn !== '' && upn.toLowerCase() === name) return 'own';
    // Refused for want of a token, before anybody could be named: it reached nothing.
    return status === 401 ? undefined : 'unknown';
  }
  if (guid === undefined) return 'unknown';
  return [audited.oid, ...audited.relatedOids].some((each) => each.toLowerCase() === guid) ? 'own' : undefined;
}
