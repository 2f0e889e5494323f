import { readFileSync } from 'node:fs';
import { messagesOf } from '../../docs/examples/hr/messages-from-export.ts';
import type { Stack } from '../stack.ts';
import { WORLD } from '../tenant/seeds/world.ts';

/** A message that stands in the form, to be changed and sent. */
interface Prefilled {
  readonly name: string;
  /** What it is meant to show. */
  readonly about: string;
  readonly text: string;
}

export const PREFILLED = ['leaves', 'scheduled', 'changed', 'withdrawn', 'wrong'] as const;
export type PrefilledKey = (typeof PREFILLED)[number];

const EXPORT = readFileSync(new URL('../../docs/examples/hr/workday.csv', import.meta.url), 'utf8');
const ZONE = WORLD.timeZone;
const DAY_MS = 86_400_000;

interface Message {
  readonly person: { readonly employeeId: string; readonly mail: string };
  readonly [member: string]: unknown;
}

function exported(now: Date): { readonly alex: Message; readonly ben: Message } {
  const [alex, ben] = messagesOf('workday', EXPORT, now.toISOString(), ZONE) as Message[];
  if (alex === undefined || ben === undefined) throw new Error('docs/examples/hr/workday.csv has fewer than two rows.');
  return { alex, ben };
}

/** The directory has HR's numbers of those whom the export names: without them a mail alone proves too little. */
export function enterEmployeeIds({ states }: Pick<Stack, 'states'>, now: Date): void {
  const said = Object.values(exported(now)).map(({ person }) => person);
  for (const user of states.entra.users.all()) {
    const found = said.find(({ mail }) => mail === user.mail);
    if (found !== undefined) user.employeeId = found.employeeId;
  }
}

/**
 * What HR may say, as docs/examples/hr makes it of an export, with days that are near.
 * @param number makes each message another one: an id belongs to one message
 */
export function prefilledMessages(now: Date, number: number): Readonly<Record<PrefilledKey, Prefilled>> {
  const { alex, ben } = exported(now);
  const dayIn = (days: number): string => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
  const { lastDay: _, zone: __, reason: ___, ...about } = ben;
  const as = (name: string, about: string, message: object): Prefilled => ({
    ...{ name, about },
    text: JSON.stringify({ ...message, messageId: `play-${number}`, issuedAt: now.toISOString() }, undefined, 2),
  });
  return {
    leaves: as('Alex has left', 'Begins at once: the last day is past.', { ...alex, lastDay: dayIn(-1) }),
    scheduled: as('Ben will leave', 'Waits for its day; until then Ben is not contained.', {
      ...ben,
      lastDay: dayIn(30),
    }),
    changed: as('Ben leaves later', 'Moves what waits for Ben.', { ...ben, kind: 'changed', lastDay: dayIn(60) }),
    withdrawn: as('Ben stays', 'Takes back what HR said of Ben.', { ...about, kind: 'withdrawn' }),
    wrong: as('A wrong message', 'Is rejected, and HR is told why.', {
      ...ben,
      lastDay: '31.12.2026',
      costCentre: 4711,
    }),
  };
}
