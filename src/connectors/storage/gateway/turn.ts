import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { StorageSettings } from '../../settings.ts';
import { answered } from '../base/answered.ts';
import { findEntity } from '../base/entities.ts';
import { tableOf } from '../base/tables.ts';

/** Beside the mark of the table of the denied: whose turn it is to write the list that follows from it. */
const TURN = { partitionKey: 'mark', rowKey: 'turn' } as const;
const Stored = z.object({ until: z.iso.datetime() });

/** Somebody's turn, until it is given back or runs out. */
export interface Turn {
  /** @param restMs for so long nobody has the turn. Of a turn that ran out and is another's by now nothing is changed. */
  readonly giveBack: (restMs: number) => Promise<void>;
}

/** Another has it, or is resting. */
export interface TakenTurn {
  readonly leftMs: number;
  /** Changes when whoever has it is done. */
  readonly seen: string;
}

/**
 * Takes the turn to write the list of the denied. It only spares writes: whoever waits finds their work done by the one
 * before, and nothing is wrong where two have it at once, because the list is written under its ETag.
 * @returns the turn, or for how long it is taken
 */
export async function takeTurn(settings: StorageSettings, ms: number): Promise<Turn | TakenTurn> {
  const table = tableOf(settings, 'caseindex');
  const stored = await read(settings);
  const left = stored === undefined ? 0 : Date.parse(stored.until) - Date.now();
  if (stored !== undefined && left > 0) return { leftMs: left, seen: stored.etag };
  const entity = (forMs: number) => ({ ...TURN, until: new Date(Date.now() + forMs).toISOString(), by: randomUUID() });
  try {
    const { etag = '' } =
      stored === undefined
        ? await table.createEntity(entity(ms))
        : await table.updateEntity(entity(ms), 'Replace', { etag: stored.etag });
    return {
      giveBack: async (restMs) => {
        try {
          await table.updateEntity(entity(restMs), 'Replace', { etag });
        } catch (error) {
          if (!answered(error, 404, 412)) throw error;
        }
      },
    };
  } catch (error) {
    if (answered(error, 409, 412)) return { leftMs: ms, seen: 'lost' };
    throw error;
  }
}

async function read(settings: StorageSettings): Promise<{ readonly until: string; readonly etag: string } | undefined> {
  const entity = await findEntity(settings, 'caseindex', TURN.partitionKey, TURN.rowKey);
  return entity && { ...Stored.parse(entity), etag: entity.etag };
}
