import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import * as df from 'durable-functions';
import * as z from 'zod';
import { answerFailure } from '../api/answer-failure.ts';
import { answerJson } from '../api/case-view.ts';
import { Decision, decisionIn } from '../api/decision.ts';
import type { ApiSettings } from '../api/verify-token.ts';
import { HELD_BY } from '../cases/case.ts';
import { config } from '../config.ts';
import { vendors as opened, type Vendors } from '../connectors/vendors.ts';
import { releaseHeld } from '../intake/release-held.ts';
import { startCaseWith } from '../intake/start-case.ts';
import type { StartCase, StartedLater } from '../intake/start-row.ts';
import { type Log, logOf } from '../log.ts';

/** All cases on hold at once; one by one they are released by `POST /api/cases` for the person. */
export function registerHeldApi(): void {
  app.http('releaseHeld', {
    ...{ route: 'held/release', methods: ['POST'], authLevel: 'anonymous' },
    extraInputs: [df.input.durableClient()],
    handler: (request, context) =>
      answerFailure(context, () =>
        postRelease(opened(), config(), request, startCaseWith(df.getClient(context)), logOf(context)),
      ),
  });
}

/** The body of `POST /api/held/release`. */
const Release = Decision.extend({
  heldBy: z.enum(HELD_BY).optional(),
  openedFrom: z.iso.datetime({ offset: true }).optional(),
  openedTo: z.iso.datetime({ offset: true }).optional(),
});

/** `POST /api/held/release`: starts the cases on hold, those that a brake holds, or those of a span of time. */
export async function postRelease(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: ApiSettings & StartedLater,
  request: HttpRequest,
  start: StartCase,
  log: Log,
  now: () => Date = () => new Date(),
): Promise<HttpResponseInit> {
  const decided = await decisionIn(vendors, settings, request, 'operate', Release);
  if ('answer' in decided) return decided.answer;
  const { caller, reason, said } = decided;
  const { heldBy, openedFrom, openedTo } = said;
  const which = { ...(heldBy && { heldBy }), ...(openedFrom && { openedFrom }), ...(openedTo && { openedTo }) };
  const done = await releaseHeld(vendors, settings, which, { caller, reason }, start, now);
  log.warn('cases on hold were released', { caller, reason, ...which, ...done });
  return answerJson(done);
}
