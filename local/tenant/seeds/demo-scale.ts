import type { Scale } from './seed-context.ts';

/** The size that the README's demo shows. */
export const DEMO_SCALE: Scale = { repositories: 50, identities: 12, credentialsPerIdentity: 5 };
