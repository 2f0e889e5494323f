import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  backendTexts,
  containerTexts,
  namedValueText,
  policyText,
} from '../../../../src/steps/runner-credentials/rules/platform/token-places.ts';

const SERVICE = '/subscriptions/s/resourceGroups/my rg/providers/Microsoft.ApiManagement/service/apim';
const AT = { serviceId: SERVICE, tenantId: 'tenant' };
const url = `https://portal.azure.com/#@tenant/resource${SERVICE}/overview`;
const CALLER = 'Whoever calls through the gateway with it';

test('a named value says how it is put right, and is its label’s', () => {
  const row = { id: '/nv/1', name: 'nv-1', label: 'PAT', secret: false, value: 'x' };
  assert.deepEqual(namedValueText(row, AT), {
    text: 'x',
    name: 'PAT',
    place: {
      kind: 'token-in-named-value',
      resource: { system: 'gateway', type: 'namedValue', id: '/nv/1', name: 'PAT', url },
      id: '/nv/1',
      usedBy: CALLER,
      words: 'named value PAT of the gateway',
      whose: { variable: 'PAT', container: { what: 'named value', names: [] } },
      status: 'manual-action',
      cleanUp:
        "Put a secret of a service in its place, better by a reference to a vault: az apim nv update --resource-group 'my rg' --service-name apim --named-value-id nv-1 --secret true --value …; policies that use it take the new value at once.",
    },
  });
  const { value: _, ...secret } = row;
  assert.equal(namedValueText({ ...secret, secret: true }, AT).text, '');
});

test('what a backend signs in with is a place each, named after the backend and its title', () => {
  const backend = { id: '/b', name: 'docs', credentials: [{ name: 'Authorization', text: 'Bearer x' }] };
  const whole = {
    text: 'Bearer x',
    name: 'Authorization',
    place: {
      kind: 'token-in-backend',
      resource: { system: 'gateway', type: 'backend', id: '/b', name: 'docs', url },
      id: '/b#Authorization',
      usedBy: CALLER,
      words: 'Authorization of backend docs of the gateway',
      whose: { variable: 'Authorization', container: { what: 'backend', names: ['docs'] } },
      status: 'manual-action',
      cleanUp:
        "Have the backend sign in as a service, with a secret named value: under Backends, or az apim backend update --resource-group 'my rg' --service-name apim --backend-id docs, and in the code that deploys it.",
    },
  };
  assert.deepEqual(backendTexts(backend, AT), [whole]);
  const [titled] = backendTexts({ ...backend, title: 'Files of Alex' }, AT);
  assert.deepEqual(titled?.place.whose.container.names, ['docs', 'Files of Alex']);
});

test('a policy is a place of what it is of, and is changed in code', () => {
  assert.deepEqual(policyText({ id: '/pol', of: 'API files', names: ['files'], text: '<x/>' }, AT), {
    text: '<x/>',
    place: {
      kind: 'token-in-policy',
      resource: { system: 'gateway', type: 'policy', id: '/pol', name: 'API files', url },
      id: '/pol',
      usedBy: CALLER,
      words: 'the policy of API files of the gateway',
      whose: { container: { what: 'policy', names: ['files'] } },
      status: 'needs-code-change',
      cleanUp:
        'Put a secret named value in its place, in the code that deploys the policy and under APIs, Policies; az rest --method get --url "https://management.azure.com/pol?api-version=2024-05-01&format=rawxml" shows it as it stands.',
    },
  });
});

test('of a container group each variable, each command and the volumes are places', () => {
  const id = '/subscriptions/s/resourceGroups/rg/providers/x/g';
  const group = {
    ...{ id, name: 'g', repositories: ['https://a', 'https://b'] },
    containers: [{ name: 'web', command: ['run', 'x'], variables: [{ name: 'A', value: 'a' }, { name: 'B' }] }],
  };
  const common = {
    kind: 'token-in-container',
    resource: {
      ...{ system: 'azure', type: 'containerGroup', id, name: 'g' },
      url: `https://portal.azure.com/#@tenant/resource${id}/containers`,
    },
    usedBy: 'The server that runs with it',
    status: 'manual-action',
    cleanUp:
      'Put a secure value with a credential of a service in its place, in the code that deploys the group, and deploy it anew (az container export --resource-group rg --name g --file group.yaml, change it, az container create --resource-group rg --file group.yaml): the group is made again, and its servers stop meanwhile.',
  };
  const container = { what: 'container', names: ['web', 'g'] };
  const variable = (name: string, text: string) => ({
    ...{ text, name },
    place: {
      ...common,
      id: `${id}/web#${name}`,
      words: `variable ${name} of container web in group g`,
      whose: { variable: name, container },
    },
  });
  assert.deepEqual(containerTexts(group, 'tenant'), [
    variable('A', 'a'),
    variable('B', ''),
    {
      text: 'run\nx',
      place: { ...common, id: `${id}/web`, words: 'the command of container web in group g', whose: { container } },
    },
    {
      text: 'https://a\nhttps://b',
      place: {
        ...common,
        id: `${id}#volumes`,
        words: 'the volumes of container group g',
        whose: { container: { what: 'container group', names: ['g'] } },
      },
    },
  ]);
});
