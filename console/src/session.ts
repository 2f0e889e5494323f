import { createContext, useContext } from 'react';
import type { Api, Schemas } from './api.ts';
import type { SignedIn } from './sign-in.ts';

/** Who is signed in, what they may do, and the API as they see it. */
export interface Session {
  readonly me: SignedIn;
  readonly api: Api;
  readonly oid: string;
  readonly may: ReadonlySet<Right>;
  /** Whether the gateway refuses them: then they decide nothing. */
  readonly denied: boolean;
}
export type Right = 'read' | 'operate' | 'decide' | 'approve' | 'administer' | 'report';

/** Which roles allow it, in words: src/api/access/caller.ts decides. */
export const ROLES_FOR: Readonly<Record<Right, string>> = {
  read: 'the role Offboarding.Read',
  operate: 'the role Offboarding.Operate or Offboarding.Administer',
  decide: 'the role Offboarding.Approve',
  approve: 'the role Offboarding.Approve or Offboarding.Administer',
  administer: 'the role Offboarding.Administer',
  /** Machines alone hold it. */
  report: 'Offboarding.Inventory',
};
export type Me = Schemas extends { Me: infer M } ? M : { oid: string; may: Right[]; denied: boolean };

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('outside of a session');
  return session;
}
