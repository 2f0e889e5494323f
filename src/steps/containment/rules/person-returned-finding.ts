import type { Finding } from '../../../cases/finding.ts';
import { findingId } from '../../../cases/stable-id.ts';
import { sentence } from '../../../cases/words/wording.ts';
import type { Leaver } from '../../../people/leaver.ts';

/** What a case says that stopped because its person is no leaver any more. */
export function personReturnedFinding(
  { oid, displayName }: Pick<Leaver, 'oid' | 'displayName'>,
  why: string,
  /** What somebody has to do so that the gateway lets them in again; undefined where it does. */
  byHand: string | undefined,
): Finding {
  const release =
    byHand === undefined ? 'The gateway lets them in.' : `The gateway still refuses them. ${sentence(byHand)}`;
  return {
    id: findingId('containment', 'person-returned', oid),
    step: 'containment',
    kind: 'person-returned',
    title: `${displayName ?? oid} came back while the case ran, and the case stopped`,
    resource: { system: 'entra', type: 'user', id: oid },
    severity: 'high',
    status: 'manual-action',
    reason:
      `${why} ${release} Nothing was cut from then on; what had been cut before stands under the actions, with what ` +
      'undoes it. If they leave all the same, start a case again.',
    evidence: { oid, released: byHand === undefined },
  };
}
