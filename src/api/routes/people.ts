import * as z from 'zod';
import { EVIDENCE_CODES } from '../../people/evidence/evidence.ts';
import { lastLogin } from '../../people/evidence/remembered.ts';
import { LEAVER_STATES } from '../../people/leaver.ts';
import { OidSchema, parseOid } from '../../people/oid.ts';
import { instant, text } from '../../shapes/primitives.ts';
import { AnswerView, answerView } from '../answer-view.ts';
import { CaseView, caseView } from '../case-view.ts';
import { notNow, problem } from '../problems/problem.ts';
import { defineRoute } from '../route.ts';

const optional = z.exactOptional(text);
const names = { oid: OidSchema, displayName: optional, userPrincipalName: optional, mail: optional };

/** People of each kind that one search shows. */
const MOST = 25;

export const searchPeople = defineRoute({
  id: 'searchPeople',
  method: 'GET',
  path: '/api/people',
  summary:
    'People by the beginning of their name, principal name or mail, deleted ones last; to pick from, not to rely on',
  tag: 'People',
  access: { kind: 'read', right: 'operate' },
  query: z.strictObject({
    search: z
      .string()
      .trim()
      .min(2)
      .max(100)
      // What quotes in Graph is taken out, and a search for nothing finds everybody.
      .refine((search) => /[\p{L}\p{N}]/u.test(search), 'has no letter and no digit'),
  }),
  answers: {
    200: z.object({ people: z.array(z.object({ ...names, state: z.enum(['active', 'disabled', 'soft-deleted']) })) }),
  },
  async handle({ query }, { vendors }) {
    const found = await vendors.graph.searchPeople(query.search, MOST);
    if (!found.ok) return notNow(found.failure.message, found.failure);
    return { status: 200, value: { people: found.value } };
  },
});

const Account = z.object({
  vendor: z.enum(['github', 'azure-devops']),
  id: text,
  login: optional.meta({ description: 'the name under which it was seen last' }),
  code: z.enum(EVIDENCE_CODES).meta({ description: 'what proved it' }),
  source: text,
  firstSeen: instant,
  lastSeen: instant,
});

export const getPerson = defineRoute({
  id: 'getPerson',
  method: 'GET',
  path: '/api/people/{oid}',
  summary:
    'Who somebody is, which accounts are remembered as theirs and on what evidence, their cases, and what people answered',
  tag: 'People',
  access: { kind: 'read', right: 'read' },
  params: z.object({ oid: z.string().meta({ description: 'object id in Entra' }) }),
  answers: {
    200: z
      .object({
        ...names,
        state: z.enum(LEAVER_STATES),
        why: optional.meta({ description: 'why Entra could not be asked' }),
        denied: z.exactOptional(z.boolean()),
        accounts: z.array(Account),
        cases: z.array(CaseView),
        answers: z.array(AnswerView).meta({ description: 'also withdrawn ones' }),
      })
      .meta({ id: 'Person' }),
  },
  problems: ['not-found'],
  async handle({ params }, { vendors }) {
    const oid = parseOid(params.oid);
    if (oid === undefined) return problem('not-found', { detail: 'People are named by their object id.' });
    const [found, memory, cases, denied, answers] = await Promise.all([
      vendors.graph.findPerson(oid),
      vendors.storage.readMemory([]),
      vendors.storage.casesOf(oid),
      vendors.storage.getDenied(oid),
      vendors.storage.listAnswers(oid),
    ]);
    const accounts = memory.accounts.filter((account) => account.oid === oid);
    if (found.ok && found.value.state === 'gone' && accounts.length + cases.length === 0 && denied === undefined)
      return problem('not-found', { detail: 'Entra knows nobody of this object id, and neither does this app.' });
    const { displayName, userPrincipalName, mail, state } = found.ok
      ? found.value
      : { ...{ displayName: undefined, userPrincipalName: undefined, mail: undefined }, state: 'unreadable' as const };
    return {
      status: 200,
      value: {
        ...{ oid, state, ...(displayName && { displayName }), ...(userPrincipalName && { userPrincipalName }) },
        ...(mail && { mail }),
        ...(found.ok ? {} : { why: found.failure.message }),
        ...(denied === undefined ? {} : { denied: denied.state === 'denied' }),
        accounts: accounts.map(({ vendor, id, code, source, firstSeen, lastSeen }) => {
          const login = vendor === 'github' ? lastLogin(memory, id) : undefined;
          return { ...{ vendor, id, code, source, firstSeen, lastSeen }, ...(login === undefined ? {} : { login }) };
        }),
        cases: cases.map(({ row }) => caseView(row)),
        answers: answers.map(answerView),
      },
    };
  },
});
