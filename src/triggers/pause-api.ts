import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { answerFailure } from '../api/answer-failure.ts';
import { answerJson } from '../api/case-view.ts';
import { Decision, decisionIn } from '../api/decision.ts';
import type { ApiSettings } from '../api/verify-token.ts';
import { config } from '../config.ts';
import { vendors as opened, type Vendors } from '../connectors/vendors.ts';
import { type Log, logOf } from '../log.ts';

const route = { route: 'pause', authLevel: 'anonymous' } as const;

/** The switch that stops everything but containment. */
export function registerPauseApi(): void {
  app.http('pause', {
    ...{ ...route, methods: ['POST'] },
    handler: (request, context) =>
      answerFailure(context, () => postPause(opened(), config(), request, logOf(context), new Date())),
  });
  app.http('endPause', {
    ...{ ...route, methods: ['DELETE'] },
    handler: (request, context) =>
      answerFailure(context, () => deletePause(opened(), config(), request, logOf(context), new Date())),
  });
}

/** `POST /api/pause`: from now on nothing is cut; every new case is contained and on hold. */
export async function postPause(
  vendors: Pick<Vendors, 'storage'>,
  settings: ApiSettings,
  request: HttpRequest,
  log: Log,
  now: Date,
): Promise<HttpResponseInit> {
  const decided = await decisionIn(vendors, settings, request, 'administer', Decision);
  if ('answer' in decided) return decided.answer;
  const { caller, reason } = decided;
  const paused = await vendors.storage.pauseApp({ since: now.toISOString(), by: caller, why: reason });
  // An error, because it alerts: for as long as this lasts nobody is offboarded.
  log.error('the app was paused', { code: 'app-paused', caller, reason, since: paused.since });
  return answerJson({ paused });
}

/** `DELETE /api/pause`: what was put on hold meanwhile stays there until somebody releases it. */
export async function deletePause(
  vendors: Pick<Vendors, 'storage'>,
  settings: ApiSettings,
  request: HttpRequest,
  log: Log,
  now: Date,
): Promise<HttpResponseInit> {
  const decided = await decisionIn(vendors, settings, request, 'administer', Decision);
  if ('answer' in decided) return decided.answer;
  const { caller, reason } = decided;
  const end = { endedAt: now.toISOString(), endedBy: caller, endedWhy: reason };
  const ended = await vendors.storage.endPause(end);
  if (ended === undefined) log.info('the app was not paused, or somebody else ended the pause', { caller, reason });
  else log.warn('the pause of the app has ended', { caller, reason, ...ended });
  const paused = await vendors.storage.readPause();
  return answerJson({ ended: ended ?? null, ...(paused && { paused }) });
}
