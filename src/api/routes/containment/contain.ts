import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Contained, containPerson } from '../../../intake/containing/contain-person.ts';
import { tellContainment, tellNotListed } from '../../../intake/containing/tell-containment.ts';
import type { Oid } from '../../../people/oid.ts';
import { may } from '../../access/caller.ts';
import { Decision } from '../../decision.ts';
import { notNow, problem } from '../../problems/problem.ts';
import { defineRoute, type Tools } from '../../route.ts';
import { HOUR_MS, Key, keyReused, namedOnce, PERSON, SAY, tooMany } from '../cases/open-one.ts';
import { UNTIL, untilWhen } from '../parts/until-when.ts';
import { whoIsMeant } from '../parts/who-is-meant.ts';
import { DeniedRow, RECENT_MS } from './denied.ts';

const NOTHING = 'Nobody was contained.';
const { acceptUnknown: _, ...NAMED } = PERSON;

const Contain = z
  .strictObject({
    ...NAMED,
    kind: z
      .enum(['person', 'identity'])
      .default('person')
      .meta({ description: 'identity: a service principal, such as that of a pipeline; named by oid alone' }),
    ...UNTIL,
    reason: Decision.shape.reason,
    emergency: z
      .boolean()
      .optional()
      .meta({ description: 'also a protected account; takes Offboarding.Administer, and alerts' }),
  })
  .superRefine(namedOnce);

const ContainAnswer = z.object({
  became: z.enum(['contained', 'extended', 'stands', 'released']).meta({
    description:
      'stands: denied for as long or longer before; released: the same request came before, and was released since',
  }),
  list: z.enum(['done', 'failed', 'no-gateway', 'released']).meta({
    description: 'done: read back from the gateway’s list; failed: it is tried again every minute, and told',
  }),
  listWhy: z.exactOptional(z.string()),
  sessions: z
    .enum(['ended', 'none', 'failed'])
    .meta({ description: 'ended cannot be undone and harms nothing: who may, signs in again; failed: ask again' }),
  sessionsWhy: z.exactOptional(z.string()),
  row: DeniedRow,
});

/** The account is cut off before the answer comes, also while the app is paused: containing precedes everything. */
export const containAccount = defineRoute({
  id: 'containAccount',
  method: 'POST',
  path: '/api/denied',
  summary: 'Cuts a suspected account off now, for a time, without a case; a later end extends it',
  tag: 'Deny list',
  access: { kind: 'decide', right: 'operate' },
  headers: z.object({ 'idempotency-key': Key }),
  body: Contain,
  answers: { 200: ContainAnswer, 201: ContainAnswer },
  problems: [
    ...(['refused', 'unknown-person', 'ambiguous-person', 'not-a-person', 'not-confirmed'] as const),
    ...(['key-reused', 'too-many-requests', 'own-affair'] as const),
  ],
  async handle({ caller, headers, body }, tools) {
    const { vendors, settings, log, now } = tools;
    const emergency = body.emergency === true;
    if (emergency && !may(caller, 'administer'))
      return problem('missing-role', { detail: 'An emergency takes the role Offboarding.Administer.' });
    if (emergency && caller.isApp)
      return problem('own-affair', { detail: 'A person says that it is an emergency, signed in as themselves.' });
    const ends = untilWhen(body, settings, now());
    if ('errors' in ends)
      return problem('invalid-request', { detail: `${NOTHING} It has no end.`, errors: ends.errors });
    const key = headers['idempotency-key'];
    const refused = await mayAsk(caller.oid, key, JSON.stringify(body), tools);
    if (refused !== undefined) return refused;
    const meant = await whoIsMeant(vendors, body, NOTHING);
    if ('answer' in meant) return meant.answer;
    const contained = await containPerson(vendors, settings, {
      ...{ oid: meant.oid, kind: body.kind, by: caller.oid, why: body.reason, emergency },
      ...{ at: now().toISOString(), until: ends.until },
      said: {
        ...(meant.found && { foundByName: { formerHolders: meant.found.formerHolders } }),
        ...(body.confirmUserPrincipalName && { userPrincipalName: body.confirmUserPrincipalName }),
      },
      ...(key === undefined ? {} : { key: keyOf(caller.oid, key) }),
    });
    log.warn(`POST /api/denied: ${contained.kind}`, { caller: caller.oid, oid: meant.oid, until: ends.until });
    if (contained.kind === 'contained') await tell(contained, caller.oid, tools);
    return answerTo(contained, meant.found?.candidate);
  },
});

/** Whether the caller may ask once more; a repeat of a request costs nothing. */
async function mayAsk(
  caller: Oid,
  key: string | undefined,
  body: string,
  { vendors, settings, now }: Tools,
): Promise<Response | undefined> {
  const keyed = key === undefined ? undefined : { caller, key, body: `POST /api/denied\n${body}` };
  const known = keyed === undefined ? 'new' : await vendors.storage.lookUpKey(keyed);
  if (known === 'another-request') return keyReused();
  const limit = settings.MAX_API_CASES_PER_HOUR;
  const wait =
    known === 'repeated' ? 0 : await vendors.storage.takeAllowance({ caller, limit, windowMs: HOUR_MS }, now());
  if (wait > 0) return tooMany(limit, wait, NOTHING);
  const first = keyed === undefined ? 'first' : await vendors.storage.rememberKey(keyed);
  return first === 'another-request' ? keyReused() : undefined;
}

/** Keys are their senders' own words: the row keeps what they are recognised by. */
function keyOf(caller: Oid, key: string): string {
  return createHash('sha256').update(`${caller}\n${key}`).digest('hex').slice(0, 32);
}

async function tell(
  { row, onList, although }: Extract<Contained, { readonly kind: 'contained' }>,
  caller: Oid,
  { vendors, settings, log, now }: Tools,
): Promise<void> {
  const { oid } = row;
  if (although !== undefined)
    log.error('a protected account was contained', { code: 'contained-in-emergency', caller, oid, although });
  await tellContainment(vendors, settings, row, RECENT_MS, now());
  if (onList.kind === 'failed') await tellNotListed(vendors, settings, log, row, onList.why);
}

const SESSIONS = { done: 'ended', deleted: 'none', failed: 'failed' } as const;

function answerTo(contained: Contained, candidate: object | undefined) {
  switch (contained.kind) {
    case 'contained': {
      const { became, row, onList, sessions } = contained;
      const value = {
        ...{ became, row, list: onList.kind, sessions: SESSIONS[sessions.kind] },
        ...(onList.kind === 'failed' ? { listWhy: onList.why } : {}),
        ...(sessions.kind === 'failed' ? { sessionsWhy: sessions.failure.message } : {}),
      };
      const said = { value, headers: { location: `/api/denied/${row.oid}` } };
      return became === 'contained' ? { status: 201 as const, ...said } : { status: 200 as const, ...said };
    }
    case 'late': {
      const { row } = contained;
      const value = { became: 'released', row, list: 'released', sessions: 'none' } as const;
      return { status: 200 as const, value, headers: { location: `/api/denied/${row.oid}` } };
    }
    case 'protected':
      return problem('refused', { detail: `${NOTHING} ${contained.why}` });
    case 'not-a-person':
      return problem('not-a-person', { detail: contained.why });
    case 'unknown-person': {
      const errors = [{ pointer: '/oid', detail: 'nobody has this id' }];
      return problem('unknown-person', { detail: `${NOTHING} ${contained.why}`, errors });
    }
    case 'not-confirmed': {
      const errors = [{ pointer: `/${contained.say}`, detail: SAY[contained.say] }];
      const extra = candidate === undefined ? {} : { extra: { candidates: [candidate] } };
      return problem('not-confirmed', { detail: contained.why, errors, ...extra });
    }
    case 'unreadable':
      return notNow(`${NOTHING} ${contained.failure.message}`, contained.failure);
    default:
      return contained satisfies never;
  }
}
