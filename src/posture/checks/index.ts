import type { CheckDefinition } from '../check.ts';
import { gatewayGuards } from './gateway-guards.ts';
import { leaversOffboarded } from './leavers-offboarded.ts';
import { rateLimited } from './rate-limited.ts';
import { serversTagged } from './servers-tagged.ts';

/** Every check, in the order of the checklist. */
export const CHECKS: readonly CheckDefinition[] = [
  serversTagged as unknown as CheckDefinition,
  gatewayGuards as unknown as CheckDefinition,
  rateLimited as unknown as CheckDefinition,
  leaversOffboarded as unknown as CheckDefinition,
];
