import type { Case } from '../calling/client.ts';
import type { Check } from '../command.ts';
import type { Ending } from '../exit-codes.ts';
import { type Column, oneLine } from '../terminal/table.ts';

const GUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const OID = new RegExp(`^${GUID}$`, 'i');
const CASE_ID = new RegExp(`^${GUID}-\\d+$`, 'i');

export function isOid(text: string): boolean {
  return OID.test(text);
}

/** The operand of every command about one case. */
export const CASE = {
  name: 'case',
  about: 'id of the case, as case list shows it',
  check: (text: string) =>
    CASE_ID.test(text) ? undefined : `“${text}” is no id of a case, which is an object id with -1, -2, … behind it`,
} as const;

/** The option of every command that changes something. */
export const REASON = {
  kind: 'text',
  hint: 'why',
  required: true,
  about: 'why, in a sentence; it stands in the report',
} as const;

export const isDay: Check = (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? undefined : 'a day is written 2027-01-29');

/** How a case has ended, or that it waits; undefined while it goes on by itself. */
export function endingOf({ state, onHold, outcome, incident }: Case): Ending | undefined {
  switch (state) {
    case 'open':
      return onHold === undefined ? undefined : 'waits';
    case 'running':
      return undefined;
    case 'scheduled':
      return 'waits';
    case 'filed':
      return incident === true ? 'incident' : endingOfOutcome(outcome);
    case 'failed':
      return 'failed';
    case 'refused':
    case 'cancelled':
      return 'error';
    default:
      // Of a newer app: whatever it is, it is not known to be done.
      state satisfies never;
      return 'error';
  }
}

function endingOfOutcome(outcome: string | undefined): Ending {
  switch (outcome) {
    case 'clear':
    case 'residual':
      return 'done';
    case 'attention':
    case 'incomplete':
    case 'failed':
      return outcome;
    default:
      return 'error';
  }
}

/** How a case stands, in a few words. */
export function standing(row: Case): string {
  const { state, mode, onHold, outcome, incident, startsAt, refusal, cancellation, failure } = row;
  switch (state) {
    case 'open':
      return onHold === undefined ? 'open' : `on hold: ${onHold}`;
    case 'scheduled':
      return `scheduled for ${startsAt ?? 'a day to come'}`;
    case 'filed':
      return `filed, ${outcome ?? 'without an outcome'}${incident === true ? ', an incident' : ''}${mode === 'plan' ? ', a plan: nothing was cut' : ''}`;
    case 'refused':
      return `refused: ${refusal ?? 'see its report'}`;
    case 'cancelled':
      return `cancelled: ${cancellation ?? 'nobody was cut off'}`;
    case 'failed':
      return `failed: ${failure ?? 'the log says why'}`;
    default:
      return state;
  }
}

const CONTAINED: Readonly<Record<NonNullable<Case['contained']>, string>> = {
  done: 'contained: the gateway refuses the leaver',
  failed: 'NOT contained: the gateway may still let the leaver in',
  'no-gateway': 'not contained: there is no gateway',
  released: 'released: the gateway lets the person in again',
};

/** Whether the gateway refuses the leaver, in a line; none where nothing was tried yet. */
export function containment({ contained, containedWhy, passed }: Case): string[] {
  if (contained === undefined) return [];
  if (contained === 'done' && passed !== undefined)
    return [
      `CONTAINED NOT FOR CERTAIN: the gateway’s list names the leaver, and a call passed at ${passed.at} (request ${passed.requestId})`,
    ];
  return [`${CONTAINED[contained]}${containedWhy === undefined ? '' : `: ${containedWhy}`}`];
}

/** The leaver's name, where the case knows one. */
export function whoOf({ displayName, userPrincipalName }: Case): string[] {
  const name = displayName ?? userPrincipalName;
  return name === undefined ? [] : [name];
}

export const CASE_COLUMNS: readonly Column<Case>[] = [
  { head: 'CASE', room: 'whole', cell: ({ caseId }) => caseId },
  { head: 'MODE', cell: ({ mode }) => mode },
  { head: 'STANDS', cell: (row) => standing(row) },
  { head: 'TRIGGER', room: 'spare', cell: ({ trigger }) => trigger },
  { head: 'OPENED', room: 'spare', cell: ({ openedAt }) => openedAt },
  { head: 'REASON', cell: ({ reason }) => reason },
  { head: 'WHO', cell: (row) => whoOf(row)[0] },
];

/** What a command has done with a case, in a line. */
export function lineOf(row: Case): string {
  return `${row.caseId}: ${oneLine(standing(row))}\n`;
}
