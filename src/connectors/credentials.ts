import { ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import { OffboardingError } from '../errors.ts';
import type { IdentitySettings } from './settings.ts';

/** The identities of the app: one reads, one cuts, one writes audit rows. Each activity names which it uses. */
export type IdentityName = 'reader' | 'remover' | 'ingestor';

const credentials = new Map<string, TokenCredential>();

/** The credential of one of the app's user-assigned identities; tokens are cached inside it. */
export function credentialOf(settings: IdentitySettings, identity: IdentityName): TokenCredential {
  const clientId = clientIdOf(settings, identity);
  const known = credentials.get(clientId);
  if (known !== undefined) return known;
  const credential = new ManagedIdentityCredential({ clientId });
  credentials.set(clientId, credential);
  return credential;
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
    default:
      return identity satisfies never;
  }
}
