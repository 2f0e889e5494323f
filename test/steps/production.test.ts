import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { namesProduction, tagsNameProduction } from '../../src/steps/production.ts';

const PRODUCTION = [
  'production',
  'Production',
  'PROD',
  'prd',
  'live',
  'prod-westeurope',
  'westeurope_prod2',
  'Production EU',
  'Production (EU)',
  'id-pay-production',
  'rg-mcp-gateway-prod',
  'euprod',
  'EUProd01',
  'go-live',
  'live2',
  'Produktion',
  'produção',
  'ＰＲＯＤ',
  "claims['sub'] eq 'repo:corp/pay:environment:production'",
  'repo:corp/pay:environment:prod-westeurope',
];
for (const text of PRODUCTION) test(`${text} may be production`, () => assert.ok(namesProduction(text)));

for (const text of ['development', 'test', 'staging', 'qa', 'nightly', 'deliver', 'olives-and-oil', 'approved', 'main'])
  test(`${text} is not production`, () => assert.ok(!namesProduction(text)));

for (const doubtful of ['preprod', 'non-production', 'product-catalogue', 'livestream'])
  test(`${doubtful} may be production: in doubt a person decides`, () => assert.ok(namesProduction(doubtful)));

const tags: readonly (readonly [Readonly<Record<string, string>>, boolean])[] = [
  [{ Environment: 'Production (EU)' }, true],
  [{ 'deployment.env': 'PRD' }, true],
  [{ env: 'p' }, true],
  [{ Stage: ' P ' }, true],
  [{ 'prod-critical': 'yes' }, true],
  [{ live: 'true' }, true],
  [{ costCentre: 'p' }, false],
  [{ environment: 'test', owner: 'team-docs' }, false],
  [{}, false],
];
for (const [each, expected] of tags)
  test(`tags ${JSON.stringify(each)}: ${expected ? 'may be production' : 'not production'}`, () =>
    assert.equal(tagsNameProduction(each), expected));

test('no case, separator or affix makes production anything less', () => {
  const words = fc.constantFrom('production', 'prod', 'prd', 'live');
  const affix = fc.stringMatching(/^[a-z0-9]{0,6}$/);
  const separator = fc.constantFrom('-', '_', ' ', '.', '/', ':', ' (', '--', '%');
  const cased = fc
    .tuple(words, fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }))
    .map(([word, upper]) => [...word].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join(''));
  fc.assert(
    fc.property(affix, separator, cased, separator, affix, (before, left, word, right, after) => {
      assert.ok(namesProduction(`${before}${left}${word}${right}${after}`));
    }),
  );
});
