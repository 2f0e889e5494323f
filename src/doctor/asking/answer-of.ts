import type { PermissionRow } from '../../connectors/permission.ts';
import type { VendorResult } from '../../connectors/result.ts';
import type { DoctorAnswer } from '../diagnosis.ts';

/** Answers by the id of the permission that they are about. */
export type Answers = readonly (readonly [id: string, answer: DoctorAnswer])[];

/**
 * What a vendor's answer to a question says about the permission for it. Only the answer that is meant proves that it is
 * granted. A question that was refused, or led nowhere, may have been wrong itself (an api-version that is switched off,
 * a filter that is not taken), so that nobody knows; where such a refusal is the one that is meant, whoever asks makes a
 * success of it.
 */
export function answerOf(result: VendorResult<unknown>): DoctorAnswer {
  if (result.ok) return { state: 'granted' };
  const { kind, message: detail } = result.failure;
  return { state: kind === 'denied' ? 'missing' : 'could-not-check', detail };
}

/** The same answer for each of some rows. */
export function sameAnswer(rows: readonly PermissionRow[], answer: DoctorAnswer): Answers {
  return rows.map(({ id }) => [id, answer] as const);
}
