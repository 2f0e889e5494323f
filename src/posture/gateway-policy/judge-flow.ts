import { type CheckFault, type CheckWorth, type Expected, worthOfCheck } from './judge-token-check.ts';
import type { FlowFacts } from './read-flow.ts';

/** Why somebody without a token gets further than a check. */
export type FlowFault =
  | CheckFault
  | 'no-token-check'
  | 'forwards-before-check'
  | 'forwards-on-error'
  | 'token-overwritten';

/** What a way through an API is worth. `unread`: what is missing of it, the reading says. */
export type FlowWorth =
  | { readonly is: 'guarded' | 'closed' | 'unread' }
  | { readonly is: 'open'; readonly reason: FlowFault; readonly says: string }
  | { readonly is: 'unclear'; readonly says: string };

/**
 * Whether nobody gets through without a token of this tenant for the gateway. A check counts that is in no branch; with a
 * part of the policies unread nothing is known to be missing, and nothing to be safe.
 */
export function worthOfFlow(flow: FlowFacts, expected: Expected): FlowWorth {
  if (flow.onError.includes('forwards')) {
    return open('forwards-on-error', 'Its on-error section forwards, also where a token was refused.');
  }
  const judged = flow.checks.map((check) => ({ check, worth: worthOfCheck(check, expected) }));
  const right = judged.find(({ check, worth }) => worth.is === 'right' && !check.conditional)?.check;
  const missing = missingOf(flow);
  if (right === undefined && flow.forwards) return missing ?? withoutCheck(judged);
  const before = flow.steps.filter(({ at }) => right === undefined || at < right.at);
  if (before.some(({ kind }) => kind === 'forwards')) {
    return open('forwards-before-check', 'It forwards before it looks at the token.');
  }
  const written = before.filter(
    ({ kind, header }) => kind === 'writes-header' && (header === '*' || header === 'authorization'),
  );
  if (right !== undefined && written.some(({ conditional, header }) => !conditional && header !== '*')) {
    return open('token-overwritten', 'It writes the header Authorization before it looks at the token in it.');
  }
  if (right !== undefined && written.length > 0) {
    return { is: 'unclear', says: 'It may write the header Authorization before it looks at the token in it.' };
  }
  const odd = before.find(({ kind }) => kind !== 'writes-header') ?? flow.onError[0];
  if (odd !== undefined) {
    const kind = typeof odd === 'string' ? odd : odd.kind;
    return { is: 'unclear', says: ODD[kind] };
  }
  return missing ?? { is: right === undefined ? 'closed' : 'guarded' };
}

const ODD: Readonly<Record<FlowFacts['onError'][number], string>> = {
  forwards: 'It forwards without a check.',
  copies: 'Before it looks at the token it sends a copy of the request elsewhere.',
  'answers-from-elsewhere': 'It may answer with what another address says, without a check of the token.',
  'answers-from-cache': 'It may answer from a cache before it looks at the token.',
  'writes-header': 'It writes a header before it looks at the token.',
};

function missingOf({ unread, incomplete }: FlowFacts): FlowWorth | undefined {
  if (unread[0] !== undefined) return { is: 'unclear', says: unread[0] };
  return incomplete ? { is: 'unread' } : undefined;
}

function withoutCheck(
  judged: readonly { readonly check: FlowFacts['checks'][number]; readonly worth: CheckWorth }[],
): FlowWorth {
  const unclear = judged.find(({ worth }) => worth.is === 'unclear')?.worth;
  if (unclear?.is === 'unclear') return unclear;
  const branch = judged.find(({ check, worth }) => check.conditional && worth.is === 'right');
  if (branch !== undefined) {
    return {
      is: 'unclear',
      says: `Its ${branch.check.element} stands in a branch: when it runs, the app cannot tell.`,
    };
  }
  const wrong = judged[0]?.worth;
  if (wrong?.is === 'wrong') return open(wrong.reason, wrong.says);
  return open('no-token-check', 'It forwards without a check of the token.');
}

function open(reason: FlowFault, says: string): FlowWorth {
  return { is: 'open', reason, says };
}
