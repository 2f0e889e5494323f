import type { UnownedToken } from '../../../../cases/coverage/unowned-place.ts';
import type { Finding, ResourceRef } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';

const KIND = 'unowned-tokens';

/** So many places as a report names; the list of the tenant has all of them. */
const NAMED = 10;

/** What the vendor calls a whole of places, where it is no organisation. */
const PLACES: Readonly<Partial<Record<ResourceRef['system'], string>>> = { gateway: 'service', azure: 'subscription' };

interface Place {
  readonly id: string;
  readonly resource: ResourceRef;
  readonly words: string;
  readonly status: Finding['status'];
  readonly cleanUp: string;
}

/** Tokens of one place whose owner nothing tells, as the scan files them; none where there are none. */
export function unownedFinding(
  organisation: string,
  { id, resource, words, status, cleanUp }: Place,
  tokens: readonly UnownedToken[],
): Finding[] {
  if (tokens.length === 0) return [];
  return [
    {
      id: findingId('runner-credentials', KIND, id),
      step: 'runner-credentials',
      kind: KIND,
      title: `${counted(tokens.length, 'token')} of unknown owners in ${words}`,
      resource,
      severity: 'medium',
      status,
      reason: `Nothing tells whose they are. ${cleanUp}`,
      evidence: {
        owner: 'unknown',
        organisation,
        place: words,
        tokenTypes: [...new Set(tokens.map(({ type }) => type))],
        digests: tokens.map(({ sha256 }) => sha256),
        lastFours: tokens.map(({ lastFour }) => lastFour),
      },
    },
  ];
}

/** One finding for all of an organisation: its places are the tenant's to clear up, once, and not each case's. */
export function gatherUnowned(findings: readonly Finding[]): Finding[] {
  const organisations = new Map<string, Map<string, Finding>>();
  for (const finding of findings) {
    if (finding.kind !== KIND) continue;
    const key = `${finding.resource.system}/${finding.evidence.organisation}`;
    const places = organisations.get(key) ?? new Map<string, Finding>();
    // Two units of work may have read the same place.
    organisations.set(key, places.set(finding.id, finding));
  }
  const gathered = [...organisations].flatMap(([key, places]) => ofOrganisation(key, [...places.values()]));
  return [...findings.filter(({ kind }) => kind !== KIND), ...gathered];
}

function ofOrganisation(key: string, places: readonly Finding[]): Finding[] {
  const tokens = new Set(places.flatMap(({ evidence }) => listOf(evidence.digests))).size;
  const words = places.map(({ evidence }) => String(evidence.place)).sort();
  return places.slice(0, 1).map(({ resource: { system }, evidence }): Finding => {
    const organisation = String(evidence.organisation);
    return {
      id: findingId('runner-credentials', KIND, key),
      step: 'runner-credentials',
      kind: KIND,
      title: `${counted(tokens, 'token')} of unknown owners in ${counted(places.length, 'place')} of ${organisation}`,
      resource: { system, type: PLACES[system] ?? 'organisation', id: organisation, name: organisation },
      severity: 'medium',
      status: 'manual-action',
      reason:
        'Nothing points to the leaver, and any of them may be the leaver’s. They are no different for other leavers: ' +
        'the report of the next sweep (sweeps/ in the container evidence) lists every place with its link, under ' +
        '“unowned”. Ask the teams that use them whose they are, and remove them there; the issuer’s audit log knows ' +
        'a token by its digest (GitHub: hashed_token).',
      evidence: {
        owner: 'unknown',
        tokens,
        places: places.length,
        tokenTypes: [...new Set(places.flatMap((place) => listOf(place.evidence.tokenTypes)))].sort(),
        firstPlaces: words.slice(0, NAMED),
      },
    };
  });
}

function listOf(value: Finding['evidence'][string] | undefined): readonly string[] {
  return Array.isArray(value) ? value : [];
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
