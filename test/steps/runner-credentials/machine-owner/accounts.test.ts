import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { NamedPerson } from '../../../../src/people/names/whole-names.ts';
import { attributeAgent } from '../../../../src/steps/runner-credentials/rules/azure-devops/attribute-agent.ts';
import {
  type MachineSign,
  signOfAccount,
  signOfName,
} from '../../../../src/steps/runner-credentials/rules/machine-owner.ts';
import { AL, ALEX, BO, DANIEL, JEAN_LUC, person, SASHA, SYNCED } from './world.ts';

const GUEST: NamedPerson = {
  ...person('Gil Ostrow', 'gostrow_partner.example#EXT#@firm.example'),
  mail: 'gostrow@partner.example',
  userType: 'Guest',
};

/** Under which account an agent runs, by what its environment says, and of which domain that account is. */
const ACCOUNTS: readonly (readonly [
  environment: Readonly<Record<string, string>>,
  who: NamedPerson,
  verdict: 'leaver' | 'maybe' | 'unrelated',
])[] = [
  [{ USERNAME: 'CORP\\amoreau' }, ALEX, 'leaver'],
  [{ USERNAME: 'OTHERCORP\\amoreau' }, ALEX, 'maybe'],
  [{ USERNAME: 'amoreau', USERDOMAIN: 'CORP' }, ALEX, 'leaver'],
  [{ USERNAME: 'amoreau', USERDOMAIN: 'OTHERCORP' }, ALEX, 'maybe'],
  [{ USERNAME: 'amoreau', USERDOMAIN: 'CORP', USERDNSDOMAIN: 'CORP.EXAMPLE' }, ALEX, 'leaver'],
  [{ USERNAME: 'amoreau', USERDOMAIN: 'NW', USERDNSDOMAIN: 'EU.CORP.EXAMPLE' }, ALEX, 'leaver'],
  [{ USERNAME: 'amoreau', USERDNSDOMAIN: 'OTHER.EXAMPLE', USERPROFILE: 'C:\\Users\\amoreau' }, ALEX, 'maybe'],
  [{ USERNAME: 'amoreau', USERDOMAIN: 'BUILD-7', COMPUTERNAME: 'BUILD-7' }, ALEX, 'leaver'],
  [{ USERNAME: 'BUILD-7\\amoreau', 'Agent.ComputerName': 'build-7' }, ALEX, 'leaver'],
  [{ USERNAME: '.\\amoreau' }, ALEX, 'leaver'],
  [{ USERNAME: 'AzureAD\\AlexMoreau' }, ALEX, 'leaver'],
  [{ USER: 'amoreau@other.example' }, ALEX, 'maybe'],
  [{ LOGNAME: 'alex.moreau@other.example' }, ALEX, 'maybe'],
  [{ LOGNAME: 'alex.moreau@corp.example' }, ALEX, 'leaver'],
  [{ HOME: '/home/alex.moreau@other.example' }, ALEX, 'maybe'],
  [{ HOME: '/home/other.example/alex.moreau', USER: 'alex.moreau' }, ALEX, 'maybe'],
  [{ HOME: '/home/corp.example/alex.moreau', USER: 'alex.moreau' }, ALEX, 'leaver'],
  [{ HOME: '/home/OTHERCORP/amoreau' }, ALEX, 'maybe'],
  [{ HOME: '/home/CORP/amoreau' }, ALEX, 'leaver'],
  [{ HOME: '/home/staff/amoreau', USER: 'amoreau' }, ALEX, 'leaver'],
  [{ HOME: '/var/home/amoreau' }, ALEX, 'leaver'],
  [{ HOME: '/home/amoreau/azagent', USER: 'amoreau' }, ALEX, 'leaver'],
  [{ USERPROFILE: 'C:\\Users\\AlexMoreau.OTHERCORP' }, ALEX, 'maybe'],
  [{ USERPROFILE: 'C:\\Users\\AlexMoreau.000' }, ALEX, 'leaver'],
  [{ USERPROFILE: 'C:\\Users\\dloomberg2' }, DANIEL, 'maybe'],
  [{ HOME: '/home/jlpicard7' }, JEAN_LUC, 'maybe'],
  [{ 'Agent.HomeDirectory': '/home/ben.okafor/amoreau' }, ALEX, 'maybe'],
  [{ USER: 'ben.okafor', 'Agent.HomeDirectory': '/home/ben/amoreau' }, ALEX, 'unrelated'],
  [{ USERNAME: 'OTHERCORP\\bokafor' }, ALEX, 'unrelated'],
  [{ USER: 'alex' }, ALEX, 'maybe'],
  [{ HOME: '/Users/alex' }, ALEX, 'maybe'],
  [{ USER: 'alex.martin' }, ALEX, 'unrelated'],
  [{ USER: 'bo' }, BO, 'maybe'],
  [{ USERNAME: 'CORP\\bo' }, BO, 'maybe'],
  [{ USER: 'bo@corp.example' }, BO, 'maybe'],
  [{ USERNAME: 'al', COMPUTERNAME: 'AL-LAPTOP' }, AL, 'maybe'],
  [{ USER: 'b' }, BO, 'unrelated'],
  [{ USER: 'sasha' }, SASHA, 'maybe'],
  [{ HOME: '/Users/sasha', 'Agent.ComputerName': 'Sashas-MacBook-Pro' }, SASHA, 'maybe'],
  [{ USER: 'sasha.petrov' }, SASHA, 'maybe'],
  [{ USER: 'sasha.martin' }, SASHA, 'unrelated'],
  [{ USER: 'dev' }, person('Dev Patel', 'dpatel@corp.example'), 'unrelated'],
  [{ USERNAME: 'mp1234', USERDOMAIN: 'AD' }, SYNCED, 'leaver'],
  [{ USERNAME: 'mp1234', USERDNSDOMAIN: 'AD.NORDWIND.LOCAL' }, SYNCED, 'leaver'],
  [{ USERNAME: 'OTHERCORP\\mp1234' }, SYNCED, 'maybe'],
  [{ USER: 'gostrow@partner.example' }, GUEST, 'leaver'],
  [{ USERNAME: 'PARTNER\\gostrow' }, GUEST, 'maybe'],
  [{ USERNAME: 'NT AUTHORITY\\SYSTEM' }, ALEX, 'unrelated'],
];
describe('by the account that it runs under, an agent', () => {
  for (const [environment, who, verdict] of ACCOUNTS) {
    test(`with ${JSON.stringify(environment)} is ${verdict} of ${who.displayName}, ${who.userPrincipalName}`, () => {
      assert.equal(attributeAgent({ name: 'build-07', capabilities: environment }, who).verdict, verdict);
    });
  }

  for (const [account, who] of [
    ['OTHERCORP\\amoreau', ALEX],
    ['amoreau@other.example', ALEX],
    ['alex', ALEX],
    ['bo', BO],
    ['sasha', SASHA],
  ] as const) {
    test(`as ${account} is not the leaver’s either where the machine is called after them`, () => {
      const name = `laptop-${who.displayName?.replace(' ', '-')}`;
      assert.equal(attributeAgent({ name, capabilities: { USERNAME: account } }, who).verdict, 'maybe');
    });
  }

  test('of another domain says which, so that people see why it only may be the leaver’s', () => {
    const { signs } = attributeAgent({ name: 'build', capabilities: { USERNAME: 'OTHERCORP\\amoreau' } }, ALEX);
    assert.match(signs[0]?.why ?? '', /at othercorp, which is not known as a domain of the firm/);
  });
});

test('an account is a sign of its own where the firm gave its name, and a likeness at another domain', () => {
  const kinds = (signs: readonly MachineSign[]) => signs.map(({ kind, strength }) => `${kind} ${strength}`);
  assert.deepEqual(kinds(signOfAccount('alex.moreau', 'USER', ALEX)), ['account strong']);
  assert.deepEqual(kinds(signOfAccount('alex.moreau', 'USER', ALEX, { foreign: 'other.example' })), ['name weak']);
  assert.deepEqual(signOfAccount('svc-build', 'USER', ALEX), []);
  const [named] = signOfName('laptop-amoreau', 'its name', ALEX);
  assert.equal(named?.kind, 'name');
  assert.match(named?.why ?? '', /^its name /);
  assert.deepEqual(signOfName('build-01', 'its name', ALEX), []);
});
