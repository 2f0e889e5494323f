import * as z from 'zod';
import { heardFromOf, type Listening } from '../cases/liveness.ts';
import type { Vendors } from '../connectors/vendors.ts';

/** In the container `work`: rewritten every minute, so that its lifecycle rule does not reach it. */
const NAME = 'watch/cases.json';
const ListeningSchema = z.object({ lastAt: z.number(), heardFrom: z.number() });

/** Since when the watch has listened without a break, for a round that begins at `at`. Both in milliseconds since the epoch. */
export async function readHeardFrom({ storage }: Pick<Vendors, 'storage'>, at: number): Promise<number> {
  return heardFromOf(listeningOf(await storage.changeDocument(NAME, () => undefined)), at);
}

/** Writes down that a round which began at `at` heard of the engine; another host may have done so meanwhile. */
export async function noteHeard({ storage }: Pick<Vendors, 'storage'>, at: number, lastAt: number): Promise<void> {
  await storage.changeDocument(NAME, (before) => {
    const next: Listening = { lastAt, heardFrom: heardFromOf(listeningOf(before), at) };
    return JSON.stringify(next);
  });
}

/** What cannot be read counts as nothing: silence counts from now on. */
function listeningOf(text: string | undefined): Listening | undefined {
  try {
    return text === undefined ? undefined : ListeningSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
