import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Connection } from '../../../src/connectors/gateway/credential-manager.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { parseOid } from '../../../src/people/oid.ts';
import { accessPolicyFindings } from '../../../src/steps/runner-credentials/rules/platform/access-policy-findings.ts';
import {
  backendTexts,
  containerTexts,
  namedValueText,
  policyText,
} from '../../../src/steps/runner-credentials/rules/platform/token-places.ts';

const OID = parseOid('0e000000-0000-4000-8000-000000000001');
assert.ok(OID !== undefined);
const leaver: Leaver = {
  ...{ oid: OID, state: 'active', displayName: 'Alex Moreau', userPrincipalName: 'alex.moreau@corp.example' },
  ...{ github: [], devops: [] },
};
const SERVICE = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/apim';
const AT = { serviceId: SERVICE, tenantId: 'tenant' };
const connection = (name: string, ...policies: Connection['policies']): Connection => ({
  ...{ id: `/c/${name}`, provider: 'github', name },
  policies,
});
const policy = (objectId: string, tenantId?: string) => ({
  ...{ id: `/p/${objectId}`, name: 'p', objectId },
  ...(tenantId === undefined ? {} : { tenantId }),
});

test('a sign-in that the gateway lets the leaver use is taken from them by itself, and from nobody else', () => {
  const found = accessPolicyFindings([connection('docs', policy(OID), policy('somebody'))], leaver, AT);
  assert.equal(found.length, 1);
  const [finding] = found;
  assert.equal(finding?.title, 'Alex Moreau may use the sign-in docs that the gateway keeps');
  assert.deepEqual([finding?.severity, finding?.status, finding?.remedy?.risk], ['high', 'planned', 'safe']);
  assert.deepEqual(finding?.remedy?.call.expected, { objectId: OID, tenantId: null });
});

test('the same object id of another tenant is another person', () => {
  const of = (tenantId: string) => accessPolicyFindings([connection('docs', policy(OID, tenantId))], leaver, AT).length;
  assert.deepEqual([of('tenant'), of('elsewhere')], [1, 0]);
});

test('a sign-in that is called like the leaver is asked about', () => {
  const titles = (name: string) =>
    accessPolicyFindings([connection(name)], leaver, AT).map(({ title, status }) => [title, status]);
  assert.deepEqual(titles('alex-moreau'), [
    ['The sign-in alex-moreau that the gateway keeps is named after the leaver', 'manual-action'],
  ]);
  assert.match(titles('moreau')[0]?.[0] ?? '', / may be named after the leaver$/);
  assert.deepEqual(titles('docs'), []);
});

test('of a named value that is secret the name alone is known', () => {
  const named = (more: object) => namedValueText({ id: '/nv', name: 'nv', label: 'PAT', secret: false, ...more }, AT);
  assert.deepEqual([named({ value: 'x' }).text, named({}).text, named({}).name], ['x', '', 'PAT']);
  const { place } = named({});
  assert.equal(place.words, 'named value PAT of the gateway');
  assert.match(
    place.cleanUp,
    /az apim nv update --resource-group rg --service-name apim --named-value-id nv --secret true/,
  );
  assert.equal(place.status, 'manual-action');
});

test('every header and parameter of a backend is a place of its own', () => {
  const texts = backendTexts(
    { id: '/b', name: 'docs', credentials: ['Authorization', 'key'].map((name) => ({ name, text: `of ${name}` })) },
    AT,
  );
  assert.deepEqual(
    texts.map(({ text, place }) => [text, place.id, place.words]),
    [
      ['of Authorization', '/b#Authorization', 'Authorization of backend docs of the gateway'],
      ['of key', '/b#key', 'key of backend docs of the gateway'],
    ],
  );
});

test('what is written into a policy is changed in its code', () => {
  const { text, place } = policyText({ id: '/pol', of: 'API files', names: ['files'], text: '<x/>' }, AT);
  assert.deepEqual(
    [text, place.status, place.words],
    ['<x/>', 'needs-code-change', 'the policy of API files of the gateway'],
  );
});

test('a group of containers has its variables, its commands and its volumes', () => {
  const group = {
    ...{ id: '/subscriptions/s/resourceGroups/rg/g', name: 'g', repositories: ['https://x@git.example/r'] },
    containers: [
      { name: 'web', command: ['run', '--token', 'x'], variables: [{ name: 'A', value: 'a' }, { name: 'B' }] },
    ],
  };
  assert.deepEqual(
    containerTexts(group, 'tenant').map(({ text, place }) => [text, place.words]),
    [
      ['a', 'variable A of container web in group g'],
      ['', 'variable B of container web in group g'],
      ['run\n--token\nx', 'the command of container web in group g'],
      ['https://x@git.example/r', 'the volumes of container group g'],
    ],
  );
});
