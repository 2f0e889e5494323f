import type { Finding } from '../../../cases/finding.ts';
import type { FindingId } from '../../../cases/ids.ts';
import { findingId } from '../../../cases/stable-id.ts';

/** What a case knew before its cut. */
export interface Before {
  /** Every finding that was open when the plan was made. */
  readonly known: readonly FindingId[];
  /** Those whose place was emptied since: there again, they were made anew. */
  readonly emptied: readonly FindingId[];
}

/**
 * What admits the leaver after the cut and was not there before it. Pipelines put back what is deleted, under another
 * name where they can, and people make a second token of what they had. Nothing of it is cut by this case: nobody has
 * judged it, and what makes it would make it again.
 */
export function admittedAgain(found: readonly Finding[], { known, emptied }: Before): Finding[] {
  const before = new Set(known);
  const cut = new Set(emptied);
  return found
    .filter(({ id, status }) => status !== 'nothing-to-do' && (!before.has(id) || cut.has(id)))
    .map(({ id, title, resource, severity, evidence, restsOn }) => ({
      id: findingId('verification', 'admitted-again', id),
      step: 'verification',
      kind: 'admitted-again',
      title: `After the cut: ${title}`,
      resource,
      severity,
      status: 'manual-action',
      reason:
        'It was not there, or was over, when the plan was made. Find out what made it, a pipeline that brings back what was cut or ' +
        'a person, and stop that; then start the case again, which plans its removal.',
      evidence,
      // A copy of what the case ended opens nothing.
      ...(restsOn === undefined ? {} : { restsOn }),
    }));
}
