import * as z from 'zod';
import type { Answered } from '../intake/deciding/answer-case.ts';
import { type Answer, AnswerSchema, forceOf } from '../people/answers/answers.ts';
import { permittedBy, saidBy } from '../people/answers/answers-in-words.ts';
import { text } from '../shapes/primitives.ts';
import type { Caller } from './access/caller.ts';
import { notNow, problem } from './problems/problem.ts';

/** An answer as the API shows it. */
export const AnswerView = z
  .object({
    ...AnswerSchema.omit({ filed: true, shown: true }).shape,
    force: z.enum(['waits', 'confirmed', 'withdrawn']),
    says: text,
    permits: text.meta({ description: 'what it comes to by now' }),
  })
  .meta({ id: 'Answer' });

export function answerView(answer: Answer): z.output<typeof AnswerView> {
  const { filed: _, shown: __, ...said } = answer;
  return { ...said, force: forceOf(answer), says: saidBy(answer), permits: permittedBy(answer) } as z.output<
    typeof AnswerView
  >;
}

/** The account that was meant, for whoever answers to look at. */
export const ShownAccount = z.object({
  accountId: text,
  login: text,
  name: z.exactOptional(text),
  avatarUrl: z.exactOptional(text),
});
/** What becomes of the person’s case. */
export const CaseReading = z
  .object({ kind: z.enum(['reads', 'noted', 'none']), caseId: z.exactOptional(text), why: z.exactOptional(text) })
  .meta({
    description:
      'reads: the next revision of the case is due; noted: as soon as it can be; none: the next case uses it',
  });

type NotAnswered = Exclude<Answered, { readonly kind: 'answered' }>;

/** Why nothing came of it. */
export function notAnsweredInWords(not: NotAnswered): string {
  switch (not.kind) {
    case 'unread':
      return not.failure.message;
    case 'unknown':
      return 'There is no such answer.';
    default:
      return not.why;
  }
}

/** The answer to who answered nothing. */
export function whyNotAnswered(not: NotAnswered): Response {
  const detail = notAnsweredInWords(not);
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
export function isNoPerson({ isApp }: Caller): Response | undefined {
  return isApp ? problem('own-affair', { detail: 'A person answers, signed in as themselves.' }) : undefined;
}
