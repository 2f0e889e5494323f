import { ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import { withinDeadline } from '../deadline.ts';
import { OffboardingError } from '../errors.ts';
import type { IdentitySettings } from './settings.ts';

/**
 * The identities of the app: one reads, one cuts, one writes audit rows, one assesses, one calls as nobody should and may
 * nothing else. Each activity names which it uses.
 */
export type IdentityName = 'reader' | 'remover' | 'ingestor' | 'assessor' | 'canary';

/** Below the deadline that a call has by default. */
const SIGN_IN_MS = 20_000;

const credentials = new Map<string, TokenCredential>();

/** The credential of one of the app's user-assigned identities; tokens are cached inside it. */
export function credentialOf(settings: IdentitySettings, identity: IdentityName): TokenCredential {
  const clientId = clientIdOf(settings, identity);
  const known = credentials.get(clientId);
  if (known !== undefined) return known;
  const credential = withDeadline(new ManagedIdentityCredential({ clientId }));
  credentials.set(clientId, credential);
  return credential;
}

/**
 * A credential that gives up in time. Signing in heeds no signal and has no limit of its own: an identity endpoint that
 * takes a question and answers nothing would hold every call, whatever that one's deadline is.
 */
export function withDeadline(credential: TokenCredential, ms: number = SIGN_IN_MS): TokenCredential {
  return {
    getToken: (scopes, options) => withinDeadline('signing in', ms, () => credential.getToken(scopes, options)),
  };
}

function clientIdOf(settings: IdentitySettings, identity: IdentityName): string {
  switch (identity) {
    case 'reader':
      return settings.READER_CLIENT_ID;
    case 'remover':
      return settings.REMOVER_CLIENT_ID;
    case 'ingestor':
      if (settings.INGESTOR_CLIENT_ID !== undefined) return settings.INGESTOR_CLIENT_ID;
      throw new OffboardingError('config-invalid', 'INGESTOR_CLIENT_ID: not set.');
    case 'assessor':
      if (settings.ASSESSOR_CLIENT_ID !== undefined) return settings.ASSESSOR_CLIENT_ID;
      throw new OffboardingError('config-invalid', 'ASSESSOR_CLIENT_ID: not set.');
    case 'canary':
      if (settings.CANARY_CLIENT_ID !== undefined) return settings.CANARY_CLIENT_ID;
      throw new OffboardingError('config-invalid', 'CANARY_CLIENT_ID: not set.');
    default:
      return identity satisfies never;
  }
}
