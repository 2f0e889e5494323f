import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { answerFailure } from '../api/answer-failure.ts';
import { authorise } from '../api/authorise.ts';
import { answerJson } from '../api/case-view.ts';
import { Decision, decisionIn } from '../api/decision.ts';
import { problem } from '../api/problem.ts';
import type { ApiSettings } from '../api/verify-token.ts';
import { config } from '../config.ts';
import { vendors as opened, type Vendors } from '../connectors/vendors.ts';
import { logFaults } from '../intake/log-faults.ts';
import { type Log, logOf } from '../log.ts';
import { parseOid } from '../people/oid.ts';

const authLevel = 'anonymous';

/** Who is denied at the gateway, and the two things that people decide about it. */
export function registerDeniedApi(): void {
  app.http('getDenied', {
    ...{ route: 'denied', methods: ['GET'], authLevel },
    handler: (request, context) => answerFailure(context, () => getDenied(opened(), config(), request)),
  });
  app.http('acceptDenied', {
    ...{ route: 'denied/accept', methods: ['POST'], authLevel },
    handler: (request, context) =>
      answerFailure(context, () => acceptDenied(opened(), config(), request, logOf(context), new Date())),
  });
  app.http('releaseDenied', {
    ...{ route: 'denied/{oid}/release', methods: ['POST'], authLevel },
    handler: (request, context) =>
      answerFailure(context, () => releaseDenied(opened(), config(), request, logOf(context), new Date())),
  });
}

/** `GET /api/denied`: every row of the table, and why nothing is projected from it where that is so. */
export async function getDenied(
  vendors: Pick<Vendors, 'storage'>,
  settings: ApiSettings,
  request: HttpRequest,
): Promise<HttpResponseInit> {
  const authorised = await authorise(settings, request, 'read');
  if ('answer' in authorised) return authorised.answer;
  const [rows, mark] = await Promise.all([vendors.storage.listDenied(), vendors.storage.readDeniedMark()]);
  const blocked = mark?.blocked;
  return answerJson(
    { rows, ...(blocked === undefined ? {} : { blocked }) },
    { ifNoneMatch: request.headers.get('if-none-match') },
  );
}

/** `POST /api/denied/accept`: the table is right as it is. Whoever the list names and the table does not stays denied. */
export async function acceptDenied(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: ApiSettings,
  request: HttpRequest,
  log: Log,
  now: Date,
): Promise<HttpResponseInit> {
  const decided = await decisionIn(vendors, settings, request, 'operate', Decision);
  if ('answer' in decided) return decided.answer;
  const { caller, reason } = decided;
  const projected = await vendors.denied.accept(caller, now);
  if (!projected.ok) return problem('unavailable', { detail: projected.failure.message });
  log.warn('the table of the denied was accepted as it is', { caller, reason });
  logFaults(log, projected.value.faults);
  const { added, dropped } = projected.value;
  return answerJson({ added, dropped });
}

/** `POST /api/denied/{oid}/release`: somebody is let in again. Nobody releases themselves. */
export async function releaseDenied(
  vendors: Pick<Vendors, 'denied' | 'storage'>,
  settings: ApiSettings,
  request: HttpRequest,
  log: Log,
  now: Date,
): Promise<HttpResponseInit> {
  const decided = await decisionIn(vendors, settings, request, 'operate', Decision);
  if ('answer' in decided) return decided.answer;
  const { caller, reason } = decided;
  const oid = parseOid(request.params.oid ?? '');
  const nobody = 'Nobody is or was denied under this object id; GET /api/denied lists them.';
  if (oid === undefined) return problem('not-found', { detail: nobody });
  if (oid === caller) return problem('own-affair', { detail: 'Ask another operator to release you.' });
  const { row, changed, projected } = await vendors.denied.release({
    oid,
    at: now.toISOString(),
    by: caller,
    why: reason,
  });
  if (row === undefined) return problem('not-found', { detail: nobody });
  log.warn('a denial was released', { oid, caller, changed, listed: projected?.ok !== true });
  if (projected?.ok) logFaults(log, projected.value.faults);
  // Recorded in any case; where the gateway does not answer now, the timer takes the id off the list.
  return answerJson({ row, list: projected?.ok === false ? 'later' : 'written' });
}
