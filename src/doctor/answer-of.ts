import type { PermissionRow } from '../connectors/permission.ts';
import type { VendorResult } from '../connectors/result.ts';
import type { DoctorAnswer } from './diagnosis.ts';

/** Answers by the id of the permission that they are about. */
export type Answers = readonly (readonly [id: string, answer: DoctorAnswer])[];

/**
 * What a vendor's answer to a small question says about the permission for it. Only a refusal is a missing one; that
 * there is nothing of the kind, or that the question was odd, is told to those who may ask.
 */
export function answerOf(result: VendorResult<unknown>): DoctorAnswer {
  if (result.ok) return { state: 'granted' };
  const { failure } = result;
  switch (failure.kind) {
    case 'denied':
      return { state: 'missing', detail: failure.message };
    case 'not-found':
    case 'refused':
    case 'conflict':
    case 'unreadable':
      return { state: 'granted' };
    case 'throttled':
    case 'unavailable':
      return { state: 'could-not-check', detail: failure.message };
    default:
      return failure satisfies never;
  }
}

/** The same answer for each of some rows. */
export function sameAnswer(rows: readonly PermissionRow[], answer: DoctorAnswer): Answers {
  return rows.map(({ id }) => [id, answer] as const);
}
