import type { Case } from '../../../api.ts';
import { useSession } from '../../../session.ts';

/** What the reader may do with one case, and why not, in a sentence that they see before they click. */
export interface Rights {
  readonly operate: boolean;
  /** `approver` decides as a rule, `emergency` where no approver can. */
  readonly decide: 'approver' | 'emergency' | undefined;
  readonly accept: boolean;
  /** Whether they may stand by what another person answered. */
  readonly confirm: boolean;
  readonly administer: boolean;
  /** Why they decide nothing although they have a role for it. */
  readonly whyNotDecide?: string;
  /** Why they do nothing at all although they have a role for it. */
  readonly whyNothing?: string;
}

export function useRights(row: Pick<Case, 'oid' | 'requestedBy' | 'merged'>): Rights {
  const { may, oid, denied } = useSession();
  const is = (other: string): boolean => other.toLowerCase() === oid.toLowerCase();
  const isTheirs = is(row.oid);
  const asked = [row.requestedBy, ...row.merged.map(({ requestedBy }) => requestedBy)].some(is);
  const administer = may.has('administer');
  const nothing = denied
    ? 'The gateway refuses you: whoever leaves decides nothing. Ask another operator.'
    : isTheirs
      ? 'This case is about you: somebody else acts on it.'
      : undefined;
  if (nothing !== undefined) {
    const none = { operate: false, decide: undefined, accept: false, confirm: false, administer: false };
    return may.size > 1 ? { ...none, whyNothing: nothing } : none;
  }
  const role = may.has('decide') ? 'approver' : administer ? 'emergency' : undefined;
  const whyNotDecide =
    role !== undefined && asked
      ? 'You asked for this case, so somebody else decides about it: the rule of two people.'
      : undefined;
  return {
    operate: may.has('operate'),
    decide: asked ? undefined : role,
    accept: may.has('approve') && !asked,
    confirm: may.has('decide'),
    administer,
    ...(whyNotDecide !== undefined && { whyNotDecide }),
  };
}
