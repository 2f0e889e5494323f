import * as z from 'zod';
import type { Denied } from '../../../cases/denied/denied.ts';
import type { Vendors } from '../../../connectors/vendors.ts';
import { onListOf } from '../../../intake/containing/contain-person.ts';
import { tellContainment, tellNotListed } from '../../../intake/containing/tell-containment.ts';
import { parseOid } from '../../../people/oid.ts';
import { Decision } from '../../decision.ts';
import { problem } from '../../problems/problem.ts';
import { defineRoute } from '../../route.ts';
import { UNTIL, untilWhen } from '../parts/until-when.ts';
import { DeniedPath, DeniedRow, named, RECENT_MS } from './denied.ts';

export const getDenied = defineRoute({
  id: 'getDenied',
  method: 'GET',
  path: '/api/denied/{oid}',
  summary: 'One who is or was denied, with what people did about it as far as it is kept',
  tag: 'Deny list',
  access: { kind: 'read', right: 'read' },
  params: DeniedPath,
  answers: { 200: DeniedRow },
  problems: ['not-found'],
  async handle({ params }, { vendors }) {
    const row = await theDenied(vendors, params.oid);
    if (row === undefined) return unknown();
    const [value = row] = await named(vendors, [row]);
    return { status: 200, value };
  },
});

/** What ends a containment before its time is a release: an earlier end is refused. */
export const extendDenied = defineRoute({
  id: 'extendDenied',
  method: 'POST',
  path: '/api/denied/{oid}/extend',
  summary: 'Somebody who is contained stays so for longer',
  tag: 'Deny list',
  access: { kind: 'decide', right: 'operate' },
  params: DeniedPath,
  body: z.strictObject({ ...UNTIL, reason: Decision.shape.reason }),
  answers: {
    200: z.object({
      row: DeniedRow,
      list: z.enum(['done', 'failed', 'no-gateway']).meta({ description: 'failed: it is tried again every minute' }),
    }),
  },
  problems: ['not-found', 'not-contained'],
  async handle({ caller, params, body }, { vendors, settings, log, now }) {
    const ends = untilWhen(body, settings, now());
    if ('errors' in ends) return problem('invalid-request', { detail: 'Nothing was changed.', errors: ends.errors });
    const current = await theDenied(vendors, params.oid);
    if (current === undefined) return unknown();
    const { oid, kind } = current;
    if (!isContained(current)) return notContained();
    if (current.byPerson.until > ends.until) {
      const errors = [
        { pointer: body.until === undefined ? '/days' : '/until', detail: 'is before the end that stands' },
      ];
      return problem('invalid-request', { detail: `It stands until ${current.byPerson.until}.`, errors });
    }
    const asked = { oid, kind: kind === 'identity' ? kind : ('person' as const), by: caller.oid, why: body.reason };
    // Not of somebody who was released meanwhile: to contain them anew is to be asked for.
    const { row, projected } = await vendors.denied.contain(
      { ...asked, at: now().toISOString(), until: ends.until },
      isContained,
    );
    if (!isContained(row)) return notContained();
    const onList = onListOf(oid, projected);
    log.warn('a containment was extended', { caller: caller.oid, oid, until: ends.until });
    await tellContainment(vendors, settings, row, RECENT_MS, now());
    if (onList.kind === 'failed') await tellNotListed(vendors, settings, log, row, onList.why);
    return { status: 200, value: { row, list: onList.kind } };
  },
});

type WithWord = Denied & { readonly byPerson: NonNullable<Denied['byPerson']> };

function isContained(row: Denied | undefined): row is WithWord {
  return row?.state === 'denied' && row.byPerson !== undefined;
}

async function theDenied(vendors: Pick<Vendors, 'storage'>, text: string): Promise<Denied | undefined> {
  const oid = parseOid(text);
  return oid === undefined ? undefined : vendors.storage.getDenied(oid);
}

function unknown(): Response {
  return problem('not-found', {
    detail: 'Nobody is or was denied under this object id; GET /api/denied lists them.',
  });
}

function notContained(): Response {
  return problem('not-contained', { detail: 'A case denies them, or nobody does: there is no end to be moved.' });
}
