import * as z from 'zod';
import type { StoredCase } from '../../../connectors/storage/cases/case-table.ts';
import type { Vendors } from '../../../connectors/vendors.ts';
import { isTheirs } from '../../../intake/deciding/own-affair.ts';
import {
  cancelScheduled,
  moveScheduled,
  type StartedScheduled,
  startScheduled,
  type Word,
} from '../../../intake/starting/scheduled-cases.ts';
import { startOpenCase } from '../../../intake/starting/start-row.ts';
import type { Log } from '../../../log.ts';
import type { Caller } from '../../access/caller.ts';
import { CaseView, caseView } from '../../case-view.ts';
import { Decision } from '../../decision.ts';
import { IfMatch, theCaseAsSeen } from '../../if-match.ts';
import { notNow, problem } from '../../problems/problem.ts';
import { defineRoute, type Tools } from '../../route.ts';
import { WHEN, whenInstead } from '../parts/when-to-start.ts';
import { CasePath } from './the-case.ts';

const shared = {
  method: 'POST',
  tag: 'Cases',
  access: { kind: 'decide', right: 'operate' },
  params: CasePath,
  headers: IfMatch,
  answers: { 200: CaseView },
  problems: ['not-found', 'not-scheduled', 'refused', 'changed', 'own-affair'],
} as const;

export const cancelCase = defineRoute({
  ...shared,
  id: 'cancelCase',
  path: '/api/cases/{id}/cancel',
  summary: 'Cancels a scheduled case',
  body: Decision,
  async handle({ params, headers, caller, body }, tools) {
    const meant = await meantBy({ params, headers, caller }, body.reason, tools);
    if ('answer' in meant) return meant.answer;
    return answerTo(
      await cancelScheduled(meant.vendors, meant.stored.row.caseId, meant.word),
      'cancelled',
      meant,
      tools.log,
    );
  },
});

export const startCase = defineRoute({
  ...shared,
  id: 'startCase',
  path: '/api/cases/{id}/start',
  summary: 'Starts a scheduled case before its instant',
  body: Decision,
  async handle({ params, headers, caller, body }, tools) {
    const meant = await meantBy({ params, headers, caller }, body.reason, tools);
    if ('answer' in meant) return meant.answer;
    const { vendors, stored, word } = meant;
    const { row } = stored;
    const { settings, start, now, log } = tools;
    // The app may have died after it changed the row and before it began: the operator's repeat goes on from there.
    if (row.state === 'open' && (await startOpenCase(vendors, settings, row, start, now)) === 'started')
      return { status: 200, value: caseView((await vendors.storage.getCase(row.caseId))?.row ?? row) };
    if (row.state !== 'scheduled') return notScheduled(stored);
    return answerTo(await startScheduled(vendors, settings, stored, start, now, word), 'started', meant, log);
  },
});

export const rescheduleCase = defineRoute({
  ...shared,
  id: 'rescheduleCase',
  path: '/api/cases/{id}/reschedule',
  summary: 'Lets a scheduled case wait for another day',
  body: z.strictObject({ ...WHEN, ...Decision.shape, when: z.iso.datetime({ offset: true }).optional() }),
  async handle({ params, headers, caller, body }, tools) {
    const meant = await meantBy({ params, headers, caller }, body.reason, tools);
    if ('answer' in meant) return meant.answer;
    const { stored, word } = meant;
    const now = tools.now();
    const instead = whenInstead(body, tools.settings, now);
    if ('errors' in instead) return problem('invalid-request', { detail: 'It was not moved.', errors: instead.errors });
    if (stored.row.state !== 'scheduled') return notScheduled(stored);
    const to = { ...instead, ...(body.lastDay === undefined ? {} : { lastDay: body.lastDay }) };
    return answerTo(await moveScheduled(meant.vendors, stored.row.caseId, to, word, now), 'moved', meant, tools.log);
  },
});

interface Meant {
  readonly stored: StoredCase;
  readonly vendors: Vendors;
  readonly word: Word;
}

interface MeantInput {
  readonly params: z.output<typeof CasePath>;
  readonly headers: z.output<typeof IfMatch>;
  readonly caller: Caller;
}

/** Which case is meant, and who says what about it; or the answer to whoever may not. */
async function meantBy(
  { params, headers, caller }: MeantInput,
  reason: string,
  { vendors, now }: Tools,
): Promise<Meant | { readonly answer: Response }> {
  const found = await theCaseAsSeen(vendors, params, headers);
  if ('answer' in found) return found;
  if (await isTheirs(vendors, found.stored.row.oid, caller.oid))
    return { answer: problem('own-affair', { detail: 'Ask another operator to decide about your own case.' }) };
  const word: Word = { trigger: 'api', requestedBy: caller.oid, requestedAt: now().toISOString(), reason };
  return { ...found, word };
}

type Said = { readonly status: 200; readonly value: CaseView };

function answerTo(result: StartedScheduled, what: string, { word, stored: { row } }: Meant, log: Log): Said | Response {
  switch (result.kind) {
    case 'unreadable':
      return notNow(`The case is scheduled as it was. ${result.failure.message}`, result.failure);
    case 'refused':
      return problem('refused', { detail: result.stored.row.refusal ?? 'The case was refused.' });
    case 'not-scheduled':
      return notScheduled(result.stored);
    case 'on-hold':
      log.error('the case is on hold', {
        code: 'case-on-hold',
        ...{ caseId: row.caseId, oid: row.oid, caller: word.requestedBy },
        onHold: result.stored.row.onHold,
      });
      return { status: 200, value: caseView(result.stored.row) };
    case 'done':
    case 'not-due':
      log.warn(`a scheduled case was ${what}`, { caseId: row.caseId, oid: row.oid, caller: word.requestedBy });
      return { status: 200, value: caseView(result.stored.row) };
    default:
      return result satisfies never;
  }
}

function notScheduled({ row: { caseId, state } }: StoredCase): Response {
  return problem('not-scheduled', { detail: `The case ${caseId} is ${state}.`, extra: { caseId, state } });
}
