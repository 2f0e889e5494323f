import { createHash } from 'node:crypto';
import * as z from 'zod';
import { OffboardingError } from '../../../errors.ts';
import { type HrNotice, HrNoticeSchema } from '../../../people/hr-notice.ts';
import { type Oid, OidSchema } from '../../../people/oid.ts';
import type { StorageSettings } from '../../settings.ts';
import { answered } from '../base/answered.ts';
import { type Columns, jsonOf, parseEntity } from '../base/columns.ts';
import { findEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';

export const LEAVINGS = 'leavings';
/** Messages about one leaving at the same moment. Each try reads anew. */
const MAX_TRIES = 20;

const LeavingSchema = z.object({ oid: OidSchema, notice: HrNoticeSchema });
const Row = z.object({
  row: jsonOf(LeavingSchema),
});

/** The newest word of HR on one leaving, and whom it is about. */
export interface Leaving {
  readonly oid: Oid;
  readonly notice: HrNotice;
}

export type Recorded =
  | { readonly kind: 'newest' }
  /** Something else was said of it at the same time or later. */
  | { readonly kind: 'superseded'; readonly by: HrNotice }
  /** HR named another person by this id before. */
  | { readonly kind: 'another-person'; readonly oid: Oid };

/**
 * Records what HR says of a leaving, where nothing newer stands. A queue hands messages on in any order, and several at
 * once, so that the time at which HR said it decides and not that at which it came.
 */
export async function recordLeaving(settings: StorageSettings, leavingId: string, said: Leaving): Promise<Recorded> {
  const key = { partitionKey: LEAVINGS, rowKey: rowKeyOf(leavingId) };
  const entity = { ...key, row: JSON.stringify(said) };
  const table = tableOf(settings, 'leavings');
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const stands = await read(settings, leavingId);
    const verdict = stands === undefined ? { kind: 'newest' as const } : compare(said, stands.leaving);
    if (verdict.kind !== 'newest' || stands?.leaving.notice.messageId === said.notice.messageId) return verdict;
    try {
      if (stands === undefined) await table.createEntity(entity);
      else await table.updateEntity(entity, 'Replace', { etag: stands.etag });
      return verdict;
    } catch (error) {
      if (!answered(error, 409, 412)) throw error;
    }
  }
  throw new OffboardingError('storage-conflict', `${MAX_TRIES} others wrote the leaving ${leavingId} meanwhile.`);
}

/** The newest word on a leaving; undefined where there is none. */
export async function readLeaving(settings: StorageSettings, leavingId: string): Promise<Leaving | undefined> {
  return (await read(settings, leavingId))?.leaving;
}

function compare(said: Leaving, stands: Leaving): Recorded {
  if (stands.oid !== said.oid) return { kind: 'another-person', oid: stands.oid };
  if (stands.notice.messageId === said.notice.messageId) return { kind: 'newest' };
  const [told, before] = [said, stands].map(({ notice }) => Date.parse(notice.about?.issuedAt ?? ''));
  return told !== undefined && before !== undefined && told > before
    ? { kind: 'newest' }
    : { kind: 'superseded', by: stands.notice };
}

async function read(
  settings: StorageSettings,
  leavingId: string,
): Promise<{ readonly leaving: Leaving; readonly etag: string } | undefined> {
  const entity = await findEntity(settings, 'leavings', LEAVINGS, rowKeyOf(leavingId));
  return entity && { leaving: leavingIn(entity), etag: entity.etag };
}

/**
 * What a row says. What a newer release knows besides may change what HR means, so that nothing rests on a row that is
 * not read whole: a message about the same leaving stays undecided. @throws OffboardingError `row-unreadable`
 */
function leavingIn(entity: Columns): Leaving {
  return parseEntity('leavings', Row, entity).row;
}

/** The same; undefined where it cannot be read. */
export function readableLeavingIn(entity: Columns): Leaving | undefined {
  return Row.safeParse(entity).data?.row;
}

/** HR's ids may have characters that a key must not have. */
function rowKeyOf(leavingId: string): string {
  return createHash('sha256').update(leavingId).digest('hex');
}
