import { aboutThem, partiesOf } from '../../../cases/decisions/barred.ts';
import type { Exception } from '../../../cases/decisions/exception.ts';
import { type Denied, isByPersonAlone } from '../../../cases/denied/denied.ts';
import type { DeniedMark } from '../../../cases/denied/project-denied.ts';
import { counted, sentence } from '../../../cases/words/wording.ts';
import type { Answer } from '../../../people/answers/answers.ts';
import { saidBy } from '../../../people/answers/answers-in-words.ts';
import { newestOf, person, type Standing, type Waiting } from './standing.ts';

/** What ends within so many days is told beforehand. */
const SOON_MS = 7 * 86_400_000;

/** An answer that one person stands by. */
export function answerWaits(answer: Answer, standing: Standing): Waiting {
  const { oid, n, by, at, other } = answer;
  const caseId = newestOf(oid, standing)?.caseId;
  const own = [oid, ...(other === undefined ? [] : [other])].map(aboutThem);
  return {
    ...person(oid, standing),
    ...{ kind: 'answer', id: `answer ${oid} ${n}`, right: 'decide', since: at, number: n },
    ...(caseId && { caseId }),
    what: `A second person confirms it, or somebody withdraws it: ${saidBy(answer)}`,
    barred: [...own, { oid: by, why: 'You gave the answer: a second person confirms it.' }],
  };
}

/** A containment that nobody has decided about. */
export function containmentEnds(row: Denied, standing: Standing, now: Date): Waiting[] {
  const { oid, until, byPerson, why } = row;
  if (!isByPersonAlone(row) || until === undefined || !isSoon(until, now)) return [];
  return [
    {
      ...person(oid, standing),
      ...{
        kind: 'containment-ends',
        id: `containment-ends ${oid}`,
        right: 'operate',
        until,
        since: byPerson?.since ?? row.since,
      },
      what: `The gateway lets them in at the end: extend it, release it, or open a case. ${sentence(byPerson?.why ?? why)}`,
      barred: [aboutThem(oid)],
    },
  ];
}

/** An accepted finding that is open again soon. */
export function exceptionEnds(
  { id, oid, caseId, title, at, until }: Exception,
  standing: Standing,
  now: Date,
): Waiting[] {
  if (!isSoon(until, now)) return [];
  const row = standing.cases.find((each) => each.caseId === caseId);
  const barred = row === undefined ? [aboutThem(oid)] : partiesOf(row);
  return [
    {
      ...person(oid, standing),
      kind: 'exception-ends',
      id: `exception-ends ${id}`,
      caseId,
      right: 'approve',
      since: at,
      until,
      what: `It is accepted until then, and is open again afterwards: ${sentence(title)}`,
      barred,
    },
  ];
}

/** Messages of a day that became no case. */
export function rejectionsWait({ day, count, more }: Standing['rejected'][number]): Waiting[] {
  if (count === 0) return [];
  const many = `${more ? 'At least ' : ''}${counted(count, 'message', 'messages')}`;
  return [
    {
      kind: 'rejections',
      id: `rejections ${day}`,
      right: 'operate',
      since: `${day}T00:00:00.000Z`,
      day,
      count,
      what: `${many} could not become a case, and nobody has settled that.`,
      barred: [],
    },
  ];
}

/** What is wrong with the deny list as a whole. */
export function listWaits(mark: DeniedMark | undefined): Waiting[] {
  const { blocked, used } = mark ?? {};
  return [
    ...(blocked === undefined
      ? []
      : [
          {
            kind: 'list-blocked',
            id: 'list-blocked',
            right: 'operate',
            what: `Nobody is taken off the gateway’s list until the table is recovered, or accepted as it is. ${sentence(blocked)}`,
            barred: [],
          } as const,
        ]),
    ...(used === undefined
      ? []
      : [
          {
            kind: 'list-full',
            id: 'list-full',
            right: 'operate',
            count: used,
            what: `${used} % of the room on the gateway’s list is taken: give it more.`,
            barred: [],
          } as const,
        ]),
  ];
}

function isSoon(until: string, now: Date): boolean {
  return Date.parse(until) - now.getTime() <= SOON_MS;
}
