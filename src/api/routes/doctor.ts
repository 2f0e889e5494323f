import * as z from 'zod';
import { AUTOMATIC_TRIGGERS, CASE_MODES } from '../../cases/case.ts';
import { STRICTER } from '../../cases/decisions/decision-policy.ts';
import { examine } from '../../doctor/examine.ts';
import { text } from '../../shapes/primitives.ts';
import { defineRoute } from '../route.ts';

const optional = z.exactOptional(text);

const Diagnosis = z
  .object({
    verdict: z.enum(['ready', 'unknown', 'not-ready']),
    headline: text,
    permissions: z.array(
      z.object({
        ...{ id: text, identity: text, system: text, permission: text },
        state: z.enum(['granted', 'missing', 'could-not-check']),
        detail: optional,
        withoutIt: z
          .exactOptional(z.array(text))
          .meta({ description: 'what does not work as long as it is not granted' }),
        whatToDo: optional,
      }),
    ),
    checks: z.array(
      z.object({
        check: text,
        state: z.enum(['passes', 'fails', 'could-not-check']),
        detail: text,
        whatToDo: optional,
      }),
    ),
    automaticTriggers: z.array(
      z.object({ trigger: z.enum(AUTOMATIC_TRIGGERS), setting: text, mode: z.enum(CASE_MODES), detail: text }),
    ),
    decisionPolicy: z.array(z.object({ about: text, how: z.enum(STRICTER), detail: text })),
    sources: z.object({
      unread: z.array(z.object({ source: text, why: text, whatToDo: text })),
      exemptions: z.array(
        z.object({ sources: z.array(text), reason: text, by: text, until: text, state: z.enum(['holds', 'over']) }),
      ),
      standingLimits: z.object({ acknowledged: z.array(text), notAcknowledged: z.array(text) }),
    }),
    notAsked: z.array(z.object({ id: text, permission: text, why: text })),
  })
  .meta({ id: 'Diagnosis' });

/** Whatever is found is a 200; the verdict says how it stands. */
export const getDoctor = defineRoute({
  id: 'getDoctor',
  method: 'GET',
  path: '/api/doctor',
  summary: 'Whether the app holds every permission that it needs, and what to do about those that it does not hold',
  tag: 'Operation',
  access: { kind: 'read', right: 'operate' },
  answers: { 200: Diagnosis },
  async handle(_asked, { vendors, settings, now }) {
    return { status: 200, value: await examine(vendors, settings, now()) };
  },
});
