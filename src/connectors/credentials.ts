import { ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import type { Config } from '../config.ts';
import { OffboardingError } from '../errors.ts';

/** The identities of the app: one reads, one cuts, one writes audit rows. Each activity names which it uses. */
export type IdentityName = 'reader' | 'remover' | 'ingestor';

const credentials = new Map<string, TokenCredential>();

/** The credential of one of the app's user-assigned identities; tokens are cached inside it. */
export function credentialOf(config: Config, identity: IdentityName): TokenCredential {
  const clientId = clientIdOf(config, identity);
  const known = credentials.get(clientId);
  if (known !== undefined) return known;
  const credential = new ManagedIdentityCredential({ clientId });
  credentials.set(clientId, credential);
  return credential;
}

function clientIdOf(config: Config, identity: IdentityName): string {
  switch (identity) {
    case 'reader':
      return config.READER_CLIENT_ID;
    case 'remover':
      return config.REMOVER_CLIENT_ID;
    case 'ingestor':
      if (config.INGESTOR_CLIENT_ID !== undefined) return config.INGESTOR_CLIENT_ID;
      throw new OffboardingError('config-invalid', 'INGESTOR_CLIENT_ID: not set.');
    default:
      return identity satisfies never;
  }
}
