import * as z from 'zod';
import { type Denied, DeniedSchema } from '../../../cases/denied/denied.ts';
import { namesIn } from '../../../cases/remedies/names-in.ts';
import { ROOM_OF_VALUE } from '../../../connectors/gateway/deny-list-value.ts';
import type { Vendors } from '../../../connectors/vendors.ts';
import { logFaults } from '../../../intake/containing/log-faults.ts';
import { tellContainment } from '../../../intake/containing/tell-containment.ts';
import { isTheirs } from '../../../intake/deciding/own-affair.ts';
import { parseOid } from '../../../people/oid.ts';
import type { Immutable } from '../../../shapes/immutable.ts';
import { count, text } from '../../../shapes/primitives.ts';
import { Decision } from '../../decision.ts';
import { problem } from '../../problems/problem.ts';
import { defineRoute } from '../../route.ts';
import { casesById } from '../parts/cases-by-id.ts';

/** So long ago a change of a row may be and is told by whoever made it; the timer tells what nobody told. */
export const RECENT_MS = 60_000;

export const DeniedRow = DeniedSchema.extend({
  displayName: z.exactOptional(text).meta({ description: 'as the case knows it' }),
  userPrincipalName: z.exactOptional(text),
}).meta({ id: 'Denied' });

/** Rows with the names of those whom a case denied; released ones, of which there are ever more, have none. */
export async function named(
  vendors: Pick<Vendors, 'storage'>,
  rows: readonly Denied[],
): Promise<Immutable<z.input<typeof DeniedRow>>[]> {
  const ids = rows.flatMap(({ state, caseId }) => (state === 'denied' && caseId !== undefined ? [caseId] : []));
  const cases = await casesById(vendors, ids);
  return rows.map((row) => {
    const found = row.caseId === undefined ? undefined : cases.get(row.caseId);
    // A case may deny a workload, which does not have its leaver's name.
    return { ...row, ...(found?.oid === row.oid ? namesIn(found) : {}) };
  });
}

/** The parameter of every path that names one who is denied. */
export const DeniedPath = z.object({ oid: z.string().meta({ description: 'object id of a person or an identity' }) });

export const listDenied = defineRoute({
  id: 'listDenied',
  method: 'GET',
  path: '/api/denied',
  summary: 'Who is or was denied at the gateway, and why nothing is projected from it where that is so',
  tag: 'Deny list',
  access: { kind: 'read', right: 'read' },
  answers: {
    200: z.object({
      rows: z.array(DeniedRow),
      blocked: z.exactOptional(z.string()),
      room: z
        .exactOptional(z.object({ taken: count, of: count }))
        .meta({ description: 'object ids on the list, and for how many there is room; absent without a gateway' }),
    }),
  },
  async handle(_asked, { vendors, settings }) {
    const [rows, mark] = await Promise.all([vendors.storage.listDenied(), vendors.storage.readDeniedMark()]);
    const blocked = mark?.blocked;
    const taken = rows.filter(({ state }) => state === 'denied').length;
    const of = settings.DENY_LIST_NAMED_VALUES.length * ROOM_OF_VALUE;
    return {
      status: 200,
      value: {
        rows: await named(vendors, rows),
        ...(blocked === undefined ? {} : { blocked }),
        ...(of === 0 ? {} : { room: { taken, of } }),
      },
    };
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
