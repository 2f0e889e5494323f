import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import type { Log } from '../../../src/log.ts';
import type { Memory } from '../../../src/people/evidence/remembered.ts';

const SOURCE = 'identity/memory';

/**
 * What earlier cases and sweeps remember, of all names or of these; undefined where storage did not answer, which is not
 * the same as nothing.
 */
export async function recall(
  vendors: Pick<Vendors, 'storage'>,
  names: readonly string[] | undefined,
  log: Pick<Log, 'warn'>,
): Promise<Memory | undefined> {
  try {
    return await vendors.storage.readMemory(names);
  } catch (error) {
    log.warn('what is remembered of people could not be read', { error: nameOf(error) });
    return undefined;
  }
}

/** Writes what was seen just now, and says what became of it. Where nothing was read, nothing is overwritten either. */
export async function remember(
  vendors: Pick<Vendors, 'storage'>,
  seen: Memory,
  known: Memory | undefined,
  log: Pick<Log, 'warn'>,
): Promise<Coverage> {
  const looked = { count: known?.accounts.length ?? 0, unit: 'remembered accounts' };
  const unread =
    'Whose accounts and names were by earlier cases could not be read: a second owner would not be noticed.';
  if (known === undefined) return { source: SOURCE, state: 'unavailable', looked, detail: unread };
  try {
    const disputed = await vendors.storage.rememberPeople(seen, known);
    if (disputed.length === 0) return { source: SOURCE, state: 'complete', looked };
    const detail = `${disputed.length} accounts are remembered as another person’s than they were proved to be now; the first proof stands.`;
    return { source: SOURCE, state: 'complete', looked, detail };
  } catch (error) {
    log.warn('what was seen of people could not be remembered', { error: nameOf(error) });
    const detail = 'What this case learned of accounts and names could not be written, so that the next one lacks it.';
    return { source: SOURCE, state: 'partial', looked, detail };
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
