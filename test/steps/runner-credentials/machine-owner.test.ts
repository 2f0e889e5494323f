import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { NamedPerson } from '../../../src/people/names/whole-names.ts';
import { attributeAgent } from '../../../src/steps/runner-credentials/rules/azure-devops/attribute-agent.ts';
import { attributeRunner } from '../../../src/steps/runner-credentials/rules/github/runners/attribute-runner.ts';
import {
  type MachineOwner,
  type MachineSign,
  machineOwner,
  reasonsOf,
  severityOfMaybe,
  signOfAccount,
  signOfName,
} from '../../../src/steps/runner-credentials/rules/machine-owner.ts';
import { fc } from '../../support/properties.ts';

const person = (displayName: string, upn: string, ...logins: string[]): NamedPerson => ({
  displayName,
  userPrincipalName: upn,
  github: logins.map((login, id) => ({ login, id: id + 1, source: 'test', confidence: 'proved' })),
});
const ALEX = person('Alex Moreau', 'alex.moreau@corp.example', 'amoreau');
const MANAGED = person('Alex Moreau', 'amoreau@corp.example', 'amoreau_acme');
const UNKNOWN = person('Alex Moreau', 'amoreau@corp.example');
const DANIEL = person('Daniel Loomberg', 'daniel.loomberg@corp.example');
const ZOE = person('Zoë Henriksen', 'zhenriksen@corp.example');
const LI = person('Li Kelasen', 'li.kelasen@corp.example', 'lkelasen');
const RENAMED = person('Alex Moreau', 'alex.moreau@corp.example', 'svc-build');
const AL = person('Al Moreau', 'al@corp.example');
const BO = person('Bo Ek', 'bo@corp.example');
const MY = person('My Nguyen', 'mynguyen@corp.example');
const SASHA = person('Alexander Petrov', 'alexander.petrov@corp.example');
const SYNCED: NamedPerson = {
  ...person('Mia Pohl', 'mia.pohl@firm.example'),
  onPremises: { samAccountName: 'mp1234', domain: 'ad.nordwind.local' },
};
const GUEST: NamedPerson = {
  ...person('Gil Ostrow', 'gostrow_partner.example#EXT#@firm.example'),
  mail: 'gostrow@partner.example',
  userType: 'Guest',
};
const MUELLER = person('Müller, Jörg (External)', 'joerg.mueller@corp.example');

const JEAN_LUC = person('Jean-Luc Picard', 'jean-luc.picard@corp.example');
const ALEXANDER = person('Alexander Moreau', 'a.moreau@corp.example');
const OLEKSANDR = person('Олександр Шевченко', 'o.s@corp.example');
const PATRONYMIC = person('Щербакова Юлия Андреевна', 'u1042@corp.example');
const NIKOS = person('Νίκος Παπαδόπουλος', 'np@corp.example');
const GROSS = person('Jürgen Groß', 'jg77@corp.example');
const SOREN = person('Søren Łukaszewicz', 'sl@corp.example');

/** The same name gives the same answer at every vendor. */
const VENDORS = {
  'GitHub runner': (name: string, who: NamedPerson) => attributeRunner({ name, customLabels: [] }, who),
  'Azure DevOps agent': (name: string, who: NamedPerson) => attributeAgent({ name, capabilities: {} }, who),
} as const;

const TABLE: readonly (readonly [name: string, who: NamedPerson, verdict: 'maybe' | 'unrelated'])[] = [
  ['laptop-amoreau', ALEX, 'maybe'],
  ['laptop-amoreau', MANAGED, 'maybe'],
  ['laptop-amoreau', UNKNOWN, 'maybe'],
  ['amoreau-laptop', ALEX, 'maybe'],
  ['amoreau-laptop', UNKNOWN, 'maybe'],
  ['Alexs-MacBook-Pro', ALEX, 'maybe'],
  ['Alexs-MBP', ALEX, 'maybe'],
  ['AlexMoreau-PC', ALEX, 'maybe'],
  ['MoreauA-LT', ALEX, 'maybe'],
  ['AMOREAU1', ALEX, 'maybe'],
  ['LT-ALEXMOREAU01', ALEX, 'maybe'],
  ['laptop-at-moreaus-desk', ALEX, 'maybe'],
  ['laptop-at-daniels-desk', DANIEL, 'maybe'],
  ['daniels-mac', DANIEL, 'maybe'],
  ['dloomb-mbp', DANIEL, 'maybe'],
  ['DESKTOP-ZHENRIK1', ZOE, 'maybe'],
  ['DESKTOP-ZHENRIK', ZOE, 'maybe'],
  ['WORKSTATIO-ZHEN', ZOE, 'maybe'],
  ['BUILD-ZHEN', ZOE, 'unrelated'],
  ['MacBookProMoreau', ALEX, 'maybe'],
  ['zoes-imac', person('Zoey Henriksen', 'zh@corp.example'), 'unrelated'],
  ['Zoës-MacBook-Pro', ZOE, 'maybe'],
  ['zoes-work-mac', ZOE, 'maybe'],
  ['zoes-pizza-01', ZOE, 'unrelated'],
  ['Lis-MacBook-Pro', LI, 'maybe'],
  ['li-laptop', LI, 'maybe'],
  ['build-li-eu', LI, 'unrelated'],
  ['joergmueller-pc', MUELLER, 'maybe'],
  ['mueller-nb', MUELLER, 'maybe'],
  ['svc-build', RENAMED, 'maybe'],
  ['laptop-amoreau-silva', ALEX, 'maybe'],
  ['Alex-Martin-PC', ALEX, 'maybe'],
  ['build-01', ALEX, 'unrelated'],
  ['DESKTOP-7KCPLCO', ALEX, 'unrelated'],
  ['alexandria-01', ALEX, 'unrelated'],
  ['camoreau', ALEX, 'unrelated'],
  ['laptop-amoreaux', ALEX, 'unrelated'],
  ['', ALEX, 'unrelated'],
  ['al-laptop', AL, 'maybe'],
  ['Als-MacBook-Air', AL, 'maybe'],
  ['build-al-eu', AL, 'unrelated'],
  ['bo-mbp', BO, 'maybe'],
  ['ek-laptop', BO, 'maybe'],
  ['ek-eu-02', BO, 'unrelated'],
  ['my-laptop', MY, 'unrelated'],
  ['Sashas-MacBook-Pro', SASHA, 'maybe'],
  ['sasha-laptop', SASHA, 'maybe'],
  ['LT-SASHAPETROV', SASHA, 'maybe'],
  ['alex-pc', SASHA, 'maybe'],
  ['sasha-feature-01', SASHA, 'unrelated'],
  ['Alexanders-MBP', person('Sasha Petrov', 'spetrov@corp.example'), 'maybe'],
  ['dan-laptop', DANIEL, 'maybe'],
  ['build-dan-eu', DANIEL, 'unrelated'],
  ['bobs-imac', person('Robert Tan', 'rtan@corp.example'), 'maybe'],
  ['mp1234-pc', SYNCED, 'maybe'],
  ['build-mp12345', SYNCED, 'unrelated'],
  ['alexm-mbp', ALEX, 'maybe'],
  ['alexm', ALEX, 'maybe'],
  ['alexn-mbp', ALEX, 'unrelated'],
  ['alex-mbp', ALEXANDER, 'maybe'],
  ['alexm-mbp', ALEXANDER, 'maybe'],
  ['sasham-pc', ALEXANDER, 'maybe'],
  ['x1-jlpicard', JEAN_LUC, 'maybe'],
  ['jeanluc-mbp', JEAN_LUC, 'maybe'],
  ['jeanlucp-pc', JEAN_LUC, 'maybe'],
  ['jlp-mbp', JEAN_LUC, 'maybe'],
  ['build-jlp-eu', JEAN_LUC, 'unrelated'],
  ['shevchenko-nb', OLEKSANDR, 'maybe'],
  ['oshevchenko', OLEKSANDR, 'maybe'],
  ['schewtschenko-pc', OLEKSANDR, 'maybe'],
  ['Oleksandrs-MacBook-Pro', OLEKSANDR, 'maybe'],
  ['sasha-mbp', OLEKSANDR, 'maybe'],
  ['shcherbakova-01', PATRONYMIC, 'maybe'],
  ['yulia-pc', PATRONYMIC, 'maybe'],
  ['iuliia-pc', PATRONYMIC, 'maybe'],
  ['papadopoulos-laptop', NIKOS, 'maybe'],
  ['nikos-mbp', NIKOS, 'maybe'],
  ['gross-pc', GROSS, 'maybe'],
  ['juergen-pc', GROSS, 'maybe'],
  ['jurgen-pc', GROSS, 'maybe'],
  ['soeren-mbp', SOREN, 'maybe'],
  ['lukaszewicz-nb', SOREN, 'maybe'],
  ['boe-pc', BO, 'unrelated'],
];
for (const [vendor, attribute] of Object.entries(VENDORS)) {
  describe(`by its name alone, a ${vendor}`, () => {
    for (const [name, who, verdict] of TABLE) {
      test(`${name || 'without a name'} is ${verdict} of ${who.displayName}, ${who.userPrincipalName}`, () => {
        assert.equal(attribute(name, who).verdict, verdict);
      });
    }

    test('is never the leaver’s, whatever it is called', () => {
      fc.assert(
        fc.property(fc.oneof(fc.string(), fc.constantFrom('amoreau', 'svc-build', 'alex.moreau')), (name) => {
          for (const who of [ALEX, RENAMED]) assert.notEqual(attribute(name, who).verdict, 'leaver');
        }),
      );
    });
  });
}

test('a name in other letters, with an initial, or of initials never makes a machine the leaver’s', () => {
  for (const [name, who] of [
    ['oleksandr-shevchenko', OLEKSANDR],
    ['alexm', ALEX],
    ['jlpicard', JEAN_LUC],
  ] as const) {
    for (const attribute of Object.values(VENDORS)) assert.equal(attribute(name, who).score, 1);
    assert.equal(attributeAgent({ name, capabilities: { USERNAME: name } }, who).verdict, 'maybe');
  }
});

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

/** What people and systems make of a name, written down here apart from the rule. */
const INFLECTIONS: readonly ((given: string, family: string) => string)[] = [
  (given, family) => `${given}-${family}`,
  (given, family) => `${given}.${family}`,
  (given, family) => `${given}${family}`,
  (given, family) => `${family}${given}`,
  (given, family) => `${given[0]}${family}`,
  (given, family) => `${family}${given[0]}`,
  (given, family) => `${given[0]}${family}7`,
  (given) => `${given}s`,
  (_, family) => `${family}s`,
  (given) => given,
  (_, family) => family,
  (given, family) => `${given[0]}${family}`.slice(0, 6),
];
const AROUND: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => `laptop-${name}`,
  (name) => `${name}-macbook-pro`,
  (name) => `${name[0]?.toUpperCase()}${name.slice(1)}-MBP`,
  (name) => `LT-${name.toUpperCase()}`,
  (name) => `desk_of_${name}_02`,
  (name) => `build-${name}-linux-x64`,
];

test('no inflection of a name is silence, whatever stands around it', () => {
  const name = fc.stringMatching(
    /^[bcdfghjklmnpqrtvwxz][aeiou][bcdfghjklmnpqrtvwxz][aeiou][bcdfghjklmnpqrtvwxz][aeiou][lmnrt]$/,
  );
  fc.assert(
    fc.property(
      name,
      name,
      fc.constantFrom(...INFLECTIONS),
      fc.constantFrom(...AROUND),
      (given, family, inflect, around) => {
        const who = person(`${given[0]?.toUpperCase()}${given.slice(1)} ${family}`, `${given}.${family}@corp.example`);
        for (const attribute of Object.values(VENDORS)) {
          assert.equal(attribute(around(inflect(given, family)), who).verdict, 'maybe');
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

describe('who registered a GitHub runner', () => {
  const registeredByLeaverAt = '2025-03-01T09:00:00Z';
  test('raises the question where its name says nothing', () => {
    const { verdict, signs } = attributeRunner({ name: 'build-77', customLabels: [], registeredByLeaverAt }, ALEX);
    assert.equal(verdict, 'maybe');
    assert.match(signs[0]?.why ?? '', /registered it on 2025-03-01/);
  });
  for (const name of ['laptop-amoreau', 'Alexs-MacBook-Pro']) {
    test(`and the name ${name} make it the leaver’s`, () => {
      assert.equal(attributeRunner({ name, customLabels: [], registeredByLeaverAt }, ALEX).verdict, 'leaver');
      const unproved = { name, customLabels: [], registeredByLeaverAt, registrarUnproved: true };
      assert.equal(attributeRunner(unproved, ALEX).verdict, 'maybe', 'the account only may be the leaver’s');
    });
  }
});

/** What signs of each kind make of a machine together: planned, asked about, mentioned, or nothing. */
const TOGETHER: readonly (readonly [
  what: string,
  runner: Partial<Parameters<typeof attributeRunner>[0]>,
  verdict: 'leaver' | 'maybe' | 'unrelated',
  score: number,
])[] = [
  ['nothing', {}, 'unrelated', 0],
  ['the registrar', { registeredByLeaverAt: '2026-01-01' }, 'maybe', 3],
  ['the registrar and the only administrator', { registeredByLeaverAt: '2026-01-01', admins: [1] }, 'leaver', 4],
  ['the registrar and its jobs', { registeredByLeaverAt: '2026-01-01', jobs: [{ actorId: 1, jobs: 3 }] }, 'leaver', 5],
  ['its jobs', { jobs: [{ actorId: 1, jobs: 3 }] }, 'maybe', 2],
  ['its jobs and its name', { name: 'laptop-amoreau', jobs: [{ actorId: 1, jobs: 1 }] }, 'leaver', 4],
  ['jobs of others too', { jobs: [1, 2].map((actorId) => ({ actorId, jobs: 1 })) }, 'unrelated', 0],
  [
    'jobs of others too, and its name',
    { name: 'laptop-amoreau', jobs: [1, 2].map((actorId) => ({ actorId, jobs: 1 })) },
    'maybe',
    2,
  ],
  ['jobs of a deleted account', { jobs: [{ actorId: null, jobs: 2 }] }, 'unrelated', 0],
  ['the only administrator', { admins: [1] }, 'maybe', 1],
  ['one of two administrators', { admins: [1, 2] }, 'unrelated', 0],
  ['the only administrator and its jobs', { admins: [1], jobs: [{ actorId: 1, jobs: 2 }] }, 'leaver', 3],
];
describe('signs of a GitHub runner together:', () => {
  for (const [what, runner, verdict, score] of TOGETHER) {
    test(`${what} make ${verdict} of it, with ${score}`, () => {
      const owner = attributeRunner({ name: 'build-77', customLabels: [], ...runner }, ALEX);
      assert.deepEqual([owner.verdict, owner.score], [verdict, score]);
      assert.equal(owner.signs.length > 0, score > 0, 'each point has its reason');
    });
  }

  test('an account that only may be the leaver’s proves nothing by its jobs', () => {
    const weak: NamedPerson = { ...ALEX, github: ALEX.github.map((each) => ({ ...each, confidence: 'weak' })) };
    const runner = { name: 'build-77', customLabels: [], jobs: [{ actorId: 1, jobs: 2 }], admins: [1] };
    assert.equal(attributeRunner(runner, weak).verdict, 'unrelated');
  });
});

test('a name is one sign, however often it stands: labels do not make a shared machine the leaver’s', () => {
  for (const [name, who] of [
    ['svc-build', RENAMED],
    ['laptop-amoreau', ALEX],
  ] as const) {
    assert.equal(attributeRunner({ name, customLabels: [name, `${name}-2`, 'docs'] }, who).verdict, 'maybe');
  }
});

const signOf = (text: string): MachineSign => {
  const [kind, strength] = text.split(' ');
  return { kind, strength, why: text } as MachineSign;
};
const WEIGHED: readonly (readonly [signs: readonly string[], verdict: MachineOwner['verdict'], score: number])[] = [
  [[], 'unrelated', 0],
  [['account strong'], 'leaver', 3],
  [['account weak'], 'maybe', 1],
  [['registrar strong'], 'maybe', 3],
  [['registrar medium'], 'maybe', 2],
  [['name medium'], 'maybe', 2],
  [['name medium', 'name medium', 'name weak'], 'maybe', 2],
  [['name strong'], 'maybe', 2],
  [['jobs medium'], 'maybe', 2],
  [['admin weak'], 'maybe', 1],
  [['registrar strong', 'name medium'], 'leaver', 5],
  [['registrar medium', 'name weak'], 'leaver', 3],
  [['jobs medium', 'admin weak'], 'leaver', 3],
  [['name medium', 'admin weak'], 'leaver', 3],
  [['name weak', 'admin weak'], 'maybe', 2],
];
for (const [signs, verdict, score] of WEIGHED) {
  test(`a machine with ${signs.join(', ') || 'no sign'}: ${verdict}`, () => {
    const owner = machineOwner(signs.map(signOf));
    assert.deepEqual([owner.verdict, owner.score], [verdict, score]);
  });
}

test('a machine that may be theirs is told as loudly as its signs, the strongest first', () => {
  assert.deepEqual([severityOfMaybe({ score: 2 }), severityOfMaybe({ score: 1 })], ['medium', 'low']);
  const { signs } = machineOwner(['admin weak', 'registrar strong'].map(signOf));
  assert.deepEqual(reasonsOf({ signs }), ['strong: registrar strong', 'weak: admin weak']);
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
