import * as z from 'zod';
import { HELD_BY } from '../../cases/case.ts';
import { releaseHeld as release } from '../../intake/release-held.ts';
import { count } from '../../shapes/primitives.ts';
import { Decision } from '../decision.ts';
import { defineRoute } from '../route.ts';

const Release = Decision.extend({
  heldBy: z.enum(HELD_BY).optional(),
  openedFrom: z.iso.datetime({ offset: true }).optional(),
  openedTo: z.iso.datetime({ offset: true }).optional(),
});

/** One by one they are released by `POST /api/cases` for the person. */
export const releaseHeld = defineRoute({
  id: 'releaseHeld',
  method: 'POST',
  path: '/api/held/release',
  summary: 'Starts the cases on hold: all of them, those that a brake holds, or those of a span of time',
  tag: 'Cases',
  access: { kind: 'decide', right: 'operate' },
  body: Release,
  answers: {
    200: z.object({
      ...{ started: count, notStarted: count, left: count },
      why: z.exactOptional(z.string()).meta({ description: 'why nothing was started' }),
    }),
  },
  async handle({ caller, body: { reason, ...said } }, { vendors, settings, start, log, now }) {
    const { heldBy, openedFrom, openedTo } = said;
    const which = { ...(heldBy && { heldBy }), ...(openedFrom && { openedFrom }), ...(openedTo && { openedTo }) };
    const done = await release(vendors, settings, which, { caller: caller.oid, reason }, start, now);
    log.warn('cases on hold were released', { caller: caller.oid, reason, ...which, ...done });
    return { status: 200, value: done };
  },
});
