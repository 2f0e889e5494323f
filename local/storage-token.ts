import type { TokenCredential } from '@azure/identity';
import type { Stack } from './stack.ts';
import { WORLD } from './tenant/seeds/world.ts';

/** For how long what `npm start` gives out is good. */
export const HOURS = 8;

/** HR's system and whoever looks into the tables: the emulator asks who comes, not what they may. */
export function tokenForStorage({ tenant }: Pick<Stack, 'tenant'>): Promise<string> {
  return tenant.tokens.issue({
    audience: 'https://storage.azure.com',
    oid: WORLD.operator.oid,
    clientId: 'operator-cli',
    version: 1,
    lifetimeSeconds: HOURS * 3_600,
  });
}

/** The same for Azure's clients. */
export function storageCredentialOf(stack: Pick<Stack, 'tenant'>): TokenCredential {
  return {
    getToken: async () => ({
      token: await tokenForStorage(stack),
      expiresOnTimestamp: Date.now() + HOURS * 3_600_000,
    }),
  };
}
