import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evidence, Finding } from '../../../../src/cases/finding.ts';
import { findingId } from '../../../../src/cases/stable-id.ts';
import { joinMachines } from '../../../../src/steps/runner-credentials/rules/machines/join-machines.ts';
import { finding } from '../../../report/sample-case.ts';

const LAPTOP = 'github/acme/laptop';
const onMachine = (kind: string, evidence: Evidence, id = LAPTOP, name: string | null = 'laptop'): Finding =>
  finding('runner-credentials', kind, `${id} ${JSON.stringify(evidence)}`, {
    resource: { system: 'github', type: 'machine', id, ...(name === null ? {} : { name }) },
    evidence,
  });
const elsewhere = (kind: string, evidence: Evidence, more: Partial<Finding> = {}): Finding =>
  finding('runner-credentials', kind, JSON.stringify(evidence), {
    title: 'It stands in a variable',
    resource: { system: 'github', type: 'repository-variable', id: 'acme/api#X' },
    evidence,
    ...more,
  });
const runner = (id: string, name: string, kind = 'runner-of-leaver'): Finding =>
  elsewhere(kind, { id }, { resource: { system: 'github', type: 'runner', id, name } });

const token = onMachine('token-on-machine', { sha256: 'aa', owner: 'unknown', tokenType: 'jwt' });
const proved = elsewhere('token-in-variable', { sha256: 'aa', owner: 'leaver', tokenType: 'npm', lastFour: '1234' });
const nobodys = onMachine('unowned-tokens', { digests: ['bb', 'aa', 'bb'], owner: 'unknown' });
const SAME = 'It is the same token as elsewhere, where it is proved to be the leaver’s (It stands in a variable). ';
const theirs = (of: Finding, status: Finding['status'] = 'manual-action'): Finding => ({
  ...of,
  severity: 'critical',
  status,
  title: `The leaver’s token (${of.evidence.tokenType}) stands on machine laptop`,
  reason: `${SAME}${of.reason}`,
  evidence: { ...of.evidence, sameAs: proved.id },
});
const single = (of: Finding, more: Evidence = {}): Finding =>
  theirs({
    ...of,
    id: findingId('runner-credentials', 'token-on-machine', `machine:${LAPTOP}#aa`),
    kind: 'token-on-machine',
    reason: `Remove it there, and revoke the token itself where it was issued. ${of.reason}`,
    evidence: { tokenType: 'npm', sha256: 'aa', lastFour: '1234', owner: 'leaver', machine: 'laptop', ...more },
  });
const ofTheirMachine = (of: Finding, machine = LAPTOP): Finding => ({
  ...of,
  id: findingId('runner-credentials', 'token-on-machine', `machine:${machine}`),
  kind: 'token-on-machine',
  title: '2 tokens of unknown owners on the leaver’s machine laptop',
  severity: 'high',
  reason: `Its runner is the leaver’s by what its vendor knows, so that they are likely theirs. Remove them there, and revoke them where they were issued. ${of.reason}`,
  evidence: { ...of.evidence, owner: 'likely' },
});

const closed: Finding = { ...proved, status: 'nothing-to-do' };
const shared = onMachine('unowned-tokens', nobodys.evidence, 'github/enterprises/e/laptop');
const group = onMachine('token-on-machine', { digests: ['aa', 'cc'], sha256: 'cc', owner: 'unknown' });
const SITUATIONS: Readonly<Record<string, readonly [findings: readonly Finding[], joined: readonly Finding[]]>> = {
  'a token that is proved elsewhere': [
    [token, proved],
    [theirs(token), proved],
  ],
  'one whose proof has nothing left to do': [
    [{ ...token, status: 'nothing-to-do' }, closed],
    [theirs(token, 'nothing-to-do'), closed],
  ],
  'one that the machine calls a service’s, closed': [
    [{ ...token, status: 'nothing-to-do' }, proved],
    [theirs(token), proved],
  ],
  'one that is the leaver’s by the machine’s word too': [
    [onMachine('token-on-machine', { sha256: 'aa', owner: 'leaver' }), proved],
    [onMachine('token-on-machine', { sha256: 'aa', owner: 'leaver' }), proved],
  ],
  'one that another machine’s word alone proves': [
    [token, onMachine('token-on-machine', { sha256: 'aa', owner: 'leaver' }, 'github/acme/other')],
    [token, onMachine('token-on-machine', { sha256: 'aa', owner: 'leaver' }, 'github/acme/other')],
  ],
  'one of which something else is the leaver’s': [
    [token, elsewhere('x', { owner: 'leaver' })],
    [token, elsewhere('x', { owner: 'leaver' })],
  ],
  'another token': [
    [onMachine('token-on-machine', { sha256: 'dd', owner: 'unknown' }), proved],
    [onMachine('token-on-machine', { sha256: 'dd', owner: 'unknown' }), proved],
  ],
  'tokens of unknown owners, one of them proved': [
    [nobodys, proved],
    [single(nobodys), nobodys, proved],
  ],
  'tokens that have one finding for all': [
    [group, proved],
    [single(group), group, proved],
  ],
  'tokens of unknown owners in a repository': [
    [token, elsewhere('unowned-tokens', { digests: ['aa'] }), proved],
    [theirs(token), elsewhere('unowned-tokens', { digests: ['aa'] }), proved],
  ],
  'tokens on the leaver’s runner': [
    [nobodys, runner('acme/runners/3', 'Laptop'), proved],
    [single(nobodys), ofTheirMachine(nobodys), runner('acme/runners/3', 'Laptop'), proved],
  ],
  'tokens on a runner that only may be the leaver’s': [
    [nobodys, runner('acme/runners/3', 'laptop', 'runner-named-after-leaver')],
    [nobodys, runner('acme/runners/3', 'laptop', 'runner-named-after-leaver')],
  ],
  'tokens on the leaver’s runner of the enterprise': [
    [shared, runner('acme/runner-groups/9/runners/3', 'laptop')],
    [ofTheirMachine(shared, 'github/enterprises/e/laptop'), runner('acme/runner-groups/9/runners/3', 'laptop')],
  ],
};
for (const [what, [findings, joined]] of Object.entries(SITUATIONS)) {
  test(`what machines name beside the rest of a case: ${what}`, () => assert.deepEqual(joinMachines(findings), joined));
}

test('a machine without a name is called by its id, and a proof that says little is told as far as it goes', () => {
  const nameless = onMachine('unowned-tokens', { digests: ['aa'] }, LAPTOP, null);
  const bare = elsewhere('token-in-variable', { sha256: 'aa', owner: 'leaver' });
  const [told] = joinMachines([nameless, bare]);
  assert.deepEqual(told?.evidence, {
    ...{ tokenType: 'token', sha256: 'aa', lastFour: null, owner: 'leaver', machine: LAPTOP, sameAs: bare.id },
  });
});
