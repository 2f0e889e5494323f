import { nodeId } from '../shapes/node-ids.ts';
import type { GitHubState } from '../state/state.ts';
import { fault } from './graphql-faults.ts';

/** A user, with the verified addresses that an organisation shows. */
export function userOf(state: GitHubState, id: number | undefined): object | undefined {
  const user = id === undefined ? undefined : state.users.get(String(id));
  return (
    user && {
      __typename: 'User',
      login: user.login,
      databaseId: user.id,
      id: nodeId('U', user.id),
      organizationVerifiedDomainEmails: ({ login }: { login: string }) => {
        const organisation = state.organisations.get(login);
        if (organisation?.hidesVerifiedMails === true) {
          throw fault('FORBIDDEN', 'Resource not accessible by integration');
        }
        return organisation?.verifiedMails?.get(user.id) ?? [];
      },
    }
  );
}
