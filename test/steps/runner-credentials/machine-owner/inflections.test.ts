import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeAgent } from '../../../../src/steps/runner-credentials/rules/azure-devops/attribute-agent.ts';
import { fc } from '../../../support/properties.ts';
import { ALEX, JEAN_LUC, OLEKSANDR, person, VENDORS } from './world.ts';

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
