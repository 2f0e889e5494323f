import { findingId } from '../../../../src/cases/stable-id.ts';
import type { VendorFailure, VendorResult } from '../../../../src/connectors/result.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';

export const ID = findingId('runner-credentials', 'x', 'y');

export const DENIED: VendorFailure = { kind: 'denied', status: 403, message: 'You may not.' };

/** Azure DevOps that answers each question with what is given for it; of several answers each once, the last for good. */
export const devops = (answers: Record<string, unknown>): Vendors['devops'] => {
  const asked = Object.entries(answers).map(([question, answer]) => {
    const left = Array.isArray(answer) ? [...answer] : [answer];
    return [question, async () => (left.length > 1 ? left.shift() : left[0])];
  });
  return Object.fromEntries(asked) as unknown as Vendors['devops'];
};
export const vendors = (answers: Record<string, unknown>) => ({ devops: devops(answers) }) as unknown as Vendors;
export const stateIn = (read: VendorResult<{ readonly state: string }>) =>
  read.ok ? read.value.state : read.failure.kind;
export const nowIn = (read: VendorResult<{ readonly state: string; readonly now?: unknown }>) =>
  read.ok ? read.value.now : undefined;
export const effectIn = (acted: VendorResult<{ readonly effect: string }>) =>
  acted.ok ? acted.value.effect : acted.failure.kind;
export const placeIn = (look: VendorResult<{ readonly is: string }>) => (look.ok ? look.value.is : look.failure.kind);

/** The same with all that it is asked, in order: the question and what is given with it. */
export function recorded(answers: Record<string, unknown>) {
  const asked: (readonly unknown[])[] = [];
  const there = devops(answers) as unknown as Record<string, () => Promise<unknown>>;
  const asking = Object.entries(there).map(([question, answer]) => [
    question,
    (...given: readonly unknown[]) => {
      asked.push([question, ...given]);
      return answer();
    },
  ]);
  return { of: { devops: Object.fromEntries(asking) } as unknown as Vendors, asked };
}
