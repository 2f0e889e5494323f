import * as z from 'zod';
import { automaticMode } from '../../config/config-cases.ts';
import type { KeptRejection } from '../../connectors/storage/evidence/rejections.ts';
import { handleRejected, type RetriedRejection, retryRejected } from '../../intake/hr/retry-rejected.ts';
import { REJECTION_STATES, type RejectionState, RetrySchema, whereRejected } from '../../people/rejection.ts';
import { Decision } from '../decision.ts';
import { notNow, problem } from '../problems/problem.ts';
import { defineRoute } from '../route.ts';

/** Blobs of dead letters that one answer names. */
const MOST_BLOBS = 100;

const Rejection = z
  .object({
    id: z.string(),
    trigger: z.string(),
    reason: z.string(),
    received: z.string().meta({ description: 'what came, redacted, its beginning' }),
    length: z.number().meta({ description: 'characters of what came' }),
    blob: z.string(),
    state: z.enum(REJECTION_STATES).meta({ description: 'open: nobody has settled it, or it came again since' }),
    canRetry: z
      .boolean()
      .meta({ description: 'whether it is open, and its message is kept so that it can be run again' }),
    retries: z.array(RetrySchema),
    handled: z.exactOptional(z.object({ by: z.string(), at: z.string(), reason: z.string() })),
  })
  .meta({ id: 'Rejection' });

function shown({ became, notice, ...kept }: KeptRejection, state: RejectionState = became): z.input<typeof Rejection> {
  const { retries, handled } = state;
  const where = whereRejected(state);
  return {
    ...{ ...kept, state: where, canRetry: where === 'open' && notice !== undefined, retries: [...retries] },
    ...(handled === undefined ? {} : { handled }),
  };
}

export const listRejections = defineRoute({
  id: 'listRejections',
  method: 'GET',
  path: '/api/rejections',
  summary: 'What was rejected on a day: what could not become a case, and the dead letters of the audit pipeline',
  tag: 'Rejections',
  access: { kind: 'read', right: 'read' },
  query: z.strictObject({
    day: z.iso.date().optional().meta({ description: 'UTC; by default today' }),
    state: z.enum(REJECTION_STATES).optional(),
  }),
  answers: {
    200: z.object({
      day: z.string(),
      rejections: z.array(Rejection),
      more: z.boolean(),
      unreadable: z
        .exactOptional(z.array(z.string()))
        .meta({ description: 'what was kept and cannot be read, one sentence each' }),
      toolCalls: z.object({ rejected: z.array(z.string()), notUploaded: z.array(z.string()) }),
    }),
  },
  async handle({ query }, { vendors, now }) {
    const day = query.day ?? now().toISOString().slice(0, 10);
    const [{ rejections, more, unreadable }, rejected, notUploaded] = await Promise.all([
      vendors.storage.listRejected(day),
      vendors.storage.listDeadLetters('rejected', MOST_BLOBS, day),
      vendors.storage.listDeadLetters('not-uploaded', MOST_BLOBS, day),
    ]);
    const toolCalls = { rejected, notUploaded };
    const all = rejections.map((each) => shown(each));
    const wanted = all.filter(({ state }) => query.state === undefined || state === query.state);
    return {
      status: 200,
      value: { day, rejections: wanted, more, toolCalls, ...(unreadable.length > 0 && { unreadable }) },
    };
  },
});

const shared = {
  method: 'POST',
  tag: 'Rejections',
  access: { kind: 'decide', right: 'operate' },
  params: z.object({
    id: z.string().meta({ description: 'id of the rejection', example: '2026-11-23-0123456789abcdef' }),
  }),
  body: Decision,
  answers: { 200: Rejection },
} as const;

export const retryRejection = defineRoute({
  ...shared,
  id: 'retryRejection',
  path: '/api/rejections/{id}/retry',
  summary:
    'Runs a rejected message of HR again, with what it said; one that was settled so before is answered as it was',
  problems: ['not-found', 'nothing-to-retry', 'own-affair'],
  async handle({ params: { id }, caller, body: { reason } }, { vendors, settings, start, log, now }) {
    const kept = await vendors.storage.getRejected(id);
    if (kept === undefined) return noSuchRejection();
    const mode = automaticMode(settings, 'hr-queue');
    const who = { by: caller.oid, reason };
    const retried = await retryRejected({ vendors, settings, mode, start, now }, kept, who, log);
    if (retried.kind === 'settled') {
      const { result, caseId } = retried.state.retries.at(-1) ?? {};
      log.warn('a rejected message was run again', { id, caller: caller.oid, result, caseId });
    }
    return answerTo(kept, retried);
  },
});

export const handleRejection = defineRoute({
  ...shared,
  id: 'handleRejection',
  path: '/api/rejections/{id}/handled',
  summary: 'Takes a rejection off the list of what is open, because somebody did what was to be done',
  problems: ['not-found', 'own-affair'],
  async handle({ params: { id }, caller, body: { reason } }, { vendors, log, now }) {
    const kept = await vendors.storage.getRejected(id);
    if (kept === undefined) return noSuchRejection();
    const handled = await handleRejected({ vendors, now }, kept, { by: caller.oid, reason });
    if (handled.kind === 'settled') log.warn('a rejection was handled', { id, caller: caller.oid });
    return answerTo(kept, handled);
  },
});

function noSuchRejection(): Response {
  return problem('not-found', {
    detail: 'There is no rejection of this id; GET /api/rejections lists those of a day.',
  });
}

type Said = { readonly status: 200; readonly value: z.input<typeof Rejection> };

function answerTo(kept: KeptRejection, became: RetriedRejection): Said | Response {
  switch (became.kind) {
    case 'settled':
      return { status: 200, value: shown(kept, became.state) };
    case 'nothing':
      return problem('nothing-to-retry', { detail: became.why });
    case 'own-affair':
      return problem('own-affair', { detail: 'It is about you: somebody else looks at it.' });
    case 'unreadable':
      return notNow(`Nothing was done. ${became.failure.message}`, became.failure);
    default:
      return became satisfies never;
  }
}
