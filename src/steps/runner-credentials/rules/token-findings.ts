import type { Evidence, Finding, FindingStatus, ResourceRef, Severity } from '../../../cases/finding.ts';
import type { Remedy } from '../../../cases/remedy.ts';
import { findingId } from '../../../cases/stable-id.ts';
import type { UnownedToken } from '../../../cases/unowned-place.ts';
import { formatOf } from '../../../credentials/detector/formats.ts';
import {
  type Known,
  type ListedCredential,
  type OwnableToken,
  type Ownership,
  ownershipOf,
} from '../../../credentials/ownership.ts';
import type { CredentialPlace } from '../../../credentials/whose-place.ts';
import { carriesName } from '../../../people/machine-names.ts';
import { ssoCredentialFindingId } from './github/credential-findings.ts';
import { unownedFinding } from './unowned-tokens.ts';

/** One place that may hold tokens: a variable, a capability of an agent, a file. */
export interface TokenPlace {
  readonly kind:
    | 'token-in-variable'
    | 'token-in-workflow'
    | 'token-in-capability'
    | 'token-in-pipeline-variable'
    | 'token-in-variable-group'
    | 'token-in-named-value'
    | 'token-in-backend'
    | 'token-in-policy'
    | 'token-in-container'
    | 'token-on-machine';
  readonly resource: ResourceRef;
  /** What the ids of findings in this place are made of. */
  readonly id: string;
  /** Completes "A token stands in": `variable GH_TOKEN of pipeline nightly`. */
  readonly words: string;
  /** What the rule of ownership knows of the place. */
  readonly whose: CredentialPlace;
  /** Who has to do what is left: a person by hand, or somebody who changes code. */
  readonly status: Extract<FindingStatus, 'manual-action' | 'needs-code-change'>;
  /** What has to be done in the place itself, in a sentence. */
  readonly cleanUp: string;
  /** What ends a token there that is proved to be the leaver's, and what follows from it, in a sentence. */
  readonly deletion?: { readonly remedy: Remedy; readonly words: string };
  /** What ends such a token itself, wherever it stands; undefined where its issuer takes no value of its kind. */
  readonly revocation?: (hit: Pick<OwnableToken['hit'], 'type' | 'sha256' | 'lastFour'>) => Remedy | undefined;
  readonly evidence?: Evidence;
  /** Who acts by a token there; whoever runs a job, where it is a place of pipelines. */
  readonly usedBy?: string;
}

interface OwnedToken extends Pick<OwnableToken, 'hit'> {
  readonly ownership: Ownership;
  readonly ends?: Date;
}

/** What stands in one place, without the tokens' values: type, digest and last four are all that goes out. */
export interface JudgedTokens {
  /** For the case; those of unknown owners without a sign towards the leaver are one of kind `unowned-tokens`. */
  readonly findings: readonly Finding[];
  /** Those of that one. Nothing about them is this leaver's, so that the tenant remembers them. */
  readonly unowned: readonly UnownedToken[];
  /** Digests of those that something makes this leaver's without proof: in the next case nothing may. */
  readonly unproved: readonly string[];
}

/**
 * Judges what was found in one place. A token that stands there twice is one; those of unknown owners are one finding
 * together, because one question to those who use the place answers for all of them.
 */
export function judgeTokens(
  organisation: string,
  place: TokenPlace,
  tokens: readonly OwnableToken[],
  known: Known,
  now: Date,
): JudgedTokens {
  const each = [...new Map(tokens.map((token) => [token.hit.sha256, token])).values()].map(
    (token): OwnedToken => ({
      hit: token.hit,
      ownership: ownershipOf(token, place.whose, known),
      ...(token.hit.claims?.exp === undefined ? {} : { ends: new Date(token.hit.claims.exp * 1_000) }),
    }),
  );
  const isOver = ({ ends }: OwnedToken): boolean => ends !== undefined && ends <= now;
  const open = each.filter((token) => !isOver(token));
  const malformed = open.filter(isMalformed);
  const unknown = open.filter((token) => token.ownership.owner === 'unknown' && !isMalformed(token));
  const pointing = unknown.filter(({ ownership }) => pointsToLeaver(ownership));
  const pointed = new Set(pointing);
  const unowned = unknown
    .filter((token) => !pointed.has(token))
    .map(({ hit: { type, sha256, lastFour } }): UnownedToken => ({ type, sha256, lastFour }));
  const together = new Set([...unknown, ...malformed]);
  const single = each.filter((token) => !together.has(token)).sort((one, other) => rankOf(one) - rankOf(other));
  const findings = [
    ...single.slice(0, MOST).map((token) => (isOver(token) ? overFinding(place, token) : openFinding(place, token))),
    ...moreFinding(place, single.slice(MOST), isOver),
    ...groupFinding(place, pointing, pointingFinding),
    ...groupFinding(place, malformed, malformedFinding),
    ...(each.length === 0 ? namedFinding(place, known) : []),
  ];
  const likely = open.filter(({ ownership }) => ownership.owner === 'likely');
  return {
    findings: [...findings, ...unownedFinding(organisation, place, unowned)],
    unowned,
    unproved: [...pointing, ...likely].map(({ hit }) => hit.sha256),
  };
}

/** So many tokens of one place have a finding each; a text that is made of tokens must not fill the report. */
const MOST = 50;

const RANKS: readonly Ownership['owner'][] = ['leaver', 'likely', 'service', 'someone-else', 'unknown'];

function rankOf({ ownership }: OwnedToken): number {
  return RANKS.indexOf(ownership.owner);
}

/** What looks like a token and has not its checksum was never issued; only proof of the leaver speaks louder. */
function isMalformed({ hit, ownership }: OwnedToken): boolean {
  return hit.checksum === 'wrong' && ownership.owner !== 'leaver';
}

/** All of them are told where the first stands; alone, it keeps the id that it always had. */
function groupFinding(
  place: TokenPlace,
  group: readonly OwnedToken[],
  findingOf: (place: TokenPlace, first: OwnedToken, all: readonly OwnedToken[]) => Finding,
): Finding[] {
  const [first] = group;
  return first === undefined ? [] : [findingOf(place, first, group)];
}

/** What stands there beyond those that have a finding each: how many, and as open as the first of them. */
function moreFinding(
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

function malformedFinding(place: TokenPlace, first: OwnedToken, all: readonly OwnedToken[]): Finding {
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

function pointsToLeaver(ownership: Ownership): boolean {
  return ownership.owner === 'unknown' && ownership.pointsToLeaver;
}

/**
 * A place that is named after the leaver and holds no token of a known format, or a secret that nobody can read: what
 * stands there was most likely meant for the leaver, and formats that nobody knows yet are tokens too.
 */
function namedFinding({ kind: _, ...place }: TokenPlace, known: Known): Finding[] {
  const { variable } = place.whose;
  if (variable === undefined) return [];
  const named = carriesName(variable, known.leaver);
  if (named !== 'theirs' && named !== 'perhaps') return [];
  const how = named === 'theirs' ? 'is named' : 'may be named';
  return [
    {
      id: findingId('runner-credentials', 'named-after-leaver', place.id),
      step: 'runner-credentials',
      kind: 'named-after-leaver',
      title: `${variable} ${how} after the leaver: ${place.words}`,
      resource: place.resource,
      severity: 'medium',
      status: 'manual-action',
      reason:
        `No token of a known format can be read in ${variable}, which proves nothing: formats change, and secrets are ` +
        `hidden. Ask the team that uses it what it is, and replace it if the leaver had it.`,
      evidence: { ...place.evidence, variable, owner: 'unknown' },
    },
  ];
}

function openFinding(place: TokenPlace, token: OwnedToken): Finding {
  const { hit, ownership, ends } = token;
  const { title, severity, closed, reason } = judged(ownership, place);
  const common = commonOf(place, token, `${title} (${hit.type}) stands in ${place.words}`);
  if (closed) return { ...common, severity, status: 'nothing-to-do', reason };
  const open = {
    ...common,
    severity,
    ...(ends === undefined ? {} : { residual: { until: ends.toISOString(), why: endOf(ownership) } }),
  };
  const { deletion, status, cleanUp } = place;
  const revocation = revocationOf(place, token);
  // One that single sign-on lists is withdrawn there; of any other, taking it out of its place would leave it alive.
  const withdrawn = ownership.owner === 'leaver' && ownership.listed !== undefined;
  if (ownership.owner === 'leaver' && deletion !== undefined && (withdrawn || revocation === undefined)) {
    const words = `${reason} ${formatOf(hit.type).revoke} ${deletion.words}`;
    return { ...open, status: 'awaiting-decision', reason: words, remedy: deletion.remedy };
  }
  if (revocation !== undefined) {
    const decides = ownership.owner === 'leaver' ? 'What uses it stops, so' : 'Whose it is is not proved, so';
    const words = `${reason} GitHub revokes it by its value and cannot bring it back. ${decides} a person decides. ${cleanUp}`;
    return { ...open, status: 'awaiting-decision', reason: words, remedy: revocation };
  }
  return { ...open, status, reason: `${reason} ${formatOf(hit.type).revoke} ${cleanUp}` };
}

/**
 * Of a token that is proved to be the leaver's, or likely theirs: nobody else's, and no service's. Nothing brings it back,
 * so that what merely points to the leaver offers it to nobody: whose it is has to be found out first.
 */
function revocationOf({ revocation }: TokenPlace, { hit, ownership }: OwnedToken): Remedy | undefined {
  const theirs = ownership.owner === 'leaver' || ownership.owner === 'likely';
  if (!theirs || hit.holder === 'service' || hit.checksum === 'wrong') return undefined;
  return revocation?.(hit);
}

/** The end stands in the token; whose it is may be another matter. */
function endOf({ owner }: Ownership): string {
  return owner === 'leaver'
    ? 'The token ends then.'
    : 'The token ends then, whosever it is: nothing proves that it is the leaver’s.';
}

function overFinding(place: TokenPlace, token: OwnedToken): Finding {
  const common = commonOf(
    place,
    token,
    `${judged(token.ownership, place).title} (${token.hit.type}) stands in ${place.words}`,
  );
  const ended = token.ends?.toISOString() ?? '';
  return { ...common, severity: 'info', status: 'nothing-to-do', reason: `It ended at ${ended}. ${place.cleanUp}` };
}

/** So many as evidence has room for; the number is told in any case. */
const LISTED = 50;

function pointingFinding(place: TokenPlace, first: OwnedToken, all: readonly OwnedToken[]): Finding {
  if (all.length === 1) return openFinding(place, first);
  const types = [...new Set(all.map(({ hit }) => hit.type))];
  const reasons = [...new Set(all.flatMap(({ ownership }) => ownership.reasons))];
  const { severity, reason } = judged({ owner: 'unknown', pointsToLeaver: true, reasons }, place);
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

function commonOf(place: TokenPlace, { hit, ownership, ends }: OwnedToken, title: string) {
  const { kind, resource, whose, evidence } = place;
  return {
    id: findingId('runner-credentials', kind, `${place.id}:${hit.sha256}`),
    step: 'runner-credentials',
    kind,
    title,
    resource,
    evidence: {
      ...(whose.variable === undefined ? {} : { variable: whose.variable }),
      tokenType: hit.type,
      holder: hit.holder,
      checksum: hit.checksum,
      sha256: hit.sha256,
      lastFour: hit.lastFour,
      owner: ownership.owner,
      because: [...ownership.reasons],
      ...(ownership.owner === 'leaver' ? { proof: ownership.proof } : {}),
      ...(ends === undefined ? {} : { expires: ends.toISOString() }),
      ...evidence,
    },
    ...(ownership.owner === 'leaver' && ownership.listed !== undefined ? { restsOn: restsOn(ownership.listed) } : {}),
  } as const;
}

function restsOn(
  listed: readonly Pick<ListedCredential, 'organisation' | 'credentialId'>[],
): NonNullable<Finding['restsOn']> {
  const credentials = listed.map(({ organisation, credentialId }) =>
    ssoCredentialFindingId(organisation, credentialId),
  );
  return { credentials, proved: true };
}

interface Judgement {
  readonly title: string;
  readonly severity: Severity;
  readonly closed?: true;
  readonly reason: string;
}

function judged(ownership: Ownership, { usedBy = 'Whoever runs a job there' }: Pick<TokenPlace, 'usedBy'>): Judgement {
  const because = ownership.reasons.join('; ');
  switch (ownership.owner) {
    case 'leaver':
      return {
        title: 'The leaver’s token',
        severity: 'critical',
        reason: `${usedBy} acts as the leaver: ${because}.`,
      };
    case 'likely':
      return {
        title: 'A token that is likely the leaver’s',
        severity: 'high',
        reason: `Nothing proves whose it is, but it points to the leaver: ${because}.`,
      };
    case 'unknown':
      return {
        title: 'A token whose owner cannot be told',
        severity: 'medium',
        reason:
          `It may be the leaver’s: ${because}. Ask the team that uses it whose it is; the issuer’s audit log knows it ` +
          'by its digest (GitHub: hashed_token).',
      };
    case 'someone-else':
      return {
        title: `A token of ${ownership.whom}`,
        severity: 'info',
        closed: true,
        reason: `It is not the leaver’s: ${because}. Its owner should know that it can be read there.`,
      };
    case 'service':
      if (ownership.inLeaversHands) {
        return {
          title: 'A service’s token that the leaver could read',
          severity: 'high',
          reason: `The leaver may have kept it: ${because}.`,
        };
      }
      return {
        title: 'A service’s token',
        severity: 'info',
        closed: true,
        reason: 'It acts as no person. It can be read there, so a secret would be its place.',
      };
    default:
      return ownership satisfies never;
  }
}
