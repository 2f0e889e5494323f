import type { Finding } from '../../../../cases/finding.ts';
import { formatOf } from '../../../../credentials/detector/formats.ts';
import { commonOf, openFinding, overFinding } from './one-token-finding.ts';
import { judged, pointsToLeaver } from './token-judgement.ts';
import type { OwnedToken, TokenPlace } from './token-place.ts';

/** So many tokens of one place have a finding each; a text that is made of tokens must not fill the report. */
export const MOST = 50;

/** All of them are told where the first stands; alone, it keeps the id that it always had. */
export function groupFinding(
  place: TokenPlace,
  group: readonly OwnedToken[],
  findingOf: (place: TokenPlace, first: OwnedToken, all: readonly OwnedToken[]) => Finding,
): Finding[] {
  const [first] = group;
  return first === undefined ? [] : [findingOf(place, first, group)];
}

/** What stands there beyond those that have a finding each: how many, and as open as the first of them. */
export function moreFinding(
  place: TokenPlace,
  more: readonly OwnedToken[],
  isOver: (token: OwnedToken) => boolean,
): Finding[] {
  const first = more.find((token) => !isOver(token)) ?? more[0];
  if (first === undefined) return [];
  const like = isOver(first) ? overFinding(place, first) : openFinding(place, first);
  const { remedy: _, residual: __, ...rest } = like;
  return [
    {
      ...rest,
      title: `${more.length} more tokens stand in ${place.words}`,
      status: like.status === 'awaiting-decision' ? place.status : like.status,
      reason: `The first ${MOST} have a finding each; of these, the first says: ${like.reason}`,
      evidence: { ...like.evidence, tokens: more.length },
    },
  ];
}

/** Texts of one place that look like tokens and have a wrong checksum: one finding for all. */
export function malformedFinding(place: TokenPlace, first: OwnedToken, all: readonly OwnedToken[]): Finding {
  const what = all.length === 1 ? 'A text that looks like a token' : `${all.length} texts that look like tokens`;
  const verb = all.length === 1 ? 'stands' : 'stand';
  const common = commonOf(
    place,
    first,
    `${what} (${first.hit.type}), with a wrong checksum, ${verb} in ${place.words}`,
  );
  const finding = { ...common, severity: 'low', evidence: { ...common.evidence, tokens: all.length } } as const;
  const never = 'The issuer never made a token with this checksum: it was mistyped, changed or made up.';
  const pointing = all.some(({ ownership }) => ownership.owner === 'likely' || pointsToLeaver(ownership));
  if (!pointing) return { ...finding, status: 'nothing-to-do', reason: never };
  const because = [...new Set(all.flatMap(({ ownership }) => ownership.reasons))].join('; ');
  const reason = `${never} It points to the leaver all the same: ${because}. Look whether it is a token in disguise. ${place.cleanUp}`;
  return { ...finding, status: place.status, reason };
}

/** So many as evidence has room for; the number is told in any case. */
const LISTED = 50;

/** Tokens of one place that point to the leaver without proof: one finding for all. */
export function pointingFinding(place: TokenPlace, first: OwnedToken, all: readonly OwnedToken[]): Finding {
  if (all.length === 1) return openFinding(place, first);
  const types = [...new Set(all.map(({ hit }) => hit.type))];
  const reasons = [...new Set(all.flatMap(({ ownership }) => ownership.reasons))];
  const { severity, reason } = judged({ ...first.ownership, reasons }, place);
  const common = commonOf(place, first, `${all.length} tokens whose owner cannot be told stand in ${place.words}`);
  return {
    ...common,
    severity,
    status: place.status,
    reason: `${reason} ${types.map((type) => formatOf(type).revoke).join(' ')} ${place.cleanUp}`,
    evidence: {
      ...common.evidence,
      tokens: all.length,
      tokenTypes: types,
      digests: all.slice(0, LISTED).map(({ hit }) => hit.sha256),
    },
  };
}
