import type { Caller } from './access.ts';
import type { GitHubState } from './state/state.ts';
import type { RefusalReason } from './state/state-organisation.ts';

/** What GitHub answers with 403 to a caller who is refused whatever it asks. */
export function refusalOf(state: GitHubState, caller: Caller): string | undefined {
  if (caller.kind === 'app') return undefined;
  const { organisation, suspendedAt } = caller.installation;
  if (suspendedAt !== undefined) return SUSPENDED;
  const reason = state.organisations.get(organisation)?.refuses;
  return reason === undefined ? undefined : WORDS[reason].replace('{org}', organisation);
}

export const SUSPENDED = 'This installation has been suspended';

const WORDS: Readonly<Record<RefusalReason, string>> = {
  'ip-allow-list':
    'Although you appear to have the correct authorization credentials, the `{org}` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
  saml: 'Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization.',
  abuse: 'You have triggered an abuse detection mechanism. Please retry your request again later.',
  'no-reason': 'Forbidden',
};
