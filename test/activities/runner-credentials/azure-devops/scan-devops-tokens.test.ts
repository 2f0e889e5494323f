import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { type ScanDevopsWorld, startScanDevops } from './scan-devops-world.ts';

let context: ScanDevopsWorld['context'];
let state: ScanDevopsWorld['state'];
let github: ScanDevopsWorld['github'];
let app: ScanDevopsWorld['app'];
let tenant: ScanDevopsWorld['tenant'];
let scan: ScanDevopsWorld['scan'];
let altered: ScanDevopsWorld['altered'];
before(async () => {
  ({ context, state, github, app, tenant, scan, altered } = await startScanDevops());
});
after(() => app.stop());
afterEach(() => tenant.faults.clear());

for (const size of ['3', null, undefined, -1]) {
  test(`a pool that says to have ${JSON.stringify(size)} agents and lists none is partial: nobody knows that it has none`, async () => {
    altered(/pools\?/, (pool) => ({ ...pool, size }));
    const alter = () => ({ count: 0, value: [] });
    tenant.faults.add({ vendor: 'devops', path: /pools\/\d+\/agents/, effect: { kind: 'alter', alter } });
    const { part } = await scan();
    const line = part.coverage.find(({ source }) => source === 'azure-devops/agents:northwind');
    assert.equal(line?.state, 'unavailable');
    assert.match(line?.detail ?? '', /does not say how many agents pool .* has, and lists 0/);
  });
}

for (const [name, more, works] of [
  ['valid, with an end that was never set', { isValid: true, validTo: '0001-01-01T00:00:00' }, true],
  ['valid, with an end that has just passed', { isValid: true, validTo: new Date(Date.now() - 60_000) }, true],
  ['valid, with no end', { isValid: true, validTo: null }, true],
  [
    'neither valid nor invalid, with an end that was never set',
    { isValid: null, validTo: '0001-01-01T00:00:00' },
    true,
  ],
  ['neither valid nor invalid, with an end that is to come', { isValid: null, validTo: '2999-01-01T00:00:00' }, true],
  ['neither valid nor invalid, with an end that has passed', { isValid: null, validTo: '2020-01-01T00:00:00' }, false],
  ['invalid, with an end that is to come', { isValid: false, validTo: '2999-01-01T00:00:00' }, false],
] as const) {
  test(`a token that the service calls ${name}, ${works ? 'works' : 'opens nothing'}`, async () => {
    altered(/personalaccesstokens/, (token) => ({ ...token, ...more }));
    const { part } = await scan();
    const found = part.findings.filter(({ kind }) => kind === 'devops-token');
    assert.equal(found.length > 0, works);
  });
}

test('a token of whatever format is a finding, and one that GitHub lists is named as its owner’s', async () => {
  const group = state.variableGroups.all().find(({ id }) => id === 22);
  assert.ok(group !== undefined);
  const { variables } = group;
  const [listed] =
    github.organisations
      .get(WORLD.github.organisation)
      ?.credentials.where(({ login, tokenLastEight }) => login === 'bokafor' && tokenLastEight !== undefined) ?? [];
  const theirs = context.mint.all().find((token) => token.endsWith(listed?.tokenLastEight ?? '?'));
  const basic = Buffer.from(`x-access-token:${theirs}`).toString('base64');
  const several = `${context.mint.mint('aws-access-key')} ${context.mint.mint('openai')}`;
  Object.assign(group, {
    variables: {
      ...variables,
      'registry.auth': { value: context.mint.mint('npm') },
      'git.header': { value: `AUTHORIZATION: basic ${basic}` },
      'model.keys': { value: `${several} ${several}` },
    },
  });
  const { part } = await scan();
  Object.assign(group, { variables });
  const found = part.findings.filter(({ resource }) => resource.name === 'Trading Desk/desk-settings');
  assert.deepEqual(found.map(({ title, status, severity }) => `${title}: ${status} ${severity}`).sort(), [
    '1 token of unknown owners in variable registry.auth of variable group desk-settings: manual-action medium',
    '2 tokens of unknown owners in variable model.keys of variable group desk-settings: manual-action medium',
    'A token of bokafor (github-classic) stands in variable git.header of variable group desk-settings: nothing-to-do info',
  ]);
  const together = found.find(({ title }) => title.startsWith('2 tokens'));
  assert.deepEqual(together?.evidence.tokenTypes, ['aws-access-key', 'openai']);
});

test('where GitHub’s lists cannot be read, its tokens stay findings and the scan is tried again', async () => {
  tenant.faults.add({ vendor: 'github', path: /credential-authorizations/, effect: { kind: 'answer', status: 502 } });
  const { ref, part } = await scan();
  assert.equal(part.findings.filter(({ evidence }) => evidence.tokenType === 'github-classic').length, 1);
  assert.notEqual(ref.tryAgainAfterMs, undefined);
});
