import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import type { Known } from '../../../../credentials/ownership.ts';
import { carriesName } from '../../../../people/names/carries-name.ts';
import type { TokenPlace } from './token-place.ts';

/**
 * A place that is named after the leaver and holds no token of a known format, or a secret that nobody can read: what
 * stands there was most likely meant for the leaver, and formats that nobody knows yet are tokens too.
 */
export function namedFinding({ kind: _, ...place }: TokenPlace, known: Known): Finding[] {
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
