import * as z from 'zod';
import { redactSecrets } from '../../../credentials/redact-secrets.ts';
import { answerAbout, type Said, sayOfAnswer } from '../../../intake/deciding/answer-case.ts';
import { ANSWER_KINDS } from '../../../people/answers/answers.ts';
import { OidSchema } from '../../../people/oid.ts';
import { day } from '../../../shapes/primitives.ts';
import { AnswerView, answerView, CaseReading, isNoPerson, ShownAccount, whyNotAnswered } from '../../answer-view.ts';
import { Decision } from '../../decision.ts';
import { defineRoute } from '../../route.ts';
import { CasePath, theCase } from '../cases/the-case.ts';

export const ANSWER_VENDORS = z.enum(['github', 'azure-devops']);
/** A name or an id, as somebody writes it. */
export const written = z.string().trim().min(1).max(200);

const Body = Decision.extend({
  kind: z.enum(ANSWER_KINDS),
  statement: z.enum(['is', 'is-not']).default('is').meta({ description: 'for account and owner' }),
  vendor: ANSWER_VENDORS.optional(),
  scope: written.optional().meta({ description: 'the organisation; by default all of the vendor' }),
  login: written.optional().meta({ description: 'the account by what it is called today' }),
  accountId: written
    .optional()
    .meta({ description: 'the account by GitHub’s number, or the descriptor in Azure DevOps' }),
  only: z.literal(true).optional().meta({ description: 'of account: the person has no other there' }),
  other: OidSchema.optional().meta({ description: 'of same-person: the other object id' }),
  day: day.optional().meta({ description: 'of last-day' }),
  findingId: written.optional().meta({ description: 'of owner: the finding about the thing' }),
  evidenceUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .transform((url) => redactSecrets(url))
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
  // A path is made of it.
  if (vendor === 'github' && login !== undefined && !/^[a-z\d][a-z\d_-]{0,99}(?:\[bot\])?$/i.test(login))
    context.addIssue({ code: 'custom', path: ['login'], message: 'is no login of GitHub' });
  if (vendor === 'github' && login === undefined && accountId !== undefined && !/^\d{1,15}$/.test(accountId))
    context.addIssue({ code: 'custom', path: ['accountId'], message: 'GitHub knows accounts by a number' });
});

const Given = z.object({
  answer: AnswerView,
  account: z.exactOptional(ShownAccount),
  reading: CaseReading,
});

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
    if (answered.kind !== 'answered') return whyNotAnswered(answered);
    const { answer, shown, reading } = answered;
    log.warn('somebody answered about a person', { caseId: row.caseId, oid: row.oid, n: answer.n, caller: caller.oid });
    const value = { answer: answerView(answer), ...(shown && { account: shown }), reading: { ...reading } };
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
  answers: { 200: z.object({ answers: z.array(AnswerView) }) },
  problems: ['not-found'],
  async handle({ params }, { vendors }) {
    const found = await theCase(vendors, params);
    if ('answer' in found) return found.answer;
    const answers = await vendors.storage.listAnswers(found.stored.row.oid);
    return { status: 200, value: { answers: answers.map(answerView) } };
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
      if (answered.kind !== 'answered') return whyNotAnswered(answered);
      log.warn('a word was said about an answer', { caseId, oid, n: about.n, word, caller: caller.oid });
      return { status: 202, value: { answer: answerView(answered.answer), reading: { ...answered.reading } } };
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
