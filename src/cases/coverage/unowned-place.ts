import type { ResourceRef } from '../finding.ts';
import type { CaseId } from '../ids.ts';

/** A token whose owner cannot be told. Its value stays in memory. */
export interface UnownedToken {
  readonly type: string;
  readonly sha256: string;
  readonly lastFour: string;
}

/** A place with tokens of unknown owners, which the tenant remembers: they belong to no leaver's case. */
export interface UnownedPlace {
  /** What the ids of its findings are made of. */
  readonly id: string;
  readonly organisation: string;
  /** The line of coverage under which it is read, and what of that source it stands in: a repository. */
  readonly source: string;
  readonly within: string;
  readonly resource: ResourceRef;
  /** Completes "stand in": `variable GH_TOKEN of pipeline nightly`. */
  readonly words: string;
  /** The first of them; `count` is all. */
  readonly tokens: readonly UnownedToken[];
  readonly count: number;
  /** ISO instants, and the case that read it last. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly lastSeenBy: CaseId;
}

/** What one case read in a place. */
export interface PlaceReading
  extends Pick<UnownedPlace, 'id' | 'organisation' | 'source' | 'within' | 'resource' | 'words'> {
  readonly unowned: readonly UnownedToken[];
  /** Digests of tokens that point to that case's leaver, without proof. */
  readonly unproved: readonly string[];
}

/** A column of Azure Table holds 32,768 characters. */
const TOKENS_KEPT = 150;

/**
 * A place as it is remembered after a reading; undefined where none of its tokens is unowned any more. A token that
 * points to one leaver is told in that leaver's case and is still nobody's: it stays where it was listed before.
 */
export function rememberedPlace(
  known: UnownedPlace | undefined,
  { unowned, unproved, ...place }: PlaceReading,
  seen: { readonly at: string; readonly by: CaseId },
): UnownedPlace | undefined {
  // Activities are delivered late too: what was read since then is newer.
  if (known !== undefined && known.lastSeen > seen.at) return known;
  const kept = known?.tokens.filter(({ sha256 }) => unproved.includes(sha256)) ?? [];
  const tokens = [...unowned, ...kept];
  if (tokens.length === 0) return undefined;
  return {
    ...place,
    tokens: tokens.slice(0, TOKENS_KEPT),
    count: tokens.length,
    firstSeen: known?.firstSeen ?? seen.at,
    lastSeen: seen.at,
    lastSeenBy: seen.by,
  };
}
