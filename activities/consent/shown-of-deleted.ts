import type { CaseId } from '../../src/cases/ids.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Log } from '../../src/log.ts';
import { type DeletedSighting, shownBefore, sightingsOf } from '../../src/people/deleted-sightings.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { cutBefore } from './cut-before.ts';

/** The lists of which it is remembered what they show of the deleted, by what they list. */
export const CONSENTS = 'consents';
export const ROLES = 'roles on the gateway';

/** What a report says of them: the line of each, and the finding that tells of the leaver’s own. */
const LISTS: Readonly<Record<string, { readonly source: string; readonly kinds: readonly string[] }>> = {
  [CONSENTS]: { source: 'entra/grant-cross-check', kinds: ['delegated-grant', 'on-behalf-of-grant'] },
  [ROLES]: { source: 'entra/app-role-assignments', kinds: ['app-role-assignment'] },
};

/** What Graph’s lists show of people who are deleted: in this reading, and as earlier ones are remembered. */
export interface ShownOfDeleted {
  /** Whether some of these people are others who have been deleted for as long: such a list does not leave the deleted out. */
  now(list: string, principalIds: readonly string[]): Promise<boolean>;
  /** The day on which a list last did, by what is remembered; undefined too where that cannot be read. */
  before(list: string): Promise<string | undefined>;
  /** The day on which a report of this case before showed whole what the list had of the leaver’s own, and cut it. */
  cut(list: string): Promise<string | undefined>;
  /** Notes that the list showed the leaver’s own, or left them out. */
  note(list: string, shown: boolean): void;
  /** Writes down what was noted. Where that fails the next case lacks it, and no line of this one is worse. */
  remember(): Promise<void>;
}

/** Asks Graph and the table once each, and only where somebody wants to know. */
export function shownOfDeleted(
  vendors: Pick<Vendors, 'graph' | 'storage'>,
  { caseId, leaver }: { readonly caseId: CaseId; readonly leaver: Pick<Leaver, 'oid' | 'state' | 'deletedAt'> },
  at: Date,
  log: Pick<Log, 'warn'>,
): ShownOfDeleted {
  const noted: DeletedSighting[] = [];
  let deleted: Promise<readonly Pick<Leaver, 'oid' | 'deletedAt'>[]> | undefined;
  let known: Promise<readonly DeletedSighting[]> | undefined;
  return {
    now: async (list, principalIds) => {
      deleted ??= vendors.graph.listDeletedUsers().then(({ items }) => items);
      const others = (await deleted).filter(({ oid }) => oid !== leaver.oid);
      const seen = sightingsOf(list, principalIds, others, at);
      noted.push(...seen);
      return shownBefore(list, seen, leaver, at) !== undefined;
    },
    before: async (list) => {
      known ??= vendors.storage.readDeletedSightings().catch((error: unknown) => {
        log.warn('what lists show of the deleted could not be recalled', { error: nameOf(error) });
        return [];
      });
      return shownBefore(list, await known, leaver, at);
    },
    cut: (list) => cutBefore(vendors, caseId, leaver, LISTS[list]),
    note: (list, shown) => {
      if (leaver.state !== 'soft-deleted') return;
      noted.push(...sightingsOf(list, [leaver.oid], [leaver], at).map((sighting) => ({ ...sighting, shown })));
    },
    remember: async () => {
      try {
        await vendors.storage.rememberDeletedSightings(noted);
      } catch (error) {
        log.warn('what lists show of the deleted could not be remembered', { error: nameOf(error) });
      }
    },
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
