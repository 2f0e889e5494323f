import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatewayApis } from '../../../../src/posture/readings/gateway/gateway-apis.ts';
import { gatewayApps } from '../../../../src/posture/readings/gateway/gateway-apps.ts';
import { gatewayNetwork } from '../../../../src/posture/readings/gateway/gateway-network.ts';
import { gatewayProbes } from '../../../../src/posture/readings/gateway/gateway-probes.ts';
import { isDeclared } from '../../support/declared-reading.ts';
import { api, flow } from '../../support/made-gateway.ts';

test('APIs: what their policies do, and no word of theirs, which may hold a secret', () => {
  const facts = {
    ...{ service: { id: '/apim', tier: 'Premium', units: 2 }, apis: [api({ flows: [flow({ product: 'p' })] })] },
    backends: [
      { id: '/b', name: 'files', origin: 'http://10.40.0.4:8080' },
      { id: '/pool', name: 'pool' },
    ],
  };
  isDeclared(gatewayApis, facts, [
    { apis: [api({ flows: [{ ...flow(), policies: [{ id: 'p', hash: 'short' }] }] })] },
    { apis: [{ ...api(), policy: '<policies />' }] },
    { apis: [api({ flows: [flow({ limited: 'mostly' as 'always' })] })] },
    { backends: [{ id: '/b', name: 'b', credentials: { header: 'x' } }] },
  ]);
  assert.equal(gatewayApis.nothing.service, undefined, 'there may be no gateway');
});

test('applications: who holds a role is told by what it is, without a name, because it may be a person', () => {
  const app = {
    ...{ appId: 'a', name: 'The gateway', principal: { objectId: 'o', assignmentRequired: true }, audiences: ['a'] },
    rights: [{ kind: 'role' as const, id: 'r', value: 'mcp.tools.secrets', for: ['application'], enabled: true }],
    preAuthorized: [{ appId: 'c', rightIds: ['r'] }],
    assigned: [{ id: 'x', roleId: 'r', holder: 'h', type: 'User' }],
    forEverybody: [{ id: 'g', client: 'c', scopes: ['mcp.tools.read'] }],
  };
  const holder = {
    ...{ objectId: 'h', appId: 'p', name: 'pipelines', isManagedIdentity: false },
    credentials: [{ on: 'principal' as const, type: 'secret' as const, keyId: 'k', until: '2027-01-01' }],
  };
  isDeclared(
    gatewayApps,
    { whole: true, apps: [app], clients: { o: { appId: 'c', name: 'Claude' } }, holders: [holder] },
    [
      { apps: [{ ...app, assigned: [{ ...app.assigned[0], name: 'Alex Moreau' }] }] },
      { apps: [{ ...app, rights: [{ ...app.rights[0], kind: 'permission' }] }] },
      { holders: [{ ...holder, credentials: [{ ...holder.credentials[0], secretText: 'x' }] }] },
      { whole: undefined },
    ],
  );
  assert.equal(gatewayApps.nothing.whole, false);
});

test('the gateway’s network: its subnets with their ranges', () => {
  isDeclared(gatewayNetwork, { subnets: [{ id: '/subnets/apim', prefixes: ['10.40.1.0/24'] }] }, [
    { subnets: [{ id: '/subnets/apim' }] },
    { subnets: undefined },
  ]);
});

test('probes: what was answered and reached; with nothing asked nothing is said to be closed', () => {
  const asked = { id: '/a', name: 'mcp-files', url: 'https://gw/mcp/files', status: 401, namesMetadata: true };
  const server = { id: '/b', name: 'files', address: '10.40.0.4:8080', reached: 'closed' as const, at: ['10.40.0.4'] };
  isDeclared(gatewayProbes, { apis: [asked], servers: [server] }, [
    { apis: [{ ...asked, status: 'refused' }] },
    { apis: [{ ...asked, body: 'hello' }] },
    { servers: [{ ...server, reached: 'perhaps' }] },
  ]);
  assert.deepEqual(gatewayProbes.nothing, { apis: [], servers: [] });
});
