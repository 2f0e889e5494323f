import type { SeedContext } from '../../local/tenant/seeds/seed-context.ts';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';

/** The case study without anything for scale. */
export function seedContext(now = new Date()): SeedContext {
  return { now, scale: { repositories: 0, identities: 0, credentialsPerIdentity: 0 }, mint: makeTokenMint() };
}
