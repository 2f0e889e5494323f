import type { VendorFailure } from '../../connectors/result.ts';
import type { SignOnIdentity } from '../../people/evidence/sign-on-identity.ts';
import type { Places } from './places.ts';
import { so } from './probe.ts';

/** Where there is no identity to look at. */
export const NO_PROVIDER = so(
  'Single sign-on is the enterprise’s, or there is none.',
  'Knows people by verified addresses, provisioning and answers.',
);
export const NO_ACCOUNTS = so('Nobody has signed in yet.', 'Nothing is known; ask again when somebody has.');

interface SignOn {
  readonly linked: readonly SignOnIdentity[];
  readonly issuer: string | undefined;
}

/** The identities with an account; or the answer that there is nothing to look at. */
export async function signOn({
  people,
}: Places['github']): Promise<
  SignOn | { readonly answer: 'no-provider' | 'no-accounts' } | { readonly failure: VendorFailure }
> {
  const read = await people();
  if (!read.ok) return { failure: read.failure };
  const { failure, provider, identities, issuer } = read.value;
  if (failure !== undefined) return { failure };
  if (provider === 'none') return { answer: 'no-provider' };
  const linked = identities.filter(({ account }) => account !== null);
  return linked.length === 0 ? { answer: 'no-accounts' } : { linked, issuer };
}
