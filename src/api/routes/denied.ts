import * as z from 'zod';
import { DeniedSchema } from '../../cases/denied.ts';
import { logFaults } from '../../intake/log-faults.ts';
import { tellContainment } from '../../intake/tell-containment.ts';
import { parseOid } from '../../people/oid.ts';
import { Decision } from '../decision.ts';
import { isTheirs } from '../own-affair.ts';
import { problem } from '../problem.ts';
import { defineRoute } from '../route.ts';

/** So long ago a change of a row may be and is told by whoever made it; the timer tells what nobody told. */
export const RECENT_MS = 60_000;

export const DeniedRow = DeniedSchema.meta({ id: 'Denied' });

/** The parameter of every path that names one who is denied. */
export const DeniedPath = z.object({ oid: z.string().meta({ description: 'object id of a person or an identity' }) });

export const listDenied = defineRoute({
  id: 'listDenied',
  method: 'GET',
  path: '/api/denied',
  summary: 'Who is or was denied at the gateway, and why nothing is projected from it where that is so',
  tag: 'Deny list',
  access: { kind: 'read', right: 'read' },
  answers: { 200: z.object({ rows: z.array(DeniedRow), blocked: z.exactOptional(z.string()) }) },
  async handle(_asked, { vendors }) {
    const [rows, mark] = await Promise.all([vendors.storage.listDenied(), vendors.storage.readDeniedMark()]);
    const blocked = mark?.blocked;
    return { status: 200, value: { rows, ...(blocked === undefined ? {} : { blocked }) } };
  },
});

/** Whoever the list names and the table does not stays denied. */
export const acceptDenied = defineRoute({
  id: 'acceptDenied',
  method: 'POST',
  path: '/api/denied/accept',
  summary: 'The table of the denied is right as it is',
  tag: 'Deny list',
  access: { kind: 'decide', right: 'operate' },
  body: Decision,
  answers: { 200: z.object({ added: z.array(z.string()), dropped: z.array(z.string()) }) },
  async handle({ caller: { oid: caller }, body: { reason } }, { vendors, log, now }) {
    const projected = await vendors.denied.accept(caller, now());
    if (!projected.ok) return problem('unavailable', { detail: projected.failure.message });
    log.warn('the table of the denied was accepted as it is', { caller, reason });
    logFaults(log, projected.value.faults);
    const { added, dropped } = projected.value;
    return { status: 200, value: { added, dropped } };
  },
});

export const releaseDenied = defineRoute({
  id: 'releaseDenied',
  method: 'POST',
  path: '/api/denied/{oid}/release',
  summary: 'Somebody is let in again; nobody releases themselves',
  tag: 'Deny list',
  access: { kind: 'decide', right: 'operate' },
  params: DeniedPath,
  body: Decision,
  answers: {
    200: z.object({
      row: DeniedRow,
      list: z
        .enum(['written', 'later'])
        .meta({ description: 'later: the gateway did not answer; a timer takes the id off' }),
    }),
  },
  problems: ['not-found', 'own-affair'],
  async handle({ caller: { oid: caller }, params, body: { reason } }, { vendors, settings, log, now }) {
    const oid = parseOid(params.oid);
    const nobody = 'Nobody is or was denied under this object id; GET /api/denied lists them.';
    if (oid === undefined) return problem('not-found', { detail: nobody });
    if (await isTheirs(vendors, oid, caller))
      return problem('own-affair', { detail: 'Ask another operator to release you.' });
    const { row, changed, projected } = await vendors.denied.release({
      ...{ oid, at: now().toISOString(), by: caller, why: reason },
    });
    if (row === undefined) return problem('not-found', { detail: nobody });
    log.warn('a denial was released', { oid, caller, changed, listed: projected?.ok !== true });
    if (changed) await tellContainment(vendors, settings, row, RECENT_MS, now());
    if (projected?.ok) logFaults(log, projected.value.faults);
    // Recorded in any case; where the gateway does not answer now, the timer takes the id off the list.
    return { status: 200, value: { row, list: projected?.ok === false ? ('later' as const) : ('written' as const) } };
  },
});
