import { createHash } from 'node:crypto';
import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { type PlaceReading, rememberedPlace } from '../../src/cases/coverage/unowned-place.ts';
import type { Finding, ResourceRef } from '../../src/cases/finding.ts';
import type { CaseId } from '../../src/cases/ids.ts';
import { mapBounded } from '../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Storage } from '../../src/connectors/storage/index.ts';
import { type Known, type OwnableToken, ownershipOf } from '../../src/credentials/ownership.ts';
import { withoutSecrets, withoutSecretsIn } from '../../src/credentials/without-secrets.ts';
import type { ActivityContext } from '../../src/durable/activity.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { judgeTokens } from '../../src/steps/runner-credentials/rules/tokens/token-findings.ts';
import type { TokenPlace } from '../../src/steps/runner-credentials/rules/tokens/token-place.ts';
import { type KnownOwners, knownOwners } from './sign-on-credentials.ts';

/** What stands in one place, in memory only. */
export interface LocatedTokens {
  readonly place: TokenPlace;
  /** The line of coverage under which it was read, and what of that source it stands in: a repository. */
  readonly source: string;
  readonly within: string;
  readonly tokens: readonly OwnableToken[];
}

interface About {
  readonly caseId: CaseId;
  readonly leaver: Leaver;
  readonly system: ResourceRef['system'];
  readonly organisation: string;
}

/** What a unit of work has read: every place of it, and how completely. */
interface Located {
  readonly places: readonly LocatedTokens[];
  readonly coverage: readonly Coverage[];
  /** What of the sources was read, where it was not all: names of repositories. */
  readonly within?: readonly string[];
}

const WRITES_IN_FLIGHT = 8;

/** Asks who holds the tokens, where lists of credentials could tell. */
export type OwnersOf = (found: readonly OwnableToken[]) => Promise<KnownOwners>;

/** Whose the tokens are that stand there: the case's findings, and what the tenant remembers as nobody's. */
export async function judgeLocated(
  about: About,
  context: ActivityContext,
  located: Located,
  ownersOf: OwnersOf = (found) => knownOwners(about, context, found),
): Promise<{ readonly findings: readonly Finding[]; readonly failures: readonly VendorFailure[] }> {
  const { known, failures } = await ownersOf(located.places.flatMap(({ tokens }) => tokens));
  const now = context.now();
  const judged = judgePlaces(about.organisation, located.places, known, now);
  const readings = judged.map(({ reading }) => reading);
  await remember(context.vendors.storage, about, located, readings, now);
  return { findings: judged.flatMap(({ findings }) => findings), failures };
}

/** The same without remembering anything. */
function judgePlaces(
  organisation: string,
  places: readonly LocatedTokens[],
  known: Known,
  now: Date,
): { readonly findings: readonly Finding[]; readonly reading: PlaceReading }[] {
  const leavers = new Set(
    places
      .filter(({ place, tokens }) => tokens.some((token) => ownershipOf(token, place.whose, known).owner === 'leaver'))
      .map(({ place }) => place.resource.id),
  );
  return places.map(({ place: alone, tokens, source, within }) => {
    const besideLeavers = leavers.has(alone.resource.id);
    const place = besideLeavers ? { ...alone, whose: { ...alone.whose, besideLeavers } } : alone;
    const { findings, unowned, unproved } = judgeTokens(organisation, place, tokens, known, now);
    const { resource, words } = place;
    const shown = withoutSecretsIn({ resource, words });
    const reading = { id: rememberedId(place.id), organisation, source, within, ...shown, unowned, unproved };
    return { findings, reading };
  });
}

/** What a place is remembered by. A token in its name is not kept; its digest tells it from others of that name. */
function rememberedId(id: string): string {
  const safe = withoutSecrets(id);
  return safe === id ? id : `${safe}#${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}

/**
 * Brings the tenant's list up to date with what was read. A listed place that was not met is gone only where its
 * source was read to the end: what could not be read stays listed.
 */
async function remember(
  storage: Pick<Storage, 'listUnowned' | 'changeUnowned'>,
  { caseId, system, organisation }: About,
  { coverage, within }: Located,
  readings: readonly PlaceReading[],
  now: Date,
): Promise<void> {
  const listed = await storage.listUnowned({ system, organisation });
  const complete = new Set(coverage.filter(({ state }) => state === 'complete').map(({ source }) => source));
  const met = new Map(readings.map((reading) => [reading.id, reading]));
  const gone = listed
    .filter((place) => !met.has(place.id) && complete.has(place.source) && (within?.includes(place.within) ?? true))
    .map((place): PlaceReading => ({ ...place, unowned: [], unproved: [] }));
  const known = new Set(listed.map(({ id }) => id));
  const changed = [...met.values()].filter(({ id, unowned }) => unowned.length > 0 || known.has(id));
  const seen = { at: now.toISOString(), by: caseId };
  await mapBounded([...changed, ...gone], WRITES_IN_FLIGHT, (reading) =>
    storage.changeUnowned(reading, (place) => rememberedPlace(place, reading, seen)),
  );
}
