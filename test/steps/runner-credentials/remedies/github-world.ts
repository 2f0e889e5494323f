import { findingId } from '../../../../src/cases/stable-id.ts';
import type { GitHub, GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import { ok, type VendorFailure, type VendorResult } from '../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';

export const ID = findingId('runner-credentials', 'x', 'y');
export const NOT_FOUND: VendorFailure = { kind: 'not-found', status: 404, message: 'It is not there.' };
export const DENIED: VendorFailure = { kind: 'denied', status: 403, message: 'You may not.' };
export const DONE = ok({ effect: 'done' as const });

/** An organisation that answers each question with what is given for it; a function is asked. */
export function organisation(answers: Record<string, unknown>): GitHubOrganisation {
  const asked = Object.entries(answers).map(([question, answer]) => [
    question,
    async (...given: unknown[]) => (typeof answer === 'function' ? answer(...given) : answer),
  ]);
  return Object.fromEntries(asked) as unknown as GitHubOrganisation;
}
export const gitHub = (answers: Record<string, unknown>, connected?: VendorResult<unknown>) => {
  const there = organisation(answers);
  return { organisation: async () => connected ?? ok(there) } as unknown as GitHub;
};
export const vendors = (answers: Record<string, unknown>) => ({ github: gitHub(answers) }) as unknown as Vendors;
export const stateIn = (read: VendorResult<{ readonly state: string }>) =>
  read.ok ? read.value.state : read.failure.kind;
export const nowIn = (read: VendorResult<{ readonly state: string; readonly now?: unknown }>) =>
  read.ok ? read.value.now : undefined;
export const effectIn = (acted: VendorResult<{ readonly effect: string }>) =>
  acted.ok ? acted.value.effect : acted.failure.kind;
export const placeIn = (look: VendorResult<{ readonly is: string }>) => (look.ok ? look.value.is : look.failure.kind);
