/**
 * Whether a free text may mean production: the name of an identity, a credential, a tag, a whole subject or expression.
 * Every text with a stem of the word counts, `preprod` and `product` among them: a false yes costs one approval, a false
 * no costs production. Of a text that says nothing but a stage, `mayBeProduction` asks the question the other way round.
 */
export function namesProduction(text: string): boolean {
  const plain = plainText(text).replaceAll('0', 'o');
  if (/prod|prd|прод|прд|本番|生产|生產|商用|운영|프로덕션/u.test(plain)) return true;
  return wordsOf(plain).some((word) => word.startsWith('live') || word.endsWith('live') || PRODUCTION_WORDS.has(word));
}

/** What production is called without a stem by which it could be told inside of other words. */
const PRODUCTION_WORDS = new Set(['pro', 'echt', 'echtbetrieb', 'wirkbetrieb', 'betrieb', 'боевой', 'бой']);

/**
 * The same of what an identity or a resource group is called, where conventions of naming put the stage as one letter
 * between separators: `rg-mcp-p-weu`.
 * Source: learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-naming
 */
export function calledProduction(name: string): boolean {
  return namesProduction(name) || wordsOf(plainText(name)).some((word) => word === 'p' || word === 'pr');
}

/**
 * Whether the name of a stage may be that of production: of an environment of GitHub, or the value of a tag that says
 * the stage. Firms call production what they like (`live`, `main`, `本番`, `P`), so that everything is it but what
 * consists of words for another stage, numbers and regions alone. A wildcard, `dev-tools` and characters that nobody
 * sees are doubt, and doubt is yes.
 */
export function mayBeProduction(stage: string): boolean {
  const plain = withoutMarks(stage.normalize('NFKC').toLowerCase());
  const words = plain.split(/[-_ ./()[\]]+/).filter((word) => word !== '');
  return !(words.some(isOtherStage) && words.every((word) => isOtherStage(word) || isPlace(word)));
}

const isOtherStage = (word: string): boolean =>
  OTHER_STAGES.has(word.replace(/(?<!\d)\d+$/, '')) || OTHER_STAGES.has(word);
const isPlace = (word: string): boolean => /^\d+$/.test(word) || PLACES.has(word.replace(/(?<!\d)\d+$/, ''));

/** Words for stages before production, in the languages that firms write them in; compared without accents. */
const OTHER_STAGES = new Set(
  [
    'dev devel develop development developer test tst tests testing qa qat qas quality sandbox sbx sand playground',
    'staging stage stg stag preview nightly int integ integration integrationtest sit uat e2e ci acceptance accept acc',
    'lab labs poc experiment experimental local feature scratch perf loadtest',
    'entwicklung entw abnahme abnahmetest testumgebung spielwiese qs',
    'developpement recette rec essai bac',
    'desarrollo pruebas prueba sviluppo collaudo prova desenvolvimento homologacao homolog hml teste testes',
    'ontwikkeling acceptatie utveckling udvikling utvikling kehitys testi vyvoj rozwoj gelistirme fejlesztes teszt',
    'разработка разраб дев тест тестовая тестирование розробка стейджинг песочница',
    '开发 開發 测试 測試 预览 開発 テスト 検証 ステージング 개발 테스트',
  ]
    .flatMap((line) => line.split(' '))
    .map((word) => withoutMarks(word)),
);

/** Regions and countries, which say nothing of a stage. */
const PLACES = new Set(
  [
    'eu us uk de fr nl ch at it es pl se no dk fi jp in au br ca za ae weu neu gwc frc sdc chn wus eus cus scus ncus wcus',
    'westeurope northeurope europe germanywestcentral francecentral swedencentral switzerlandnorth uksouth ukwest',
    'eastus westus centralus southcentralus northcentralus westcentralus west east north south central',
  ].flatMap((line) => line.split(' ')),
);

/** What says in a tag's key of which stage something is, in any place of the key: `EnvironmentType`, `app-env`. */
const STAGE_KEY =
  /env|umgebung|stage|stufe|tier|entorno|ambiente|omgeving|miljo|ymparisto|prostredi|srodowisko|ortam|среда|окружение|环境|環境|환경/u;

/** Whether tags may mean production, in a key, a value, or in what they say of the stage. */
export function tagsNameProduction(tags: Readonly<Record<string, string>>): boolean {
  return Object.entries(tags).some(
    ([key, value]) =>
      namesProduction(`${key} ${value}`) || (saysStage(key) && value.trim() !== '' && mayBeProduction(value.trim())),
  );
}

/** Whether a tag's key, or the name of a claim, says of which stage something is. */
export function saysStage(key: string): boolean {
  return STAGE_KEY.test(withoutMarks(plainKey(key.normalize('NFKC'))).normalize('NFC'));
}

/** A tag's key as tools compare it: `managed-by`, `ManagedBy` and `managed_by` are one. */
export function plainKey(key: string): string {
  return key.toLowerCase().replace(/[-_ .]/g, '');
}

/** In one form of each character, and without those that nobody sees: soft hyphens, joiners, spaces of no width. */
function plainText(text: string): string {
  return withoutMarks(
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/\p{Default_Ignorable_Code_Point}/gu, ''),
  );
}

/** `produção` as `producao`; composed again, so that syllables of Hangul are whole. */
function withoutMarks(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC');
}

function wordsOf(plain: string): string[] {
  return plain.split(/[^\p{L}]+/u);
}
