import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Where an export has what a message needs. Column names are configured in every HR system: compare yours. */
interface Columns {
  readonly separator: string;
  readonly employeeId: string;
  readonly mail: string;
  readonly lastDay: string;
  readonly reason: string;
}

const EXPORTS: Readonly<Record<string, Columns>> = {
  personio: {
    ...{ separator: ';', employeeId: 'Employee number', mail: 'Email' },
    ...{ lastDay: 'Last working day', reason: 'Termination type' },
  },
  workday: {
    ...{ separator: ',', employeeId: 'Employee_ID', mail: 'Work_Email' },
    ...{ lastDay: 'Last_Day_of_Work', reason: 'Primary_Termination_Reason' },
  },
  successfactors: {
    ...{ separator: ',', employeeId: 'userId', mail: 'email' },
    ...{ lastDay: 'empInfo.lastDateWorked', reason: 'event' },
  },
};

/**
 * A message for each leaver of an export, as the queue `hr-leavers` takes it. The id of the leaving is the employee’s
 * number and that of the message what it says: a row that is exported again is the same message, and one whose day was
 * changed is another message about the same leaving.
 */
export function messagesOf(kind: string, csv: string, issuedAt: string, zone: string): object[] {
  const columns = EXPORTS[kind];
  if (columns === undefined) throw new Error(`No such export: ${kind}. There are ${Object.keys(EXPORTS).join(', ')}.`);
  const [head = [], ...rows] = rowsOf(csv, columns.separator);
  return rows.map((row) => {
    const cell = (column: string): string => {
      const value = row[head.indexOf(column)]?.trim();
      if (value === undefined || value === '') throw new Error(`A row has nothing in the column “${column}”.`);
      return value;
    };
    const employeeId = cell(columns.employeeId);
    const said = {
      ...{ leavingId: `${kind}-${employeeId}`, person: { employeeId, mail: cell(columns.mail) } },
      ...{ lastDay: dayOf(cell(columns.lastDay)), zone, requestedBy: kind, reason: cell(columns.reason) },
    };
    const digest = createHash('sha256')
      .update(JSON.stringify([said, issuedAt]))
      .digest('hex');
    return { schemaVersion: 2, messageId: `${kind}-${digest.slice(0, 24)}`, kind: 'leaver', issuedAt, ...said };
  });
}

/** `31.12.2026`, `2026-12-31` and `2026-12-31T00:00:00Z` as a calendar day. Other notations are not guessed at. */
function dayOf(text: string): string {
  const [, day, month, year] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text) ?? [];
  if (day !== undefined) return `${year}-${month}-${day}`;
  const [iso] = /^\d{4}-\d{2}-\d{2}(?=$|T00:00:00)/.exec(text) ?? [];
  if (iso === undefined) throw new Error(`“${text}” is no day in a notation that is known here.`);
  return iso;
}

/** Rows of a CSV file by RFC 4180: a cell in quotes may have separators and doubled quotes in it. */
function rowsOf(csv: string, separator: string): string[][] {
  const lines = csv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const cells = line.matchAll(new RegExp(`(?:^|${separator})(?:"((?:[^"]|"")*)"|([^${separator}]*))`, 'g'));
    return [...cells].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
  });
}

if (import.meta.main) {
  const [kind = '', file = '', zone = 'UTC', issuedAt = new Date().toISOString()] = process.argv.slice(2);
  for (const message of messagesOf(kind, readFileSync(file, 'utf8'), issuedAt, zone))
    console.log(JSON.stringify(message));
}
