import * as z from 'zod';
import { PauseSchema } from '../../cases/pause.ts';
import { Decision } from '../decision.ts';
import { defineRoute } from '../route.ts';

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
    log.error('the app was paused', { caller: caller.oid, reason, since: paused.since });
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
  answers: { 200: z.object({ ended: PauseSchema.nullable() }) },
  async handle({ caller }, { vendors, log }) {
    const paused = await vendors.storage.endPause();
    log.warn('the pause of the app has ended', { caller: caller.oid, ...paused });
    return { status: 200, value: { ended: paused ?? null } };
  },
});
