import type { Evidence, Finding, ResourceRef } from '../../../src/cases/finding.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import { howToRevoke } from '../../../src/credentials/detector/how-to-revoke.ts';
import type { TokenHit } from '../../../src/credentials/detector/token-hit.ts';
import type { TokenRelation } from '../../../src/credentials/relate-token.ts';

export interface FoundToken {
  readonly kind: 'token-in-capability' | 'token-in-pipeline-variable' | 'token-in-variable-group';
  /** Completes "A … token stands in": `variable GH_TOKEN of pipeline nightly`. */
  readonly place: string;
  /** Name of the variable or capability. */
  readonly name: string;
  readonly resource: ResourceRef;
  readonly hit: TokenHit;
  readonly relation: Exclude<TokenRelation, 'unrelated'>;
  /** What has to be done in the place itself, in a sentence. */
  readonly cleanUp: string;
  readonly evidence: Evidence;
  readonly now: Date;
}

/** The finding of one token. Its value stays behind: type, digest and last four are all that goes out. */
export function tokenFinding({
  kind,
  place,
  name,
  resource,
  hit,
  relation,
  cleanUp,
  evidence,
  now,
}: FoundToken): Finding {
  const ends = hit.claims?.exp === undefined ? undefined : new Date(hit.claims.exp * 1_000);
  const over = ends !== undefined && ends <= now;
  return {
    id: findingId('runner-credentials', kind, `${resource.id}#${name}:${hit.sha256}`),
    step: 'runner-credentials',
    kind,
    title: `${TITLES[relation]} (${hit.type}) stands in ${place}`,
    resource,
    severity: over ? 'info' : relation === 'leavers' ? 'critical' : 'high',
    status: over ? 'nothing-to-do' : 'needs-human',
    reason: over
      ? `It ended at ${ends.toISOString()}. ${cleanUp}`
      : `${REASONS[relation]} ${howToRevoke(hit.type)} ${cleanUp}`,
    evidence: {
      variable: name,
      tokenType: hit.type,
      holder: hit.holder,
      checksum: hit.checksum,
      sha256: hit.sha256,
      lastFour: hit.lastFour,
      ...(ends === undefined ? {} : { expires: ends.toISOString() }),
      ...evidence,
    },
    ...(ends === undefined || over ? {} : { residual: { until: ends.toISOString(), why: 'The token ends then.' } }),
  };
}

const TITLES = {
  leavers: 'The leaver’s token',
  'held-by-leaver': 'A service’s token that the leaver holds',
  'owner-unknown': 'A person’s token',
} as const;

const REASONS = {
  leavers: 'Whoever runs a job there acts as the leaver.',
  'held-by-leaver': 'The leaver could read it and may have kept it.',
  'owner-unknown':
    'Its format is a person’s, and nothing tells whose: compare the digest with the audit log of its issuer (GitHub: hashed_token).',
} as const;
