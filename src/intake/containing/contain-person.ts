import { type Denied, isByPersonAlone } from '../../cases/denied/denied.ts';
import { isProtected } from '../../config/config-cases.ts';
import { noRoom } from '../../connectors/denied/project.ts';
import type { VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { Oid } from '../../people/oid.ts';
import { askProtection, type ProtectionSettings, protectionFor } from '../person/protection.ts';
import { resolveSubject } from '../person/resolve-subject.ts';
import { confirmationOf, type SaidName, type WhatToSay } from '../rules/confirm-person.ts';
import { revokeSessions, type SessionsRevoked } from './revoke-sessions.ts';

/** Whom a person wants cut off now and for a time, without a case of leaving. */
export interface ContainAsked {
  readonly oid: Oid;
  /** `identity`: a service principal, such as that of a pipeline. */
  readonly kind: 'person' | 'identity';
  /** ISO instants in UTC. */
  readonly at: string;
  readonly until: string;
  readonly by: Oid;
  readonly why: string;
  readonly said: SaidName;
  /** Protection does not hold: the caller may say so, and the account itself is in the wrong hands. */
  readonly emergency: boolean;
  readonly key?: string;
}

/** Whether the gateway refuses somebody by now. */
export type OnList =
  | { readonly kind: 'done' }
  /** Written down, and refused by nobody: there is no gateway. */
  | { readonly kind: 'no-gateway' }
  /** Written down, and tried every minute. */
  | { readonly kind: 'failed'; readonly why: string };

/** What became of it. */
export type Contained =
  | {
      readonly kind: 'contained';
      /** `stands`: they were denied for as long or longer, and nothing was changed. */
      readonly became: 'contained' | 'extended' | 'stands';
      readonly row: Denied;
      readonly onList: OnList;
      readonly sessions: SessionsRevoked;
      /** The protection that an emergency set aside. */
      readonly although?: string;
    }
  /** The request was carried out before, and somebody has released them since: nothing was done. */
  | { readonly kind: 'late'; readonly row: Denied }
  | { readonly kind: 'protected' | 'not-a-person' | 'unknown-person'; readonly why: string }
  | { readonly kind: 'not-confirmed'; readonly why: string; readonly say: WhatToSay }
  | { readonly kind: 'unreadable'; readonly failure: VendorFailure };

/**
 * Cuts somebody off at once by a person's word: row, list, sign-in sessions. Who it is, and whether the app may touch
 * them, is asked as for a case that cuts: of a colleague who works, the request says the UPN as well.
 */
export async function containPerson(
  vendors: Pick<Vendors, 'denied' | 'graph' | 'storage'>,
  settings: ProtectionSettings,
  asked: ContainAsked,
): Promise<Contained> {
  const checked =
    asked.kind === 'person' ? await personOf(vendors, settings, asked) : await identityOf(vendors, settings, asked);
  if (checked.kind !== 'free') return checked;
  const { oid, kind, by, why, at, until, key } = asked;
  const { before, row, projected } = await vendors.denied.contain({
    ...{ oid, kind, by, why, at, until, ...(key === undefined ? {} : { key }) },
  });
  if (row.state !== 'denied') return { kind: 'late', row };
  // Whoever sends a request again gets what it did, and ends no session that was opened since.
  const isRepeat = key !== undefined && before?.changes?.some((each) => each.key === key) === true;
  const sessions: SessionsRevoked =
    kind === 'identity' || isRepeat
      ? { kind: 'deleted' }
      : await revokeSessions(vendors, { oid, state: checked.state });
  return {
    kind: 'contained',
    became: becameOf(before, row),
    row,
    onList: onListOf(oid, projected),
    sessions,
    ...(checked.although === undefined ? {} : { although: checked.although }),
  };
}

function becameOf(before: Denied | undefined, row: Denied): 'contained' | 'extended' | 'stands' {
  if (row.generation === before?.generation) return 'stands';
  if (before?.state !== 'denied') return 'contained';
  // Beside the denial of a case nothing of what the gateway does changes.
  return isByPersonAlone(row) ? 'extended' : 'stands';
}

type Projected = Awaited<ReturnType<Vendors['denied']['contain']>>['projected'];

export function onListOf(oid: Oid, projected: Projected): OnList {
  if (projected === undefined) return { kind: 'failed', why: 'The list was not written.' };
  if (!projected.ok) return { kind: 'failed', why: projected.failure.message };
  if (projected.value.absent) return { kind: 'no-gateway' };
  return projected.value.holds.has(oid) ? { kind: 'done' } : { kind: 'failed', why: noRoom().message };
}

type Checked =
  | {
      readonly kind: 'free';
      readonly state: Parameters<typeof revokeSessions>[1]['state'];
      readonly although?: string;
    }
  | Exclude<Contained, { readonly kind: 'contained' | 'late' }>;

async function personOf(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ProtectionSettings,
  { oid, at, said, emergency }: ContainAsked,
): Promise<Checked> {
  const subject = await resolveSubject(vendors, oid);
  if (subject.kind === 'not-known') return { kind: 'unreadable', failure: subject.failure };
  if (subject.kind === 'not-a-person')
    return { kind: 'not-a-person', why: `${subject.why} Of a service principal say "kind": "identity".` };
  const { person } = subject;
  if (person.state === 'gone') return { kind: 'unknown-person', why: `Entra knows nobody with the id ${oid}.` };
  const protection = protectionFor('apply', await askProtection(vendors, settings, person));
  // In an emergency nobody waits for a group that cannot be read.
  if (protection.kind === 'unreadable' && !emergency) return { kind: 'unreadable', failure: protection.failure };
  if (protection.kind === 'protected' && !emergency) return protection;
  const asCase = { trigger: 'api', mode: 'apply', requestedAt: at } as const;
  const confirmation = confirmationOf(asCase, person, said);
  if (confirmation.kind !== 'confirmed') return { kind: 'not-confirmed', why: confirmation.why, say: confirmation.say };
  const although =
    protection.kind === 'unreadable' ? protection.failure.message : protection.kind === 'protected' && protection.why;
  return { kind: 'free', state: person.state, ...(although && { although }) };
}

async function identityOf(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  settings: ProtectionSettings,
  { oid, emergency }: ContainAsked,
): Promise<Checked> {
  const found = await vendors.graph.findObject(oid);
  if (!found.ok) return { kind: 'unreadable', failure: found.failure };
  if (found.value === undefined)
    return { kind: 'unknown-person', why: `Entra knows no service principal with the id ${oid}.` };
  if (found.value.kind !== 'service-principal')
    return {
      kind: 'not-a-person',
      why: `${oid} is no service principal: it is in no token’s oid, so nothing was done.`,
    };
  const although = isProtected(settings, oid)
    ? 'The identity is protected (PROTECTED_OIDS): this app must never cut it off.'
    : undefined;
  if (although !== undefined && !emergency) return { kind: 'protected', why: although };
  return { kind: 'free', state: 'active', ...(although === undefined ? {} : { although }) };
}
