import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { NamedPerson } from '../../../src/people/names/whole-names.ts';
import {
  type MachineOwner,
  type MachineSign,
  machineOwner,
  reasonsOf,
  severityOfMaybe,
} from '../../../src/steps/runner-credentials/rules/machine-owner.ts';
import { fc } from '../../support/properties.ts';
import {
  AL,
  ALEX,
  BO,
  DANIEL,
  JEAN_LUC,
  OLEKSANDR,
  person,
  RENAMED,
  SASHA,
  SYNCED,
  VENDORS,
} from './machine-owner/world.ts';

const MANAGED = person('Alex Moreau', 'amoreau@corp.example', 'amoreau_acme');
const UNKNOWN = person('Alex Moreau', 'amoreau@corp.example');

const ZOE = person('Zoë Henriksen', 'zhenriksen@corp.example');
const LI = person('Li Kelasen', 'li.kelasen@corp.example', 'lkelasen');

const MY = person('My Nguyen', 'mynguyen@corp.example');

const MUELLER = person('Müller, Jörg (External)', 'joerg.mueller@corp.example');

const ALEXANDER = person('Alexander Moreau', 'a.moreau@corp.example');

const PATRONYMIC = person('Щербакова Юлия Андреевна', 'u1042@corp.example');
const NIKOS = person('Νίκος Παπαδόπουλος', 'np@corp.example');
const GROSS = person('Jürgen Groß', 'jg77@corp.example');
const SOREN = person('Søren Łukaszewicz', 'sl@corp.example');

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
