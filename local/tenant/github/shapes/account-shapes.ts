import type { User } from '../state/state-accounts.ts';
import type { Organisation } from '../state/state-organisation.ts';
import { CREATED, type ShapeParts, UPDATED } from './shape-parts.ts';

/** Accounts of people and of organisations. */
export interface AccountShapes {
  publicUser(user: User): object;
  simpleUser(user: User): object;
  collaborator(user: User): object;
  organisationAccount(organisation: Organisation): object;
  publicOrganisation(organisation: Organisation): object;
}

/** Accounts in GitHub’s JSON. */
export function accountShapes({ account, organisationAccount }: ShapeParts): AccountShapes {
  const publicAccount = (known: ReturnType<ShapeParts['account']>, name: string) => ({
    ...known,
    name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: CREATED,
    updated_at: UPDATED,
  });

  return {
    publicUser: (user) => publicAccount(account(user.login, user.id, user.type ?? 'User'), user.name),
    simpleUser: (user) => account(user.login, user.id, user.type ?? 'User'),
    collaborator: (user) => ({ ...account(user.login, user.id, user.type ?? 'User'), role_name: 'admin' }),
    organisationAccount,
    publicOrganisation: (organisation) => publicAccount(organisationAccount(organisation), organisation.login),
  };
}
