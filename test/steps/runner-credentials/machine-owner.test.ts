import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { NamedPerson } from '../../../src/people/names/whole-names.ts';
import { attributeAgent } from '../../../src/steps/runner-credentials/rules/azure-devops/attribute-agent.ts';
import { attributeRunner } from '../../../src/steps/runner-credentials/rules/github/runners/attribute-runner.ts';
import { fc } from '../../support/properties.ts';
import { AL, ALEX, BO, DANIEL, JEAN_LUC, person, RENAMED, SASHA, SYNCED } from './machine-owner/world.ts';

const MANAGED = person('Alex Moreau', 'amoreau@corp.example', 'amoreau_acme');
const UNKNOWN = person('Alex Moreau', 'amoreau@corp.example');

const ZOE = person('Zoë Henriksen', 'zhenriksen@corp.example');
const LI = person('Li Kelasen', 'li.kelasen@corp.example', 'lkelasen');

const MY = person('My Nguyen', 'mynguyen@corp.example');

const MUELLER = person('Müller, Jörg (External)', 'joerg.mueller@corp.example');

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
