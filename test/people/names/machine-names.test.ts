import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carriesName } from '../../../src/people/names/carries-name.ts';
import { nameSign } from '../../../src/people/names/machine-names.ts';
import type { NamedPerson } from '../../../src/people/names/whole-names.ts';

const person = (displayName: string, userPrincipalName: string): NamedPerson => ({
  displayName,
  userPrincipalName,
  github: [],
});
const ALEX = person('Alex Moreau', 'amoreau@corp.example');
const BO = person('Bo Ek', 'bo.ek@corp.example');
const MAX = person('Max Weber', 'mw0042@corp.example');
const OLEKSANDR = person('Олександр Шевченко', 'os@corp.example');

for (const [name, who, carried] of [
  ['AMOREAU_TOKEN', ALEX, 'theirs'],
  ['ALEX_MOREAU_NPM', ALEX, 'theirs'],
  ['alexMoreauToken', ALEX, 'theirs'],
  ['BACKEND_ALEX_MOREAU_PAT', ALEX, 'theirs'],
  ['ALEX_MOREAU_SILVA_TOKEN', ALEX, 'among-others'],
  ['AMOREAU_SILVA_TOKEN', ALEX, 'among-others'],
  ['MOREAU_PAT', ALEX, 'perhaps'],
  ['ALEX_NPM', ALEX, 'perhaps'],
  ['ALEXS_TOKEN', ALEX, 'perhaps'],
  ['ALEXM_GITHUB_PAT', ALEX, 'perhaps'],
  ['ALEX_FEATURE_FLAG', ALEX, 'no'],
  ['ALEXANDRIA_TOKEN', ALEX, 'no'],
  ['NPM_TOKEN', ALEX, 'no'],
  ['BO_PAT', BO, 'perhaps'],
  ['BO_EK_PAT', BO, 'theirs'],
  ['BO_REGION', BO, 'no'],
  ['MAX_TOKENS', MAX, 'no'],
  ['MAX_RETRIES', MAX, 'no'],
  ['MAX_GITHUB_PAT', MAX, 'perhaps'],
  ['MAX_WEBER_NPM', MAX, 'theirs'],
  ['SHEVCHENKO_TOKEN', OLEKSANDR, 'perhaps'],
] as const) {
  test(`a variable ${name} is ${carried} of ${who.displayName}`, () => assert.equal(carriesName(name, who), carried));
}

const GIVEN =
  'anna ben carla david elena felix greta hugo ines jonas karin liam mona nils olga paul quentin rosa simon tina urs vera wim xenia yann zoe marta peter lukas sofia'.split(
    ' ',
  );
const FAMILY =
  'okafor silva tanaka weber novak rossi garcia kowalski jansen dubois larsen petrov haddad nguyen schmidt brown martin costa lindqvist farkas moretti keller fischer baker meyer popescu'.split(
    ' ',
  );
const PRODUCTS =
  'payments ledger invoice catalogue search gateway redis kafka postgres grafana ingest billing checkout alexandria almond amore moria morel albatross module model alert lexer pickard jsonlint'.split(
    ' ',
  );
const pick = (list: readonly string[], at: number): string => list[at % list.length] ?? '';
/** A thousand machines of colleagues and of products, always the same ones. */
const OTHERS = Array.from({ length: 1_000 }, (_, n) => {
  const [given, family, product] = [
    pick(GIVEN, n * 7 + (n >> 5)),
    pick(FAMILY, n * 11 + (n >> 4)),
    pick(PRODUCTS, n * 5 + (n >> 3)),
  ];
  return [
    `${given}-${family}-mbp`,
    `LT-${given[0]}${family}`,
    `${given}${family[0]}-pc`,
    `${given}s-MacBook-Pro`,
    `build-${product}-${n}`,
    `${product}-runner-${n % 20}`,
    `DESKTOP-${(n * 2_654_435_761).toString(36).slice(0, 7).toUpperCase()}`,
    `ip-10-0-${n % 255}-${(n * 7) % 255}`,
    `gha-${product}-eu-${n % 9}`,
    `${given[0]}${family}-nb`,
  ][n % 10] as string;
});

test('of a thousand machines of colleagues and products hardly one raises a question about somebody', () => {
  const leavers = [
    ALEX,
    BO,
    OLEKSANDR,
    person('Jean-Luc Picard', 'jean-luc.picard@corp.example'),
    person('Alexander Moreau', 'a.moreau@corp.example'),
    person('Daniel Loomberg', 'daniel.loomberg@corp.example'),
    person('Щербакова Юлия Андреевна', 'u1042@corp.example'),
    person('Νίκος Παπαδόπουλος', 'np@corp.example'),
  ];
  for (const who of leavers) {
    const asked = OTHERS.filter((name) => nameSign(name, who) !== undefined);
    assert.ok(asked.length <= 10, `${who.displayName}: ${asked.length} of 1000: ${asked.slice(0, 10).join()}`);
  }
});

test('a colleague of the same given name is asked about, and no other machine', () => {
  const who = person('Anna Schmitz', 'anna.schmitz@corp.example');
  const asked = OTHERS.filter((name) => nameSign(name, who) !== undefined);
  assert.ok(asked.length > 0 && asked.length <= 30, `${asked.length}`);
  assert.deepEqual(
    asked.filter((name) => !/anna/i.test(name)),
    [],
  );
});
