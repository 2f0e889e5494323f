import { standingAt } from '../cases/decisions/exception.ts';
import { isByPersonAlone } from '../cases/denied/denied.ts';
import { parseCaseId } from '../cases/ids.ts';
import type { Config } from '../config.ts';
import { mapBounded } from '../connectors/map-bounded.ts';
import { whyUnreadable } from '../connectors/storage/base/columns.ts';
import type { Vendors } from '../connectors/vendors.ts';
import type { Answer } from '../people/answers/answers.ts';
import { forceOf } from '../people/answers/answers.ts';
import type { Oid } from '../people/oid.ts';
import { whereRejected } from '../people/rejection.ts';
import type { Standing, Waiting } from './rules/waiting/standing.ts';
import { whatWaits } from './rules/waiting/what-waits.ts';

const AT_ONCE = 20;
const DAY_MS = 86_400_000;
/** Days of rejections that are looked at: what is older was told every day. */
const REJECTED_DAYS = 7;

/** What waits, and by what it is told whose affair each is. */
interface WhatWaits {
  readonly waiting: readonly Waiting[];
  /** Undefined where one of them cannot be read: whose affair anything is, nobody knows then. */
  readonly answers: readonly Answer[] | undefined;
  /** What cannot be read, so that what it would say may wait and is not told: one sentence each. */
  readonly unreadable: readonly string[];
}

/** Everything that waits for a person. No vendor is asked. A row that cannot be read hides no other. */
export async function readWaiting(
  { storage }: Pick<Vendors, 'storage'>,
  { DECISION_DAYS }: Pick<Config, 'DECISION_DAYS'>,
  now: Date,
): Promise<WhatWaits> {
  const [entered, answers, exceptions, denied, mark, uncontained, rejected] = await Promise.all([
    storage.listWaiting(),
    storage.readableAnswers(),
    storage.readableExceptions(),
    orWhy(storage.listDenied(), []),
    orWhy(storage.readDeniedMark(), undefined),
    storage.listUncontained(),
    readRejected(storage, now),
  ]);
  const people = new Set<Oid>([
    ...entered.flatMap((caseId) => parseCaseId(caseId)?.oid ?? []),
    ...answers.rows.filter((each) => forceOf(each) === 'waits').map(({ oid }) => oid),
    ...standingAt(exceptions.rows, now.toISOString()).map(({ oid }) => oid),
    ...denied.value.filter(isByPersonAlone).map(({ oid }) => oid),
    ...uncontained.rows.map(({ oid }) => oid),
  ]);
  const cases = await mapBounded([...people], AT_ONCE, (oid) => storage.readableCasesOf(oid));
  const standing: Standing = {
    cases: cases.flatMap(({ rows }) => rows),
    ...{ answers: answers.rows, exceptions: exceptions.rows, uncontained: uncontained.rows },
    ...{ denied: denied.value, mark: mark.value, rejected },
  };
  const read = [...cases, answers, exceptions, denied, mark, uncontained, ...rejected];
  return {
    waiting: whatWaits(standing, DECISION_DAYS, now),
    answers: answers.unreadable.length > 0 ? undefined : answers.rows,
    unreadable: read.flatMap(({ unreadable }) => unreadable),
  };
}

/** What can only be read as a whole, or what stands for it, with why. */
async function orWhy<T>(
  reading: Promise<T>,
  otherwise: T,
): Promise<{ readonly value: T; readonly unreadable: readonly string[] }> {
  try {
    return { value: await reading, unreadable: [] };
  } catch (error) {
    const why = whyUnreadable(error);
    if (why === undefined) throw error;
    return { value: otherwise, unreadable: [why] };
  }
}

async function readRejected(storage: Pick<Vendors['storage'], 'listRejected'>, now: Date) {
  const days = Array.from({ length: REJECTED_DAYS }, (_, back) =>
    new Date(now.getTime() - back * DAY_MS).toISOString().slice(0, 10),
  );
  return await Promise.all(
    days.map(async (day) => {
      const { rejections, more, unreadable } = await storage.listRejected(day);
      const count = rejections.filter(({ became }) => whereRejected(became) === 'open').length;
      return { day, count, more, unreadable };
    }),
  );
}
