import * as z from 'zod';
import { type Answered, answerAbout, type Said, sayOfAnswer } from '../../intake/answer-case.ts';
import { ANSWER_KINDS, type Answer, AnswerSchema, forceOf } from '../../people/answers.ts';
import { permittedBy, saidBy } from '../../people/answers-in-words.ts';
import { OidSchema } from '../../people/oid.ts';
import { count, day, text } from '../../shapes/primitives.ts';
import type { Caller } from '../caller.ts';
import { Decision } from '../decision.ts';
import { notNow, problem } from '../problem.ts';
import { defineRoute } from '../route.ts';
import { CasePath, theCase } from './cases/the-case.ts';

const VENDORS = z.enum(['github', 'azure-devops']);
const name = z.string().trim().min(1).max(200);

const Body = Decision.extend({
  kind: z.enum(ANSWER_KINDS),
  statement: z.enum(['is', 'is-not']).default('is').meta({ description: 'for account and owner' }),
  vendor: VENDORS.optional(),
  scope: name.optional().meta({ description: 'the organisation; by default all of the vendor' }),
  login: name.optional().meta({ description: 'the account by what it is called today' }),
  accountId: name.optional().meta({ description: 'the account by GitHub’s number, or the descriptor in Azure DevOps' }),
  only: z.literal(true).optional().meta({ description: 'of account: the person has no other there' }),
  other: OidSchema.optional().meta({ description: 'of same-person: the other object id' }),
  day: day.optional().meta({ description: 'of last-day' }),
  findingId: name.optional().meta({ description: 'of owner: the finding about the thing' }),
  evidenceUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .optional(),
}).superRefine((said, context) => {
  const { kind, vendor, login, accountId } = said;
  const wants = (field: keyof typeof said, when: boolean): void => {
    if (when && said[field] === undefined)
      context.addIssue({ code: 'custom', path: [field], message: `${kind} takes it` });
  };
  const isAccount = kind === 'account' || kind === 'service-account';
  wants('vendor', isAccount || kind === 'none');
  wants('scope', isAccount && vendor === 'azure-devops');
  wants('login', isAccount && accountId === undefined);
  wants('other', kind === 'same-person');
  wants('day', kind === 'last-day');
  wants('findingId', kind === 'owner');
  if (said.statement === 'is-not' && kind !== 'account' && kind !== 'owner')
    context.addIssue({ code: 'custom', path: ['statement'], message: `is-not is said of an account, or of an owner` });
  if (vendor === 'github' && login === undefined && accountId !== undefined && !/^\d{1,15}$/.test(accountId))
    context.addIssue({ code: 'custom', path: ['accountId'], message: 'GitHub knows accounts by a number' });
});

const View = z
  .object({
    ...AnswerSchema.omit({ filed: true, shown: true }).shape,
    force: z.enum(['waits', 'confirmed', 'withdrawn']),
    says: text,
    permits: text.meta({ description: 'what it comes to by now' }),
  })
  .meta({ id: 'Answer' });

function viewOf(answer: Answer): z.output<typeof View> {
  const { filed: _, shown: __, ...said } = answer;
  return { ...said, force: forceOf(answer), says: saidBy(answer), permits: permittedBy(answer) } as z.output<
    typeof View
  >;
}

const Shown = z.object({
  accountId: text,
  login: text,
  name: z.exactOptional(text),
  avatarUrl: z.exactOptional(text),
});
const Reading = z
  .object({ kind: z.enum(['reads', 'noted', 'none']), caseId: z.exactOptional(text), why: z.exactOptional(text) })
  .meta({
    description:
      'reads: the next revision of the case is due; noted: as soon as it can be; none: the next case uses it',
  });
const Given = z.object({ answer: View, account: z.exactOptional(Shown), reading: Reading });

export const answerCase = defineRoute({
  id: 'answerCase',
  method: 'POST',
  path: '/api/cases/{id}/answers',
  summary:
    'Answers what no vendor says about the person of a case; a second person confirms it, and the case is read again',
  tag: 'Cases',
  access: { kind: 'decide', right: 'operate' },
  params: CasePath,
  body: Body,
  answers: { 202: Given },
  problems: ['not-found', 'answer-refused', 'own-affair'],
  async handle({ params, caller, body }, { vendors, settings, log, now }) {
    const refused = isNoPerson(caller);
    if (refused !== undefined) return refused;
    const found = await theCase(vendors, params);
    if ('answer' in found) return found.answer;
    const { row } = found.stored;
    const said = { ...body, by: caller.oid } as Said;
    const answered = await answerAbout(vendors, settings, { oid: row.oid, row }, said, now());
    if (answered.kind !== 'answered') return whyNot(answered);
    const { answer, shown, reading } = answered;
    log.warn('somebody answered about a person', { caseId: row.caseId, oid: row.oid, n: answer.n, caller: caller.oid });
    const value = { answer: viewOf(answer), ...(shown && { account: shown }), reading: { ...reading } };
    return { status: 202, value };
  },
});

export const listAnswers = defineRoute({
  id: 'listAnswers',
  method: 'GET',
  path: '/api/cases/{id}/answers',
  summary: 'Every answer about the person of a case, also those of earlier cases and withdrawn ones',
  tag: 'Cases',
  access: { kind: 'read', right: 'read' },
  params: CasePath,
  answers: { 200: z.object({ answers: z.array(View) }) },
  problems: ['not-found'],
  async handle({ params }, { vendors }) {
    const found = await theCase(vendors, params);
    if ('answer' in found) return found.answer;
    const answers = await vendors.storage.listAnswers(found.stored.row.oid);
    return { status: 200, value: { answers: answers.map(viewOf) } };
  },
});

const AnswerPath = CasePath.extend({
  n: z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .meta({ description: 'number of the answer', example: '1' }),
});

/** The two words about an answer differ in who may say them, and in nothing else. */
function wordRoute(word: 'confirmed' | 'withdrawn', verb: 'confirm' | 'withdraw', summary: string) {
  return defineRoute({
    id: `${verb}Answer`,
    method: 'POST',
    path: `/api/cases/{id}/answers/{n}/${verb}`,
    summary,
    tag: 'Cases',
    access: { kind: 'decide', right: word === 'confirmed' ? 'decide' : 'operate' },
    params: AnswerPath,
    body: Decision,
    answers: { 202: Given },
    problems: ['not-found', 'answer-refused', 'own-affair'],
    async handle({ params, caller, body: { reason } }, { vendors, settings, log, now }) {
      const refused = isNoPerson(caller);
      if (refused !== undefined) return refused;
      const found = await theCase(vendors, params);
      if ('answer' in found) return found.answer;
      const { oid, caseId } = found.stored.row;
      const about = { oid, n: Number(params.n) };
      const answered = await sayOfAnswer(vendors, settings, about, word, { by: caller.oid, reason }, now());
      if (answered.kind !== 'answered') return whyNot(answered);
      log.warn('a word was said about an answer', { caseId, oid, n: about.n, word, caller: caller.oid });
      return { status: 202, value: { answer: viewOf(answered.answer), reading: { ...answered.reading } } };
    },
  });
}

export const confirmAnswer = wordRoute(
  'confirmed',
  'confirm',
  'A second person stands by an answer: from now on it counts as one of two people',
);
export const withdrawAnswer = wordRoute(
  'withdrawn',
  'withdraw',
  'An answer does not hold any more; nothing further rests on it, and it stays on record',
);

/** Lines of one list; each asks its vendor, and has a case read again. */
const MOST_LINES = 100;
const Line = z.strictObject({
  oid: OidSchema,
  vendor: VENDORS,
  scope: name.optional(),
  accountId: name,
  only: z.literal(true).optional(),
});

export const answerList = defineRoute({
  id: 'answerList',
  method: 'POST',
  path: '/api/answers',
  summary: 'Answers for many people at once which account is whose; each line is confirmed like any answer',
  tag: 'People',
  access: { kind: 'decide', right: 'operate' },
  body: Decision.extend({ lines: z.array(Line).min(1).max(MOST_LINES) }),
  answers: {
    200: z.object({
      lines: z.array(
        z.object({
          ...{ oid: OidSchema, accountId: text, given: z.boolean(), n: z.exactOptional(count) },
          ...{ account: z.exactOptional(Shown), why: z.exactOptional(text) },
        }),
      ),
    }),
  },
  problems: ['own-affair'],
  async handle({ caller, body: { lines, reason } }, { vendors, settings, log, now }) {
    const refused = isNoPerson(caller);
    if (refused !== undefined) return refused;
    const told = [];
    // One after the other: two lines about one account must see each other.
    for (const { oid, ...line } of lines) {
      const said = { ...line, kind: 'account', statement: 'is', reason, by: caller.oid } as Said;
      const answered = await answerAbout(vendors, settings, { oid }, said, now());
      const { accountId } = line;
      if (answered.kind === 'answered') {
        const { answer, shown } = answered;
        told.push({ oid, accountId, given: true, n: answer.n, ...(shown && { account: shown }) });
      } else told.push({ oid, accountId, given: false, why: inWords(answered) });
    }
    log.warn('a list of answers was given', { lines: lines.length, caller: caller.oid });
    return { status: 200, value: { lines: told } };
  },
});

type NotAnswered = Exclude<Answered, { readonly kind: 'answered' }>;

function inWords(not: NotAnswered): string {
  switch (not.kind) {
    case 'unread':
      return not.failure.message;
    case 'unknown':
      return 'There is no such answer.';
    default:
      return not.why;
  }
}

function whyNot(not: NotAnswered): Response {
  const detail = inWords(not);
  switch (not.kind) {
    case 'unread':
      return notNow(detail, not.failure);
    case 'unknown':
      return problem('not-found', { detail });
    case 'own':
      return problem('own-affair', { detail });
    case 'refused':
      return problem('answer-refused', { detail });
    default:
      return not satisfies never;
  }
}

/** What counts as somebody's word, an application cannot say. */
function isNoPerson({ isApp }: Caller): Response | undefined {
  return isApp ? problem('own-affair', { detail: 'A person answers, signed in as themselves.' }) : undefined;
}
