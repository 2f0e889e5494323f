import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noStoredSecrets } from '../../../../src/posture/checks/no-stored-secrets.ts';
import type { GatewayApp, Holder } from '../../../../src/posture/readings/gateway/gateway-apps.ts';
import type { ServiceConnection } from '../../../../src/posture/readings/pipelines/service-connections.ts';
import { NO_SETTINGS } from '../../support/no-settings.ts';

const AT = '2026-11-23T04:10:00.000Z';
const inDays = (days: number, ms = 0): string => new Date(Date.parse(AT) + days * 86_400_000 + ms).toISOString();
type Credential = Holder['credentials'][number];
const holder = (more: Partial<Holder> = {}): Holder => ({
  ...{ objectId: 'sp', appId: 'client', name: 'Pipeline', registration: 'reg', isManagedIdentity: false },
  ...{ credentials: [], ...more },
});
const { registration: _, ...foreign } = holder();
const credential = (more: Partial<Credential> = {}): Credential => ({
  ...{ on: 'registration', type: 'secret', keyId: 'K', from: inDays(-9), until: inDays(9), ...more },
});
const connection = (more: Partial<ServiceConnection> = {}): ServiceConnection => ({
  ...{ organisation: 'acme', project: 'crm', id: 'c1', name: 'gateway', page: 'https://dev.azure.com/acme/crm' },
  ...{ scheme: 'serviceprincipal', authentication: 'spnkey', appId: 'client', ...more },
});
const without = <Key extends keyof ServiceConnection>(key: Key): ServiceConnection => {
  const { [key]: __, ...rest } = connection();
  return rest as ServiceConnection;
};
interface Firm {
  readonly holders?: readonly Holder[];
  readonly connections?: readonly ServiceConnection[];
  readonly apps?: readonly GatewayApp[];
  readonly whole?: boolean;
}
const judge = ({ holders = [], connections = [], apps = [], whole = true }: Firm) =>
  noStoredSecrets.judge(
    {
      gatewayApps: { whole, apps: [...apps], clients: {}, holders: [...holders] },
      serviceConnections: { connections: [...connections] },
      workflowSecrets: { uses: [], stored: [], names: 4 },
    },
    { at: AT, settings: { ...NO_SETTINGS, GITHUB_ORGANISATIONS: ['acme'], DEVOPS_ORGANISATIONS: ['acme-devops'] } },
  );
const kept = (more: Partial<Credential> = {}, of: Holder = holder()) =>
  judge({ holders: [{ ...of, credentials: [credential(more)] }] }).findings;

test('a secret that lives is told with the command that deletes it there', () => {
  const resource = 'applications/reg/passwordCredentials/K';
  const todo = 'Delete the secret, after its pipeline signs in with a federated credential.';
  assert.deepEqual(
    kept().map(({ remedy: { link: _link, ...remedy }, ...rest }) => ({ ...rest, remedy })),
    [
      {
        ...{ reason: 'live-secret', resource },
        says: `Pipeline has a secret that is valid until ${inDays(9).slice(0, 10)}, and holds a role on the gateway.`,
        evidence: {
          ...{ resource, call: 'applications v1.0' },
          shows: { key_id: 'K', type: 'secret', from: inDays(-9), until: inDays(9) },
        },
        remedy: { todo, command: 'az ad app credential delete --id reg --key-id K' },
      },
    ],
  );
  const [onPrincipal] = kept({ on: 'principal', type: 'certificate', until: inDays(300) });
  assert.deepEqual(onPrincipal && { ...onPrincipal, remedy: onPrincipal.remedy.command }, {
    ...{ reason: 'long-certificate', severity: 'low', resource: 'servicePrincipals/sp/keyCredentials/K' },
    says: `Pipeline has a certificate that is valid until ${inDays(300).slice(0, 10)}, and holds a role on the gateway.`,
    evidence: {
      ...{ resource: 'servicePrincipals/sp/keyCredentials/K', call: 'servicePrincipals v1.0' },
      shows: { key_id: 'K', type: 'certificate', from: inDays(-9), until: inDays(300) },
    },
    remedy: 'az ad sp credential delete --id sp --key-id K --cert',
  });
  assert.equal(kept({}, foreign)[0]?.resource, 'applications/client/passwordCredentials/K');
});

test('what is over, and a certificate that a machine makes anew, is no stored secret', () => {
  const certificate = { type: 'certificate' as const, from: inDays(-10) };
  const situations: readonly (readonly [string, Partial<Credential>, reason: string | undefined])[] = [
    ['over now', { until: inDays(0) }, undefined],
    ['over in a moment', { until: inDays(0, 1) }, 'live-secret'],
    ['not begun yet', { from: inDays(3), until: inDays(4) }, 'live-secret'],
    ['ninety days', { ...certificate, until: inDays(80) }, undefined],
    ['a moment more', { ...certificate, until: inDays(80, 1) }, 'long-certificate'],
    ['without an end that a clock can read', { ...certificate, until: 'never' }, 'long-certificate'],
    ['a secret of a day', { from: inDays(-1) }, 'live-secret'],
  ];
  for (const [what, more, reason] of situations) assert.equal(kept(more)[0]?.reason, reason, what);
  const { from: __, until: ___, ...endless } = credential();
  const [found] = judge({ holders: [holder({ credentials: [endless] })] }).findings;
  assert.deepEqual(
    [found?.says, found?.evidence.shows],
    [
      'Pipeline has a secret that does not end, and holds a role on the gateway.',
      { key_id: 'K', type: 'secret', from: 'not told', until: 'never' },
    ],
  );
  assert.deepEqual(kept({}, holder({ isManagedIdentity: true })), [], 'its keys are Azure’s own');
});

test('a connection that keeps a key of who holds a role fails, and one of which nobody can say is a doubt', () => {
  const of = (...connections: readonly ServiceConnection[]) => judge({ holders: [holder()], connections });
  const resource = 'acme/crm/serviceendpoints/c1';
  const call = 'serviceendpoint/endpoints 7.2-preview.4';
  assert.deepEqual(of(connection()).findings, [
    {
      ...{ reason: 'connection-keeps-secret', resource },
      says: 'The service connection gateway of acme/crm keeps a key of Pipeline.',
      evidence: { resource, call, shows: { scheme: 'serviceprincipal', authentication: 'spnkey' } },
      remedy: {
        todo: 'Convert it to workload identity federation, and delete the secret of the application.',
        link: 'https://dev.azure.com/acme/crm',
      },
    },
  ]);
  assert.deepEqual(of(connection()).doubts, []);
  const certificate = of(connection({ authentication: 'spncertificate' })).findings[0];
  assert.match(certificate?.says ?? '', / keeps a certificate of Pipeline\.$/);
  const silent = of(without('authentication')).findings[0];
  assert.match(silent?.says ?? '', / keeps a key of Pipeline\.$/);
  assert.deepEqual(silent?.evidence.shows, { scheme: 'serviceprincipal', authentication: 'not told' });
  const doubt = (detail: string) => [{ reason: 'unreadable', resource: 'c1', detail }];
  const whose = of(without('appId'));
  assert.deepEqual(
    [whose.findings, whose.doubts],
    [[], doubt('acme/crm does not tell whose key the service connection gateway keeps.')],
  );
  const odd = of(connection({ scheme: 'magic' }));
  const unknown =
    'The service connection gateway of acme/crm signs in in a way that is not known (magic): whether it keeps a secret is unknown.';
  assert.deepEqual([odd.findings, odd.doubts], [[], doubt(unknown)]);
  for (const scheme of ['workloadidentityfederation', 'managedserviceidentity', 'publishprofile']) {
    const { appId: __, ...bare } = connection({ scheme });
    assert.deepEqual([of(bare).findings, of(bare).doubts], [[], []], scheme);
  }
  const others = of(connection({ appId: 'other' }), connection({ appId: 'other', scheme: 'magic' }));
  assert.deepEqual([others.findings, others.doubts, others.subjects], [[], [], 1], 'no role on the gateway');
});

test('whom no list shows, or another tenant has, signs in with nobody knows what', () => {
  const app: GatewayApp = {
    ...{ appId: 'gw', name: 'MCP gateway', audiences: [], rights: [], preAuthorized: [], forEverybody: [] },
    assigned: ['sp', 'lost', 'lost', 'person'].map((who, at) => ({
      ...{ id: `a${at}`, roleId: 'r', holder: who, type: who === 'person' ? 'user' : 'serviceprincipal' },
    })),
  };
  const seen = [
    { reason: 'no-data', resource: 'lost', detail: 'The service principal lost holds a role and is not listed.' },
    {
      ...{ reason: 'no-data', resource: 'client' },
      detail: 'Pipeline is registered in another tenant: with what it signs in is not told here.',
    },
  ];
  assert.deepEqual(judge({ holders: [foreign], apps: [app] }).doubts, seen);
  assert.deepEqual(judge({ holders: [foreign], apps: [app], whole: false }).doubts, [], 'the gap of the list says so');
  assert.deepEqual(judge({ holders: [{ ...foreign, isManagedIdentity: true }] }).doubts, []);
});

test('lines of workflows and names of secrets are looked at as well, and count', () => {
  const page = 'https://github.com/acme/a';
  const use = { organisation: 'acme', repository: 'a', path: 'x.yml', line: 7, key: 'creds', secret: 'ONE', page };
  const stored = { organisation: 'acme', repository: 'a', name: 'TWO', telling: true, page };
  const { findings, doubts, subjects, shows } = noStoredSecrets.judge(
    {
      gatewayApps: { whole: true, apps: [], clients: {}, holders: [] },
      serviceConnections: { connections: [] },
      workflowSecrets: { uses: [use, { ...use, line: 9 }], stored: [stored], names: 4 },
    },
    { at: AT, settings: NO_SETTINGS },
  );
  assert.deepEqual(
    [findings.map(({ reason }) => reason), doubts.map(({ reason }) => reason), subjects, shows.workflow_lines],
    [['workflow-signs-in-with-secret'], ['no-data'], 3, 2],
  );
});

test('what was looked at is told, and where nobody looked', () => {
  const managed = holder({ name: 'id', isManagedIdentity: true, credentials: [credential()] });
  const { evidence, subjects, shows } = judge({
    holders: [holder({ credentials: [credential()] }), managed],
    connections: [connection()],
  });
  assert.deepEqual(
    [subjects, evidence.map((each) => each.resource), evidence.map((each) => each.shows?.credentials)],
    [3, ['servicePrincipals/sp', 'servicePrincipals/sp', 'acme/crm/serviceendpoints/c1'], [1, 0, undefined]],
  );
  assert.deepEqual(shows, {
    ...{ with_a_role: 2, service_connections: 1, workflow_lines: 0, secret_names: 4 },
    ...{ github_organisations: ['acme'], devops_organisations: ['acme-devops'] },
  });
});
