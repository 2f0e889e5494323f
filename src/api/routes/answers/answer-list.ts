import * as z from 'zod';
import { answerAbout, type Said } from '../../../intake/deciding/answer-case.ts';
import { OidSchema } from '../../../people/oid.ts';
import { count, text } from '../../../shapes/primitives.ts';
import { isNoPerson, notAnsweredInWords, ShownAccount } from '../../answer-view.ts';
import { Decision } from '../../decision.ts';
import { defineRoute } from '../../route.ts';
import { ANSWER_VENDORS, written } from './answers.ts';

/** Lines of one list; each asks its vendor, and has a case read again. */
const MOST_LINES = 100;
const Line = z.strictObject({
  oid: OidSchema,
  vendor: ANSWER_VENDORS,
  scope: written.optional(),
  accountId: written,
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
          ...{ account: z.exactOptional(ShownAccount), why: z.exactOptional(text) },
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
      } else told.push({ oid, accountId, given: false, why: notAnsweredInWords(answered) });
    }
    log.warn('a list of answers was given', { lines: lines.length, caller: caller.oid });
    return { status: 200, value: { lines: told } };
  },
});
