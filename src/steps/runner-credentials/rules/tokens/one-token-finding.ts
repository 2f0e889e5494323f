import type { Finding } from '../../../../cases/finding.ts';
import type { Remedy } from '../../../../cases/remedies/remedy.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import { formatOf } from '../../../../credentials/detector/formats.ts';
import type { ListedCredential, Ownership } from '../../../../credentials/ownership.ts';
import { ssoCredentialFindingId } from '../github/tokens/credential-findings.ts';
import { judged } from './token-judgement.ts';
import type { OwnedToken, TokenPlace } from './token-place.ts';

/** A token that still opens something: what it means, and what ends it. */
export function openFinding(place: TokenPlace, token: OwnedToken): Finding {
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

/** A token that ended by itself. */
export function overFinding(place: TokenPlace, token: OwnedToken): Finding {
  const common = commonOf(
    place,
    token,
    `${judged(token.ownership, place).title} (${token.hit.type}) stands in ${place.words}`,
  );
  const reason = `It ended at ${common.evidence.expires}. ${place.cleanUp}`;
  return { ...common, severity: 'info', status: 'nothing-to-do', reason };
}

/** What every finding about a token says. */
export function commonOf(place: TokenPlace, { hit, ownership, ends }: OwnedToken, title: string) {
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
