import * as z from 'zod';
import { mapBounded } from '../../../connectors/map-bounded.ts';
import type { ProblemType } from '../../../errors.ts';
import { CaseView } from '../../case-view.ts';
import { Problem } from '../../problems/problem.ts';
import { defineRoute } from '../../route.ts';
import { Key, LEAVING, NewCase, namedOnce, openOne, PERSON } from './open-one.ts';

/** Why no case is opened for somebody. */
const OF_ONE: readonly ProblemType[] = [
  'refused',
  'unknown-person',
  'ambiguous-person',
  'not-a-person',
  'not-confirmed',
  'key-reused',
  'too-many-requests',
];

/** 201 where the case is new, 200 where it was there. */
export const openCase = defineRoute({
  id: 'openCase',
  method: 'POST',
  path: '/api/cases',
  summary: 'Opens a case, or names the one there is',
  tag: 'Cases',
  access: { kind: 'decide', right: 'operate' },
  headers: z.object({ 'idempotency-key': Key }),
  body: NewCase,
  answers: { 200: CaseView, 201: CaseView },
  problems: OF_ONE,
  handle: ({ caller, headers, body }, tools) => openOne(caller.oid, headers['idempotency-key'], body, tools),
});

/** People of one request; the table of leavers of a quarter fits. */
const MOST_PEOPLE = 100;
const AT_ONCE = 5;

const NewCases = z.strictObject({
  people: z.array(z.strictObject(PERSON).superRefine(namedOnce)).min(1).max(MOST_PEOPLE),
  ...LEAVING,
});

/**
 * Each of them is a request of its own: one who cannot be offboarded stops nobody else's case. With a key, what is sent
 * again opens only the cases that were not opened then.
 */
export const openCases = defineRoute({
  id: 'openCases',
  method: 'POST',
  path: '/api/cases/several',
  summary: 'Opens cases of several people, or names those there are; the answer tells of each, in their order',
  tag: 'Cases',
  access: { kind: 'decide', right: 'operate' },
  headers: z.object({ 'idempotency-key': Key }),
  body: NewCases,
  answers: {
    200: z.object({
      results: z.array(
        z.object({
          status: z.int().meta({ description: 'as `openCase` would answer' }),
          case: z.exactOptional(CaseView),
          problem: z.exactOptional(Problem),
        }),
      ),
    }),
  },
  async handle({ caller, headers, body: { people, ...leaving } }, tools) {
    const key = headers['idempotency-key'];
    const numbered = people.map((person, index) => ({ person, number: index + 1 }));
    const results = await mapBounded(numbered, AT_ONCE, async ({ person, number }) => {
      const own = key === undefined ? undefined : `${key}/${number}`;
      const said = await openOne(caller.oid, own, { ...person, ...leaving }, tools);
      if (!(said instanceof Response)) return { status: said.status, case: said.value };
      return { status: said.status, problem: (await said.json()) as z.output<typeof Problem> };
    });
    return { status: 200, value: { results } };
  },
});
