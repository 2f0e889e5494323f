import { createHash, randomBytes } from 'node:crypto';
import { FOREIGN_KINDS, PLANTED_KINDS } from '../../../local/tenant/seeds/seed-context.ts';
import { makeTokenMint } from '../../../local/tenant/seeds/token-mint.ts';
import type { LabelsOf } from '../../../runner/labels/index.ts';
import { TOKEN_TYPES, type TokenType } from '../../../src/credentials/detector/token-hit.ts';

/** A token that stands on a machine: what is written, and what must be found of it and must not leave. */
export interface Planted {
  readonly type: TokenType;
  /** What the variable or key is called: some formats show by it only. */
  readonly name: string;
  readonly text: string;
  readonly value: string;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const { mint, sas } = makeTokenMint();
const MINTED = new Set<string>([...PLANTED_KINDS, ...FOREIGN_KINDS]);

/** A new token of each format that the detector knows. */
export function everyToken(): Planted[] {
  return TOKEN_TYPES.map(planted);
}

export function planted(type: TokenType): Planted {
  const [name, text, value] = made(type);
  return { type, name, text, value: value ?? text };
}

function made(type: TokenType): [name: string, text: string, value?: string] {
  if (type === 'github-classic-hex') return ['GITHUB_TOKEN', randomBytes(20).toString('hex')];
  if (type === 'azure-api-management-key') return ['APIM_KEY', randomBytes(16).toString('hex')];
  if (type === 'azure-shared-access-key') {
    const key = randomBytes(32).toString('base64');
    return ['BUS', `Endpoint=sb://a.servicebus.example/;SharedAccessKeyName=n;SharedAccessKey=${key}`, key];
  }
  if (type === 'azure-sas') {
    const url = sas({});
    return ['CONTAINER', url, /sig=[^&]+/.exec(url)?.[0] ?? ''];
  }
  if (type === 'gcp-service-account-key') {
    const key = mint('private-key').replaceAll('OPENSSH PRIVATE', 'PRIVATE');
    return [
      'GOOGLE_KEY',
      JSON.stringify({ type: 'service_account', private_key_id: 'a1', private_key: key }),
      JSON.stringify(key).slice(1, -1),
    ];
  }
  if (!MINTED.has(type)) throw new Error(`No token of the format ${type} can be minted.`);
  return ['A_SECRET', mint(type as (typeof PLANTED_KINDS)[number])];
}

/** A file as its tool would write it, with this token in it. */
export const WRITTEN: Readonly<Record<LabelsOf, (token: Planted) => string>> = {
  none: ({ name, text }) => `${name}: ${text}\n`,
  assignments: ({ name, text }) => `# written by hand\nexport ${name}=${text}\n`,
  ini: ({ name, text }) => `[default]\n${name} = ${text}\n`,
  'git-config': ({ name, text }) =>
    `[core]\n\tbare = false\n[http "https://github.com/"]\n\textraheader = ${name}: ${text}\n`,
  urls: ({ name, text }) => `https://alex:${text}@github.com\n# ${name}=${text}\n`,
  netrc: ({ name, text }) => `machine github.com\n  login alex\n  password ${text}\n# ${name}=${text}\n`,
  'gh-hosts': ({ name, text }) => `github.com:\n    user: alex\n    oauth_token: ${text}\n    ${name}: ${text}\n`,
  json: (token) => inJson(token),
  claude: (token) => inJson(token),
  docker: (token) => inJson(token),
  msal: (token) => inJson(token),
  'azure-profile': (token) => inJson(token),
  'azure-principals': (token) => inJson(token),
};

function inJson({ name, text }: Planted): string {
  return `${JSON.stringify({ before: { [name]: text.startsWith('{') ? JSON.parse(text) : text } }, undefined, 2)}\n`;
}
