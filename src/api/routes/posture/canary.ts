import * as z from 'zod';
import { canaryOf } from '../../../config/config-optional.ts';
import { askForCanary } from '../../../intake/runs/ask-for-canary.ts';
import { CANARY_STATES, type Canary as CanaryRow } from '../../../posture/canary/canary.ts';
import { count, instant } from '../../../shapes/primitives.ts';
import { Decision } from '../../decision.ts';
import { problem } from '../../problems/problem.ts';
import { defineRoute } from '../../route.ts';

const Canary = z
  .object({
    id: z.string(),
    state: z.enum(CANARY_STATES).meta({
      description:
        'scheduled, running, waiting (for the alert); detected, late, undetected; not-sent (not let through, nothing was tried), unread (the alerts could not be read)',
    }),
    by: z.exactOptional(z.string().meta({ description: 'object id of who asked; absent of the month’s own' })),
    dueAt: instant,
    beganAt: z.exactOptional(instant),
    calls: count.meta({ description: 'calls that were sent' }),
    answered: count.meta({ description: 'calls that the gateway let through' }),
    crossedAt: z.exactOptional(instant.meta({ description: 'when the call was sent that crosses the limit' })),
    alert: z.exactOptional(z.string().meta({ description: 'id of the alert' })),
    alertAt: z.exactOptional(instant),
    seconds: z.exactOptional(count.meta({ description: 'from crossing to alert' })),
    detail: z.exactOptional(z.string()),
  })
  .meta({ id: 'Canary' });

export const startCanary = defineRoute({
  id: 'startCanary',
  method: 'POST',
  path: '/api/posture/canary',
  summary:
    'Tries the detection of point 14: calls as nobody does by hand, in an API without documents, and waits for the alert',
  tag: 'Posture',
  access: { kind: 'decide', right: 'operate' },
  body: Decision,
  answers: { 202: Canary },
  problems: ['canary-not-set-up'],
  async handle({ caller, body: { reason } }, { vendors, settings, log, now }) {
    if (canaryOf(settings) === undefined) {
      return problem('canary-not-set-up', {
        detail: 'CANARY_CLIENT_ID, CANARY_URL and CANARY_RULE_ID are not set, or ASSESSOR_CLIENT_ID is not.',
      });
    }
    const canary = await askForCanary(vendors, caller.oid, now());
    log.info('a canary was asked for', { canary: canary.id, dueAt: canary.dueAt, caller: caller.oid, reason });
    return { status: 202, value: shown(canary), headers: { location: '/api/posture/canary' } };
  },
});

export const listCanaries = defineRoute({
  id: 'listCanaries',
  method: 'GET',
  path: '/api/posture/canary',
  summary: 'The last canaries, the newest first: whether the detection saw them, and after how many seconds',
  tag: 'Posture',
  access: { kind: 'read', right: 'read' },
  answers: {
    200: z.object({
      setUp: z.boolean().meta({ description: 'whether there is a canary at all' }),
      canaries: z.array(Canary),
    }),
  },
  async handle(_asked, { vendors, settings }) {
    const { canaries } = await vendors.storage.listCanaries();
    const value = { setUp: canaryOf(settings) !== undefined, canaries: canaries.map(shown) };
    return { status: 200, value };
  },
});

/** What the duty keeps for itself stays there. */
function shown({ lookAt: _, attempts: __, ...canary }: CanaryRow) {
  return canary;
}
