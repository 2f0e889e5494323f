import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calledProduction, mayBeProduction, namesProduction, tagsNameProduction } from '../../src/steps/production.ts';
import { fc } from '../support/properties.ts';

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
  'golive',
  'live2',
  'Produktion',
  'produção',
  'ＰＲＯＤ',
  'PRO',
  'pay-pro',
  'pr0d',
  'pr\u200bod',
  'pr\u00adod',
  'l\u2060ive',
  'прод-weu',
  'продакшн',
  '本番',
  '生产',
  'Echtbetrieb',
  "claims['sub'] eq 'repo:corp/pay:environment:production'",
  'repo:corp/pay:environment:prod-westeurope',
];
for (const text of PRODUCTION) test(`${text} may be production`, () => assert.ok(namesProduction(text)));

for (const text of ['development', 'test', 'staging', 'qa', 'nightly', 'deliver', 'olives-and-oil', 'approved', 'main'])
  test(`${text} is not production`, () => assert.ok(!namesProduction(text)));

for (const doubtful of ['preprod', 'non-production', 'product-catalogue', 'livestream'])
  test(`${doubtful} may be production: in doubt a person decides`, () => assert.ok(namesProduction(doubtful)));

for (const name of ['rg-mcp-p-weu', 'id-pay-p', 'ID_PAY_PR_01', 'id-pay-prod'])
  test(`what is called ${name} may be production`, () => assert.ok(calledProduction(name)));
for (const name of ['id-pay', 'rg-mcp-d-weu', 'id-pages', 'php-app'])
  test(`what is called ${name} is not production`, () => assert.ok(!calledProduction(name)));

const STAGES_OF_PRODUCTION = [
  ...PRODUCTION.slice(0, -2),
  ...['PRO', 'Pro', 'P', 'p', 'p-weu', 'P1', 'pr', 'pr0d', 'prod\u200b', 'pr\u200bod', 'рrod', 'LIVE', 'release'],
  ...['stable', 'main', 'master', 'default', 'blue', 'green', 'canary', 'prd-eu', 'go', 'public', 'customer', 'www'],
  ...['本番', '本番環境', '生产', '生產', '正式', '운영', 'прод', 'Прод', 'боевой', 'echt', 'betrieb', 'wirk'],
  ...['produktiv', 'produccion', 'producción', 'produzione', 'productie', 'drift', 'tuotanto', 'üretim', 'gp', 'ga'],
  // A stage before production is one only where nothing else stands beside it.
  ...['preprod', 'pre-production', 'non-prod', 'dev-tools', 'test-automation', 'dev-main', 'qa+live', 'latest'],
  // A number before a word makes another word of it.
  ...['2dev', 'dev-x2', 'dev-2x', 'dev-2weu'],
  ...['devops', 'contest', 'attestation', 'dev*', '*', 'de?', 'dev\u200b', 'dеv', 'weu', '2', '', ' ', '-', 'dev:main'],
];
for (const stage of STAGES_OF_PRODUCTION)
  test(`a stage called “${stage}” may be production`, () => assert.ok(mayBeProduction(stage)));

const OTHER_STAGES = [
  ...['dev', 'DEV', 'Dev2', 'dev-weu', 'dev_westeurope_01', 'test', 'Test (EU)', 'TST', 'qa', 'qa/3', 'uat', 'sit'],
  ...['staging', 'stg', 'sandbox', 'preview', 'nightly', 'Development', 'integration', 'e2e', 'dev test'],
  ...['Entwicklung', 'Abnahme', 'développement', 'de\u0301veloppement', 'recette', 'desarrollo', 'pruebas', 'sviluppo'],
  ...[
    'homologação',
    'acceptatie',
    'geliştirme',
    'разработка',
    'тест',
    '开发',
    '测试',
    '開発',
    'テスト',
    'ステージング',
    '개발',
  ],
];
for (const stage of OTHER_STAGES)
  test(`a stage called “${stage}” is not production`, () => assert.ok(!mayBeProduction(stage)));

const tags: readonly (readonly [Readonly<Record<string, string>>, boolean])[] = [
  [{ Environment: 'Production (EU)' }, true],
  [{ 'deployment.env': 'PRD' }, true],
  [{ env: 'p' }, true],
  [{ Stage: ' P ' }, true],
  [{ 'prod-critical': 'yes' }, true],
  [{ live: 'true' }, true],
  [{ env: 'PRO' }, true],
  [{ Umgebung: 'P' }, true],
  [{ EnvironmentType: 'P' }, true],
  [{ 'app-env': 'main' }, true],
  [{ entorno: 'real' }, true],
  [{ 環境: '本番' }, true],
  [{ Miljö: 'drift' }, true],
  [{ environment: 'dev', stage: 'blue' }, true],
  [{ environment: '' }, false],
  [{ environment: ' ' }, false],
  [{ environment: '\tdev\t' }, false],
  [{ Umgebung: 'Entwicklung', EnvironmentType: 'DEV', 'app-env': 'qa 2' }, false],
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
