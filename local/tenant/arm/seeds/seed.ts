import { createHash } from 'node:crypto';
import type { SeedContext } from '../../seeds/seed-context.ts';
import { WORLD } from '../../seeds/world.ts';
import { type ArmState, emptyArm } from '../state.ts';
import { type ArmIdentity, armCredentials } from '../state-identities.ts';
import { CASE_STUDY_IDENTITIES, type SeededIdentity } from './case-study-identities.ts';
import { seedPlatform } from './case-study-platform.ts';
import { seedPosture } from './case-study-posture.ts';
import { generatedIdentities } from './generated-identities.ts';
import { seedAlerts, seedGatewayLog } from './seed-alerts.ts';

/** Nobody's oid: a named value may not be empty, and the gateway's policy looks for `,<oid>,`. */
const EMPTY_DENY_LIST = ',none,';

/** The case study's subscriptions: pipeline identities, the gateway's deny list, the audit table, and who is told of what is in it. */
export function seedArm({ now, scale }: SeedContext): ArmState {
  const state = emptyArm();
  for (const id of Object.values(WORLD.subscriptions)) state.subscriptions.add(id);
  // Copied: what a tenant changes of its own is not another's.
  for (const identity of structuredClone([...CASE_STUDY_IDENTITIES, ...generatedIdentities(scale)])) {
    state.identities.add(identityRow(identity));
  }
  const platform = `/subscriptions/${WORLD.subscriptions.platform}`;
  const { apim } = WORLD;
  for (const name of apim.namedValues) {
    state.namedValues.add({
      serviceId: `${platform}/resourceGroups/${apim.resourceGroup}/providers/Microsoft.ApiManagement/service/${apim.name}`,
      name,
      value: EMPTY_DENY_LIST,
      secret: false,
      version: 1,
    });
  }
  seedPlatform(state);
  seedPosture(state);
  seedGatewayLog(state);
  seedAlerts(state, now);
  return state;
}

function identityRow({ subscriptionId, resourceGroup, name, tags, credentials, oldCase }: SeededIdentity): ArmIdentity {
  // Resources from before 2020 or from some tools come back with `resourcegroups`.
  const group = oldCase === true ? `resourcegroups/${resourceGroup.toLowerCase()}` : `resourceGroups/${resourceGroup}`;
  return {
    id: `/subscriptions/${subscriptionId}/${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
    subscriptionId,
    resourceGroup,
    name,
    location: 'westeurope',
    tags: { ...tags },
    principalId: principalIdOf(subscriptionId, name),
    clientId: guidFrom(`client ${subscriptionId} ${name}`),
    credentials: armCredentials(credentials),
    locked: false,
    writing: false,
  };
}

/** The object id under which a seeded identity calls, for seeds of the logs it leaves. */
export function principalIdOf(subscriptionId: string, name: string): string {
  return guidFrom(`principal ${subscriptionId} ${name}`);
}

/** The same text always gives the same GUID, so that other seeds can name the identity too. */
function guidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
