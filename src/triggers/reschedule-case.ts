import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import * as z from 'zod';
import { answerJson, caseView } from '../api/case-view.ts';
import { Decision, decisionIn } from '../api/decision.ts';
import { notNow, problem } from '../api/problem.ts';
import type { ApiSettings } from '../api/verify-token.ts';
import type { Config } from '../config.ts';
import type { StoredCase } from '../connectors/storage/case-table.ts';
import type { Vendors } from '../connectors/vendors.ts';
import type { IntakeSettings } from '../intake/opened-case.ts';
import {
  cancelScheduled,
  moveScheduled,
  type StartedScheduled,
  startScheduled,
  type Word,
} from '../intake/scheduled-cases.ts';
import { type StartCase, startOpenCase } from '../intake/start-row.ts';
import type { Log } from '../log.ts';
import { caseOf } from './get-case.ts';
import { WHEN, whenInstead } from './when-to-start.ts';

/** The body of `/reschedule`. */
const Moved = z.strictObject({ ...WHEN, ...Decision.shape, when: z.iso.datetime({ offset: true }).optional() });

/** `POST /api/cases/{id}/cancel`: takes a scheduled case off. */
export async function cancelCase(
  vendors: Pick<Vendors, 'storage'>,
  settings: ApiSettings,
  request: HttpRequest,
  log: Log,
  now: Date,
): Promise<HttpResponseInit> {
  const asked = await read(vendors, settings, request, Decision, now);
  if ('answer' in asked) return asked.answer;
  return answerTo(await cancelScheduled(vendors, asked.stored.row.caseId, asked.word), 'cancelled', asked, log);
}

/** `POST /api/cases/{id}/start`: starts a scheduled case before its instant. */
export async function startCaseNow(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: ApiSettings & IntakeSettings,
  request: HttpRequest,
  start: StartCase,
  log: Log,
  now: () => Date,
): Promise<HttpResponseInit> {
  const asked = await read(vendors, settings, request, Decision, now());
  if ('answer' in asked) return asked.answer;
  const { row } = asked.stored;
  // The app may have died after it changed the row and before it began: the operator's repeat goes on from there.
  if (row.state === 'open' && (await startOpenCase(vendors, settings, row, start, now)) === 'started')
    return answerJson(caseView((await vendors.storage.getCase(row.caseId))?.row ?? row));
  if (row.state !== 'scheduled') return notScheduled(asked.stored);
  return answerTo(await startScheduled(vendors, settings, asked.stored, start, now, asked.word), 'started', asked, log);
}

/** `POST /api/cases/{id}/reschedule`: lets a scheduled case wait for another day. */
export async function rescheduleCase(
  vendors: Pick<Vendors, 'storage'>,
  settings: ApiSettings & Pick<Config, 'BUSINESS_TIME_ZONE' | 'LAST_DAY_ENDS'>,
  request: HttpRequest,
  log: Log,
  now: Date,
): Promise<HttpResponseInit> {
  const asked = await read(vendors, settings, request, Moved, now);
  if ('answer' in asked) return asked.answer;
  const instead = whenInstead(asked.body, settings, now);
  if ('errors' in instead) return problem('invalid-request', { detail: 'It was not moved.', errors: instead.errors });
  if (asked.stored.row.state !== 'scheduled') return notScheduled(asked.stored);
  const { lastDay } = asked.body;
  const to = { ...instead, ...(lastDay === undefined ? {} : { lastDay }) };
  return answerTo(await moveScheduled(vendors, asked.stored.row.caseId, to, asked.word, now), 'moved', asked, log);
}

interface Asked<Body> {
  readonly stored: StoredCase;
  readonly body: Body;
  readonly word: Word;
}

/** Who decides what about which case, or the answer to whoever may not, or says too little. */
async function read<Body extends { readonly reason: string }>(
  vendors: Pick<Vendors, 'storage'>,
  settings: ApiSettings,
  request: HttpRequest,
  shape: z.ZodType<Body>,
  now: Date,
): Promise<Asked<Body> | { readonly answer: HttpResponseInit }> {
  const decided = await decisionIn(vendors, settings, request, 'operate', shape);
  if ('answer' in decided) return decided;
  const found = await caseOf(vendors, request);
  if ('answer' in found) return found;
  const { caller, reason, said } = decided;
  if (caller === found.stored.row.oid)
    return { answer: problem('own-affair', { detail: 'Ask another operator to decide about your own case.' }) };
  const word: Word = {
    ...{ trigger: 'api', requestedBy: caller, requestedAt: now.toISOString(), reason },
  };
  return { stored: found.stored, body: said, word };
}

function answerTo(
  result: StartedScheduled,
  what: string,
  { word, stored: { row } }: Asked<unknown>,
  log: Log,
): HttpResponseInit {
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
      return answerJson(caseView(result.stored.row));
    case 'done':
    case 'not-due':
      log.warn(`a scheduled case was ${what}`, { caseId: row.caseId, oid: row.oid, caller: word.requestedBy });
      return answerJson(caseView(result.stored.row));
    default:
      return result satisfies never;
  }
}

function notScheduled({ row: { caseId, state } }: StoredCase): HttpResponseInit {
  return problem('not-scheduled', { detail: `The case ${caseId} is ${state}.`, extra: { caseId, state } });
}
