import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { resolveDevOpsAccounts } from '../../../../activities/case/accounts/resolve-devops-accounts.ts';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { openVendors } from '../../../../src/connectors/vendors.ts';
import type { Leaver } from '../../../../src/people/leaver.ts';
import { parseOid } from '../../../../src/people/oid.ts';
import { NO_NAMES_ASKED, organisation, type ScanDevopsWorld, startScanDevops, states } from './scan-devops-world.ts';

let state: ScanDevopsWorld['state'];
let app: ScanDevopsWorld['app'];
let config: ScanDevopsWorld['config'];
let tenant: ScanDevopsWorld['tenant'];
let leaver: ScanDevopsWorld['leaver'];
let scan: ScanDevopsWorld['scan'];
before(async () => {
  ({ state, app, config, tenant, leaver, scan } = await startScanDevops());
});
after(() => app.stop());
afterEach(() => tenant.faults.clear());

test('a person whose account is not known yet is looked up before their tokens are called none', async () => {
  const unknown = { ...leaver, devops: [] };
  const { part } = await scan(unknown);
  assert.equal(states(part.coverage)['identity/azure-devops:northwind'], 'complete 3 users');
  assert.ok(part.findings.some(({ kind }) => kind === 'devops-token'));

  app.reader.devops.delete('vso.graph');
  const denied = await scan(unknown);
  app.reader.devops.add('vso.graph');
  const line = denied.part.coverage.find(({ source }) => source === 'identity/azure-devops:northwind');
  assert.deepEqual([line?.state, line?.missingPermission], ['denied', 'vso.graph']);
});

test('every account of the organisation is listed, and one that only may be the leaver’s is not the whole answer', async () => {
  const [own] = leaver.devops;
  assert.ok(own);
  const other = { ...own, descriptor: 'aad.second', confidence: 'likely' } as const;
  const [user] = state.users.where(({ descriptor }) => descriptor === own.descriptor);
  const [token] = state.tokens.where(({ descriptor }) => descriptor === own.descriptor);
  assert.ok(user !== undefined && token !== undefined);
  state.users.add({ ...user, descriptor: other.descriptor, originId: '00000000-1111-4222-8333-555555555555' });
  state.tokens.add({ ...token, authorizationId: 'second-token', descriptor: other.descriptor });
  const listed = async (accounts: Leaver['devops']) => {
    const { part } = await scan({ ...leaver, devops: accounts });
    const tokens = part.findings.filter(({ resource }) => resource.id.endsWith('/second-token'));
    return [tokens.length, part.coverage.find(({ source }) => source === `azure-devops/tokens:${organisation}`)?.state];
  };
  assert.deepEqual(await listed([own, other]), [1, 'complete']);
  assert.deepEqual(await listed([{ ...other, confidence: 'weak' }]), [1, 'partial']);
  state.tokens.delete('second-token');
  state.users.delete(other.descriptor);
});

test('where some user belongs to nobody provable, no tokens were listed is not that there are none', async () => {
  const stranger = parseOid('00000000-1111-4222-8333-444444444444');
  const [user] = state.users.where(({ descriptor }) => descriptor === WORLD.leaver.devopsDescriptor);
  assert.ok(stranger !== undefined && user !== undefined);
  state.users.add({ ...user, descriptor: 'aad.odd', originId: 'not-an-id', principalName: 'odd', mailAddress: 'odd' });
  const who = { ...leaver, oid: stranger, userPrincipalName: 'n@firm.example', mail: 'n@firm.example', devops: [] };
  const { part } = await scan(who);
  state.users.delete('aad.odd');
  for (const what of ['tokens', 'ssh-keys']) {
    const line = part.coverage.find(({ source }) => source === `azure-devops/${what}:${organisation}`);
    assert.equal(line?.state, 'unavailable', what);
    assert.match(line?.detail ?? '', /belong to nobody provable/);
  }
});

/** What is taken for a person's; nobody is asked about names. */
const resolve = (person: Partial<Leaver>) =>
  resolveDevOpsAccounts(openVendors(config), config, { ...leaver, ...person }, NO_NAMES_ASKED);

test('accounts are resolved by object id, and a stranger has none', async () => {
  const { accounts, failures, seen } = await resolve({});
  assert.deepEqual(
    accounts.map(({ descriptor, confidence, evidence }) => [descriptor, confidence, evidence?.at(-1)?.code]),
    [[WORLD.leaver.devopsDescriptor, 'proved', 'P4']],
  );
  assert.deepEqual(
    seen.map(({ id, oid, code }) => [id, oid, code]),
    [[WORLD.leaver.devopsDescriptor, WORLD.leaver.oid, 'P4']],
  );
  assert.deepEqual(failures, []);
  const stranger = parseOid('00000000-1111-4222-8333-444444444444');
  assert.ok(stranger !== undefined);
  const { mail: _, ...others } = leaver;
  const nobody = await resolve({
    ...others,
    oid: stranger,
    userPrincipalName: 'n@firm.example',
    mail: 'n@firm.example',
  });
  assert.deepEqual([nobody.accounts, nobody.coverage[0]?.state, nobody.findings], [[], 'complete', []]);
});

test('a user of the leaver’s name with another’s object id is told, and is nobody’s to cut', async () => {
  const stranger = parseOid('00000000-1111-4222-8333-444444444444');
  assert.ok(stranger !== undefined);
  // Somebody new who was given the UPN of somebody else is not that person.
  const { accounts, coverage, findings } = await resolve({ oid: stranger });
  assert.deepEqual([accounts, coverage[0]?.state], [[], 'complete']);
  assert.deepEqual(
    findings.map(({ kind, status, remedy }) => [kind, status, remedy]),
    [['account-of-another', 'nothing-to-do', undefined]],
  );
  assert.ok(findings[0]?.reason.includes(WORLD.leaver.oid));
});

test('tokens of an account that is only likely the leaver’s wait for a person, and of a weak one nothing is planned', async () => {
  const [account] = leaver.devops;
  assert.ok(account);
  const tokensOf = async (confidence: 'likely' | 'weak') => {
    const { part } = await scan({ ...leaver, devops: [{ ...account, confidence }] });
    const tokens = part.findings.filter(({ kind }) => kind === 'devops-token');
    assert.ok(tokens.length > 0);
    return new Set(tokens.map(({ status, remedy }) => `${status} ${remedy?.risk ?? 'no remedy'}`));
  };
  assert.deepEqual(await tokensOf('likely'), new Set(['awaiting-decision disruptive']));
  assert.deepEqual(await tokensOf('weak'), new Set(['manual-action no remedy']));
});
