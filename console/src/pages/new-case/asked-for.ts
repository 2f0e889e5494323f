import { ApiFault, type Problem } from '../../api.ts';
import type { Picked } from '../../parts/people/people-picker.tsx';

/** What is to happen with whoever is picked. */
export const WAYS = ['plan', 'apply', 'schedule', 'contain'] as const;
export type Way = (typeof WAYS)[number];

/** What was filled in. Texts are as they were typed; empty where nothing was. */
export interface Filled {
  readonly way: Way;
  readonly people: readonly Picked[];
  readonly reason: string;
  /** By object id: the UPN that was typed again. */
  readonly confirmed: Readonly<Record<string, string>>;
  /** Object ids that nobody knows, and of which somebody says that they are right. */
  readonly unknown: readonly string[];
  readonly lastDay: string;
  readonly timeOfDay: string;
  readonly zone: string;
  readonly days: string;
  readonly emergency: boolean;
}

/** Whether the UPN of somebody has to be typed again: what cuts off somebody who works names them twice. */
export function mustConfirm(way: Way, { state }: Picked): boolean {
  return way !== 'plan' && state === 'active';
}

/** What a request says of each person. */
export function personOf({ way, confirmed, unknown }: Filled, person: Picked) {
  const upn = confirmed[person.oid]?.trim() ?? '';
  return {
    oid: person.oid,
    ...(mustConfirm(way, person) && upn !== '' && { confirmUserPrincipalName: upn }),
    ...(way !== 'contain' && unknown.includes(person.oid) && { acceptUnknown: true }),
  };
}

/** What a request says of when its cases start; a plan starts now. */
export function whenOf({ way, lastDay, timeOfDay, zone }: Filled) {
  if (way !== 'schedule') return {};
  return { lastDay, ...(timeOfDay !== '' && { timeOfDay }), ...(zone !== '' && { zone }) };
}

/** Whether a last day has come, so that it is carried out at once: as the app takes it, by the reader’s calendar. */
export function startsNow({ way, lastDay, timeOfDay }: Filled, today: string): boolean {
  return way === 'schedule' && lastDay !== '' && (lastDay < today || (lastDay === today && timeOfDay === ''));
}

/** Today by the reader’s calendar, `2027-01-29`. */
export const today = (): string => new Intl.DateTimeFormat('sv-SE').format(new Date());

/** What became of one person’s request. */
export interface Became {
  readonly person: Picked;
  readonly status: number;
  readonly caseId?: string;
  readonly state?: string;
  readonly onHold?: string;
  /** In a few words, where it is no case. */
  readonly words?: string;
  /** Set where it was taken, and is not in force, or not wholly. */
  readonly isOpen?: true;
  readonly problem?: Partial<Problem>;
}

/** What is wrong with one field, of one person or of all. */
export function faultAt(became: readonly Became[], error: unknown, field: string, person?: Picked): string | undefined {
  const own = became.filter((each) => person === undefined || each.person.oid === person.oid);
  const index = person === undefined ? -1 : became.findIndex((each) => each.person.oid === person.oid);
  const whole = error instanceof ApiFault ? (error.problem.errors ?? []) : [];
  const told = [
    ...own.flatMap(({ problem }) => problem?.errors ?? []),
    ...whole.map((each) => ({ ...each, pointer: each.pointer?.replace(`/people/${index}/`, '/') })),
  ];
  return told.find(({ pointer }) => pointer === `/${field}`)?.detail;
}

/** A key for what was filled in: the same for the same, so that what is sent twice happens once. */
export function makeKeys(): (body: unknown) => string {
  const keys = new Map<string, string>();
  return (body) => {
    const text = JSON.stringify(body);
    const key = keys.get(text) ?? crypto.randomUUID();
    keys.set(text, key);
    return key;
  };
}
