import type { CheckDefinition } from '../check.ts';
import { alert403 } from './alerts/alert-403.ts';
import { alertHours } from './alerts/alert-hours.ts';
import { alertVolume } from './alerts/alert-volume.ts';
import { callsLogged } from './calls-logged.ts';
import { gatewayGuards } from './gateway-guards.ts';
import { leaversOffboarded } from './leavers-offboarded.ts';
import { noStoredSecrets } from './no-stored-secrets.ts';
import { noneOnWorkstations } from './none-on-workstations.ts';
import { peopleKeptFromSecrets } from './people-kept-from-secrets.ts';
import { policyIdentity } from './policy-identity.ts';
import { policySubnet } from './policy-subnet.ts';
import { rateLimited } from './rate-limited.ts';
import { scopesApart } from './scopes-apart.ts';
import { serversContained } from './servers-contained.ts';
import { serversTagged } from './servers-tagged.ts';
import { subjectsPinned } from './subjects-pinned.ts';

/** Every check, in the order of the checklist. */
export const CHECKS: readonly CheckDefinition[] = [
  noneOnWorkstations,
  serversContained,
  serversTagged,
  policyIdentity,
  policySubnet,
  gatewayGuards,
  scopesApart,
  peopleKeptFromSecrets,
  rateLimited,
  noStoredSecrets,
  subjectsPinned,
  callsLogged,
  alertHours,
  alertVolume,
  alert403,
  leaversOffboarded,
];
