import { ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import type { Config } from '../config.ts';

/** The two identities of the app: one reads, the other cuts. Each activity names which it uses. */
export type IdentityName = 'reader' | 'remover';

const credentials = new Map<string, TokenCredential>();

/** The credential of one of the app's user-assigned identities; tokens are cached inside it. */
export function credentialOf(config: Config, identity: IdentityName): TokenCredential {
  const clientId = identity === 'reader' ? config.READER_CLIENT_ID : config.REMOVER_CLIENT_ID;
  const known = credentials.get(clientId);
  if (known !== undefined) return known;
  const credential = new ManagedIdentityCredential({ clientId });
  credentials.set(clientId, credential);
  return credential;
}
