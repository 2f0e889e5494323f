import * as z from 'zod';
import { HELD_BY, TRIGGERS } from '../../cases/case.ts';
import { PauseSchema } from '../../cases/pause.ts';
import { heldByBrake } from '../../intake/rules/held-by-brake.ts';
import { releaseHeld as release } from '../../intake/starting/release-held.ts';
import { count, instant, text } from '../../shapes/primitives.ts';
import { Decision } from '../decision.ts';
import { defineRoute } from '../route.ts';

const Release = Decision.extend({
  heldBy: z.enum(HELD_BY).optional(),
  trigger: z.enum(TRIGGERS).optional(),
  openedFrom: z.iso.datetime({ offset: true }).optional(),
  openedTo: z.iso.datetime({ offset: true }).optional(),
});

export const listHeld = defineRoute({
  id: 'listHeld',
  method: 'GET',
  path: '/api/held',
  summary: 'What keeps cases from being started: the pause, and the cases on hold by brake and trigger',
  tag: 'Cases',
  access: { kind: 'read', right: 'read' },
  answers: {
    200: z.object({
      paused: z.exactOptional(PauseSchema),
      held: z.array(
        z.object({
          heldBy: z.enum(HELD_BY),
          trigger: z.enum(TRIGGERS),
          cases: count,
          since: instant.meta({ description: 'when the oldest of them was opened' }),
          why: text.meta({ description: 'as the newest of them says it' }),
        }),
      ),
    }),
  },
  async handle(_asked, { vendors }) {
    const [paused, { rows }] = await Promise.all([vendors.storage.readPause(), vendors.storage.unfinishedCases()]);
    return { status: 200, value: { ...(paused === undefined ? {} : { paused }), held: heldByBrake(rows) } };
  },
});

/** One by one they are released by `POST /api/cases` for the person. */
export const releaseHeld = defineRoute({
  id: 'releaseHeld',
  method: 'POST',
  path: '/api/held/release',
  summary:
    'Starts the cases on hold: all of them, those that a brake holds, those of a trigger, or those of a span of time',
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
    const { heldBy, trigger, openedFrom, openedTo } = said;
    const brake = { ...(heldBy && { heldBy }), ...(trigger && { trigger }) };
    const which = { ...brake, ...(openedFrom && { openedFrom }), ...(openedTo && { openedTo }) };
    const done = await release(vendors, settings, which, { caller: caller.oid, reason }, start, now);
    log.warn('cases on hold were released', { caller: caller.oid, reason, ...which, ...done });
    return { status: 200, value: done };
  },
});
