import {
  FOREIGN_KINDS,
  type ForeignKind,
  PLANTED_KINDS,
  type PlantedKind,
} from '../../local/tenant/seeds/seed-context.ts';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import { mulberry32 } from '../../test/truth/firm/random.ts';

/** Put together here: in a file it would be a key to whoever looks for keys. */
const KEY_BEGINS = ['-----BEGIN', 'PRIVATE', 'KEY-----'].join(' ');

export type Kind = PlantedKind | ForeignKind;
export const KINDS: readonly Kind[] = [...PLANTED_KINDS, ...FOREIGN_KINDS];

/** A token in a text. `start` and `end` are offsets of it, or of what it is encoded in. */
export interface Planted {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
}

export interface Sample {
  readonly text: string;
  readonly planted: readonly Planted[];
}

/** The same bytes and tokens for the same seed, on every machine. */
export function makeCorpus(seed: number) {
  const whole = mulberry32(seed);
  const chance = (): number => whole() / 2 ** 32;
  const bytes = (count: number): Buffer => Buffer.from(Array.from({ length: count }, () => Math.floor(chance() * 256)));
  const { mint } = makeTokenMint({ bytes, now: () => 1_790_000_000_000 });
  const one = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
  const letters = (count: number, from: string): string =>
    Array.from({ length: count }, () => from.charAt(Math.floor(chance() * from.length))).join('');
  const hex = (count: number): string => letters(count, '0123456789abcdef');

  /** A step of a workflow, without any secret in it. */
  const yaml = (): string =>
    [
      `      - name: ${one(['Build', 'Test', 'Publish the package', 'Upload what was built'])}`,
      `        uses: ${one(['actions/checkout', 'actions/setup-node', 'docker/build-push-action'])}@${hex(40)} # v${Math.floor(chance() * 9)}`,
      '        with:',
      `          node-version: ${20 + Math.floor(chance() * 5)}`,
      `          path: dist/${letters(8, 'abcdefghij')}/${letters(12, 'klmnopqrs')}.tar.gz`,
      `        run: npm ci && npm run ${one(['build', 'test', 'lint', 'publish'])} -- --reporter=dot`,
      `        env: { REGION: westeurope, SHA: ${hex(64)}, NPM_CONFIG_CACHE: /tmp/npm }`,
      '',
    ].join('\n');
  const log = (): string =>
    `${JSON.stringify({
      at: '2026-11-28T12:00:00.000Z',
      level: one(['info', 'warn']),
      request: `${letters(8, '0123456789abcdef')}-0000-4000-8000-${hex(12)}`,
      url: `https://api.example/v1/items/${letters(6, '0123456789')}?page=${Math.floor(chance() * 90)}&q=a%20b`,
      message: `"${one(['read', 'wrote', 'skipped'])}" C:\\work\\${letters(8, 'abcdefgh')}`,
    })}\n`;
  const base64 = (): string =>
    `${
      bytes(3_000)
        .toString('base64')
        .match(/.{1,76}/g)
        ?.join('\n') ?? ''
    }\n\n`;

  /** What looks like a token and is none: documentation, digests, a mistyped token. */
  const decoy = (): string =>
    one([
      () => `ghp_${'x'.repeat(36)}`,
      () => `glpat-${'X'.repeat(20)}`,
      () => 'AKIAIOSFODNN7EXAMPLE',
      () => `npm_${'0123456789'.repeat(3)}012345`,
      () => mistyped(mint('github-classic')),
      () => mistyped(mint('github-oauth')),
      () => mistyped(mint('azure-devops')),
      () => hex(40),
      () => hex(64),
      () => 'task-management-service-for-everybody-in-the-company',
    ])();

  const FORMS: readonly ((value: string) => readonly [before: string, token: string, after: string])[] = [
    (value) => ['          TOKEN: ', value, '\n'],
    (value) => ['export TOKEN="', value, '"\n'],
    (value) => ['{"token":"', value.replaceAll('\n', '\\n'), '"}\n'],
    (value) => ['curl -H "Authorization: Bearer ', value, '" https://api.example\n'],
  ];
  const ENCODED: typeof FORMS = [
    (value) => ['AUTHORIZATION: basic ', Buffer.from(`x-access-token:${value}`).toString('base64'), '\n'],
    (value) => [
      '  .dockerconfigjson: ',
      Buffer.from(
        JSON.stringify({ auths: { 'ghcr.io': { auth: Buffer.from(`ci:${value}`).toString('base64') } } }),
      ).toString('base64'),
      '\n',
    ],
    (value) => ['powershell -EncodedCommand ', Buffer.from(`$t = "${value}"`, 'utf16le').toString('base64'), '\n'],
  ];

  const sample = (filling: () => string, length: number, forms: typeof FORMS, tokens: readonly Kind[]): Sample => {
    let text = '';
    const planted: Planted[] = [];
    const every = Math.floor(length / (tokens.length + 1));
    for (const kind of tokens) {
      while (text.length < (planted.length + 1) * every) text += filling();
      text += `          OTHER: ${decoy()}\n`;
      const [before, token, after] = one(forms)(mint(kind));
      text += before;
      planted.push({ kind, start: text.length, end: text.length + token.length });
      text += token + after;
    }
    while (text.length < length) text += filling();
    return { text, planted };
  };

  return { bytes, yaml, log, base64, sample, clear: FORMS, encoded: ENCODED };
}

/** Its last character is another one, so that the checksum is wrong for certain. */
function mistyped(token: string): string {
  return token.replace(/.$/, (last) => (last === 'z' ? 'y' : 'z'));
}

/** Texts that somebody makes to keep the detector busy: what formats begin with, over and over. */
export const ADVERSARIAL: readonly string[] = [
  ...['a', 'aq', 'A', '=', '%41', '\\\\', '\\u0041', '&amp;', 'a\0', 'eyJ', '.eyJ', 'eyJ.eyJ', 'Q~', 'AKIA', 'AZDO'],
  ...[
    'ghp_',
    'ghs_1_eyJ',
    'github_pat_',
    'npm_',
    'sk-',
    'sk-ant-api03-',
    'T3BlbkFJ',
    'glpat-',
    'xoxb-1',
    '.Ag',
    '.atlasv1.',
  ],
  ...['sig=', 'sv=1&se=2&sig=', KEY_BEGINS, `ghp_${'0aB1cD2eF3gH4iJ5kL6m'.repeat(2)}`, 'SharedAccessKey='],
  ...[`${'eyJ'.repeat(341)}.`, `1.A${'a'.repeat(180)}.Ag`, `ghp_${'qwertyuiopasdfghjklzxcvbnm'.repeat(9)}`],
  ...[[KEY_BEGINS, 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7'].join('\n'), `${'aB'.repeat(38)}\n`],
  ...[`glpat-0aB1cD2eF3g`, `xoxb-0123456789aB`, 'azqbaqcdaqefaqghaqijaqklaqmnaqopaqrsaqtuaqvw'],
];
