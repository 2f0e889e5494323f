import * as z from 'zod';
import { EndedPauseSchema, PauseSchema } from '../../../cases/pause.ts';
import { Decision } from '../../decision.ts';
import { defineRoute } from '../../route.ts';

export const pauseApp = defineRoute({
  id: 'pauseApp',
  method: 'POST',
  path: '/api/pause',
  summary: 'From now on nothing is cut; every new case is contained and on hold',
  tag: 'Operation',
  access: { kind: 'decide', right: 'administer' },
  body: Decision,
  answers: { 200: z.object({ paused: PauseSchema }) },
  async handle({ caller, body: { reason } }, { vendors, log, now }) {
    const paused = await vendors.storage.pauseApp({ since: now().toISOString(), by: caller.oid, why: reason });
    // An error, because it alerts: for as long as this lasts nobody is offboarded.
    log.error('the app was paused', { code: 'app-paused', caller: caller.oid, reason, since: paused.since });
    return { status: 200, value: { paused } };
  },
});

export const endPause = defineRoute({
  id: 'endPause',
  method: 'DELETE',
  path: '/api/pause',
  summary: 'Ends the pause; what was put on hold meanwhile stays there until somebody releases it',
  tag: 'Operation',
  access: { kind: 'decide', right: 'administer' },
  body: Decision,
  answers: {
    200: z.object({
      ended: EndedPauseSchema.nullable(),
      paused: z.exactOptional(PauseSchema).meta({ description: 'another pause, which goes on' }),
    }),
  },
  async handle({ caller, body: { reason } }, { vendors, log, now }) {
    const end = { endedAt: now().toISOString(), endedBy: caller.oid, endedWhy: reason };
    const ended = await vendors.storage.endPause(end);
    const who = { caller: caller.oid, reason };
    if (ended === undefined) log.info('the app was not paused, or somebody else ended the pause', who);
    else log.warn('the pause of the app has ended', { ...who, ...ended });
    const paused = await vendors.storage.readPause();
    return { status: 200, value: { ended: ended ?? null, ...(paused === undefined ? {} : { paused }) } };
  },
});
