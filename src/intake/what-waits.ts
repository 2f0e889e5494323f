import type { CaseRow } from '../cases/case.ts';
import { standingAt } from '../cases/decisions/exception.ts';
import { isByPersonAlone } from '../cases/denied/denied.ts';
import { parseCaseId } from '../cases/ids.ts';
import type { Config } from '../config.ts';
import { mapBounded } from '../connectors/map-bounded.ts';
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

/** Everything that waits for a person, and the answers by which to tell whose affair it is. No vendor is asked. */
export async function readWaiting(
  { storage }: Pick<Vendors, 'storage'>,
  { DECISION_DAYS }: Pick<Config, 'DECISION_DAYS'>,
  now: Date,
): Promise<{ readonly waiting: readonly Waiting[]; readonly answers: readonly Answer[] }> {
  const [entered, answers, exceptions, denied, mark, uncontained, rejected] = await Promise.all([
    storage.listWaiting(),
    storage.listAnswers(),
    storage.listExceptions(),
    storage.listDenied(),
    storage.readDeniedMark(),
    storage.listUncontained(),
    readRejected(storage, now),
  ]);
  const people = new Set<Oid>([
    ...entered.flatMap((caseId) => parseCaseId(caseId)?.oid ?? []),
    ...answers.filter((each) => forceOf(each) === 'waits').map(({ oid }) => oid),
    ...standingAt(exceptions, now.toISOString()).map(({ oid }) => oid),
    ...denied.filter(isByPersonAlone).map(({ oid }) => oid),
    ...uncontained.map(({ oid }) => oid),
  ]);
  const cases = (await mapBounded([...people], AT_ONCE, (oid) => casesOf(storage, oid))).flat();
  const standing: Standing = { cases, answers, exceptions, denied, mark, uncontained, rejected };
  return { waiting: whatWaits(standing, DECISION_DAYS, now), answers };
}

async function casesOf(storage: Pick<Vendors['storage'], 'casesOf'>, oid: Oid): Promise<CaseRow[]> {
  return (await storage.casesOf(oid)).map(({ row }) => row);
}

async function readRejected(
  storage: Pick<Vendors['storage'], 'listRejected'>,
  now: Date,
): Promise<Standing['rejected']> {
  const days = Array.from({ length: REJECTED_DAYS }, (_, back) =>
    new Date(now.getTime() - back * DAY_MS).toISOString().slice(0, 10),
  );
  return Promise.all(
    days.map(async (day) => {
      const { rejections, more } = await storage.listRejected(day);
      return { day, count: rejections.filter(({ became }) => whereRejected(became) === 'open').length, more };
    }),
  );
}
