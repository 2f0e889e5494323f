import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { ok, type VendorResult } from '../../result.ts';
import type { StorageSettings } from '../../settings.ts';
import { containerOf, getText, putFirst } from '../evidence/evidence.ts';
import { answered } from './answered.ts';

/** How often those who came second look for what the first one recorded. */
const POLL_MS = 250;

const Claim = z.object({ until: z.number() });

export interface Once {
  /** Name of the record in the container `work`, without its extension. */
  readonly name: string;
  /** The longest that `act` can take; after it the claim may be taken over. */
  readonly claimMs: number;
  readonly now: () => Date;
}

/**
 * Has something done once that its receiver does not recognise when it is asked for it again, as an issue or a message.
 * Activities are delivered at least once, and two deliveries can overlap: the first one claims it, the others wait for
 * its record and say the same. What failed is released and may be tried again.
 *
 * @param act gets `true` where an earlier claim ran out before anything was recorded: it may have been done without
 * being recorded
 */
export async function doOnce<T extends object>(
  settings: StorageSettings,
  { name, claimMs, now }: Once,
  act: (takenOver: boolean) => Promise<VendorResult<T>>,
): Promise<VendorResult<T>> {
  for (;;) {
    const before = await readRecord<T>(settings, name);
    if (before !== undefined) return before;
    const claim = await takeClaim(settings, `${name}.claim.json`, claimMs, now);
    if (claim === undefined) {
      await delay(POLL_MS);
      continue;
    }
    try {
      // Recorded and released between the two looks.
      const meanwhile = await readRecord<T>(settings, name);
      if (meanwhile !== undefined) return meanwhile;
      const answer = await act(claim.takenOver);
      if (answer.ok) await writeRecord(settings, name, answer.value);
      return answer;
    } finally {
      await claim.release();
    }
  }
}

/** What was recorded as done; undefined where nothing was. */
export async function readRecord<T extends object>(
  settings: StorageSettings,
  name: string,
): Promise<VendorResult<T> | undefined> {
  const text = await getText(settings, 'work', `${name}.json`);
  return text === undefined ? undefined : ok(JSON.parse(text) as T);
}

/** Records that it is done; the first record stands. */
export async function writeRecord(settings: StorageSettings, name: string, value: object): Promise<void> {
  await putFirst(settings, 'work', `${name}.json`, JSON.stringify(value));
}

interface TakenClaim {
  readonly takenOver: boolean;
  release(): Promise<void>;
}

async function takeClaim(
  settings: StorageSettings,
  name: string,
  claimMs: number,
  now: () => Date,
): Promise<TakenClaim | undefined> {
  const blob = containerOf(settings, 'work').getBlockBlobClient(name);
  const write = async (condition: { ifNoneMatch: '*' } | { ifMatch: string }): Promise<string | undefined> => {
    const content = JSON.stringify({ until: now().getTime() + claimMs });
    try {
      const { etag } = await blob.upload(content, content.length, { conditions: condition });
      return etag;
    } catch (error) {
      if (answered(error, 404, 409, 412)) return undefined;
      throw error;
    }
  };
  const claimed = (ifMatch: string, takenOver: boolean): TakenClaim => ({
    takenOver,
    // A claim that was taken over meanwhile stays.
    release: async () => {
      try {
        await blob.delete({ conditions: { ifMatch } });
      } catch (error) {
        if (!answered(error, 404, 412)) throw error;
      }
    },
  });
  const first = await write({ ifNoneMatch: '*' });
  if (first !== undefined) return claimed(first, false);
  const held = await readClaim(settings, name);
  if (held === undefined || held.until > now().getTime()) return undefined;
  const second = await write({ ifMatch: held.etag });
  return second === undefined ? undefined : claimed(second, true);
}

/** Undefined where it was released meanwhile. */
async function readClaim(
  settings: StorageSettings,
  name: string,
): Promise<{ until: number; etag: string } | undefined> {
  const blob = containerOf(settings, 'work').getBlockBlobClient(name);
  try {
    const { etag = '' } = await blob.getProperties();
    const bytes = await blob.downloadToBuffer(0, undefined, { conditions: { ifMatch: etag } });
    return { ...Claim.parse(JSON.parse(bytes.toString('utf8'))), etag };
  } catch (error) {
    if (answered(error, 404, 412)) return undefined;
    throw error;
  }
}
