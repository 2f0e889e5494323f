import * as z from 'zod';
import type { CaseRow } from '../../cases/case.ts';
import { ExceptionSchema, standingAt } from '../../cases/decisions/exception.ts';
import { FindingIdSchema } from '../../cases/ids.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { acceptFindings as accept, revokeException as revoke } from '../../intake/deciding/accept-findings.ts';
import { instant, sha256 } from '../../shapes/primitives.ts';
import { type Caller, may } from '../access/caller.ts';
import { CaseReading } from '../answer-view.ts';
import { Decision } from '../decision.ts';
import { problem } from '../problems/problem.ts';
import { defineRoute } from '../route.ts';
import { concerns } from './cases/decide.ts';
import { CasePath, theCase } from './cases/the-case.ts';

const View = ExceptionSchema.omit({ file: true, endTold: true }).meta({ id: 'Exception' });
const shown = ({ file: _, endTold: __, ...exception }: z.output<typeof ExceptionSchema>): z.output<typeof View> =>
  exception;

export const acceptFindings = defineRoute({
  id: 'acceptFindings',
  method: 'POST',
  path: '/api/cases/{id}/exceptions',
  summary: 'Accepts findings of the newest report until a day; they stand in each report, and never make a case clear',
  tag: 'Cases',
  access: { kind: 'decide', right: 'approve' },
  params: CasePath,
  body: Decision.extend({
    findingIds: z.array(FindingIdSchema).min(1).max(100),
    until: instant.meta({ description: 'at most EXCEPTION_DAYS away' }),
    planHash: sha256
      .optional()
      .meta({ description: 'hash of the plan that was looked at; left out where there is none' }),
  }),
  answers: { 202: z.object({ exceptions: z.array(View), reading: CaseReading }) },
  problems: ['not-found', 'nothing-to-decide', 'changed', 'own-affair'],
  async handle({ params, caller, body }, { vendors, settings, log, now }) {
    const found = await theCase(vendors, params);
    if ('answer' in found) return found.answer;
    const { row } = found.stored;
    const refused = await whyNotThey(vendors, caller, row);
    if (refused !== undefined) return refused;
    const accepting = { ...body, by: caller.oid, administers: may(caller, 'administer') };
    const accepted = await accept(vendors, settings, row, accepting, now());
    switch (accepted.kind) {
      case 'accepted': {
        const about = { caseId: row.caseId, oid: row.oid, caller: caller.oid, findings: accepted.exceptions.length };
        log.warn('findings were accepted', { ...about, until: body.until });
        return { status: 202, value: { exceptions: accepted.exceptions.map(shown), reading: { ...accepted.reading } } };
      }
      case 'nothing':
        return problem('nothing-to-decide', { detail: accepted.why });
      case 'changed':
        return problem('changed', { detail: accepted.why });
      case 'faults': {
        const errors = accepted.faults.map(({ findingId, why }) => ({ parameter: findingId, detail: why }));
        return problem('nothing-to-decide', { detail: 'Nothing was accepted: some findings cannot be.', errors });
      }
      default:
        return accepted satisfies never;
    }
  },
});

export const listExceptions = defineRoute({
  id: 'listExceptions',
  method: 'GET',
  path: '/api/exceptions',
  summary: 'Every finding that somebody accepts now, those that end soonest first',
  tag: 'Cases',
  access: { kind: 'read', right: 'read' },
  query: z.strictObject({
    within: z.coerce
      .number()
      .int()
      .min(1)
      .max(3_650)
      .optional()
      .meta({ description: 'only what ends within so many days' }),
  }),
  answers: { 200: z.object({ exceptions: z.array(View) }) },
  async handle({ query: { within } }, { vendors, now }) {
    const at = now();
    const last = within === undefined ? Number.POSITIVE_INFINITY : at.getTime() + within * 86_400_000;
    const standing = standingAt(await vendors.storage.listExceptions(), at.toISOString()).filter(
      ({ until }) => Date.parse(until) <= last,
    );
    const sorted = standing.toSorted((one, other) => Date.parse(one.until) - Date.parse(other.until));
    return { status: 200, value: { exceptions: sorted.map(shown) } };
  },
});

export const revokeException = defineRoute({
  id: 'revokeException',
  method: 'POST',
  path: '/api/exceptions/{exception}/revoke',
  summary: 'A finding is not accepted any more: it is open again in the next revision of its case',
  tag: 'Cases',
  access: { kind: 'decide', right: 'operate' },
  params: z.object({ exception: z.string().meta({ description: 'id of the exception', example: 'X-0123456789ab' }) }),
  body: Decision,
  answers: { 202: z.object({ exception: View, reading: CaseReading }) },
  problems: ['not-found'],
  async handle({ params, caller, body: { reason } }, { vendors, settings, log, now }) {
    const revoked = await revoke(vendors, settings, params.exception, { by: caller.oid, reason }, now());
    if (revoked === undefined)
      return problem('not-found', { detail: 'There is no such exception; GET /api/exceptions lists them.' });
    const { exception, reading } = revoked;
    log.warn('an exception was revoked', { exception: exception.id, oid: exception.oid, caller: caller.oid });
    return { status: 202, value: { exception: shown(exception), reading: { ...reading } } };
  },
});

async function whyNotThey(
  vendors: Pick<Vendors, 'storage'>,
  caller: Caller,
  row: CaseRow,
): Promise<Response | undefined> {
  if (caller.isApp) return problem('own-affair', { detail: 'A person accepts, signed in as themselves.' });
  if (!(await concerns(vendors, row, caller.oid))) return undefined;
  return problem('own-affair', {
    detail: 'You asked for this case, or it is about you: somebody else accepts what is found.',
  });
}
