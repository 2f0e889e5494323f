import type { Written } from './everything-written.ts';

/** A run of this many characters of a secret is a leak; shorter ones, such as the last four, are meant to be shown. */
const LONGEST_SHOWN = 11;
const CHUNK = LONGEST_SHOWN + 1;

export interface Leak {
  readonly where: string;
  /** Number of the secret in the list that was searched for: a test's output must not show it either. */
  readonly secret: number;
  readonly form: string;
}

/** Every place where a piece of a secret stands, in clear or encoded, whole or cut. */
export function findSecrets(secrets: readonly string[], written: Iterable<Written>): Leak[] {
  const chunks = new Map<string, { readonly secret: number; readonly form: string }>();
  secrets.forEach((token, secret) => {
    for (const [form, text] of formsOf(secretPartOf(token))) {
      for (let at = 0; at + CHUNK <= text.length; at += 1) chunks.set(text.slice(at, at + CHUNK), { secret, form });
    }
  });
  const leaks = new Map<string, Leak>();
  for (const { where, bytes } of written) {
    const text = bytes.toString('latin1');
    for (let at = 0; at + CHUNK <= text.length; at += 1) {
      const found = chunks.get(text.slice(at, at + CHUNK));
      if (found !== undefined) leaks.set(`${where} ${found.secret} ${found.form}`, { where, ...found });
    }
  }
  return [...leaks.values()];
}

/**
 * What nobody may know of a token: without the prefix that says its kind, without what all tokens of an issuer share,
 * and of a JWT the signature, for its claims are no secret.
 */
function secretPartOf(token: string): string {
  if (token.split('.').length === 3) return token.slice(token.lastIndexOf('.') + 1);
  return token.replace(/^(gh[a-z]_|github_pat_|sk-ant-[a-z0-9]+-)/, '').replace(/JQQJ99.*AZDO.*$/, '');
}

/** In base64 the same bytes look differently at each of three offsets. */
function formsOf(secret: string): [form: string, text: string][] {
  const shifted = [0, 1, 2].flatMap((offset): [string, string][] => {
    const bytes = Buffer.from(' '.repeat(offset) + secret);
    // The first and last group hold bits of the neighbours.
    return (['base64', 'base64url'] as const).map((encoding) => [encoding, bytes.toString(encoding).slice(4, -4)]);
  });
  return [
    ['clear', secret],
    ['hex', Buffer.from(secret).toString('hex')],
    ['URL-encoded', encodeURIComponent(secret)],
    ['escaped as JSON', JSON.stringify(secret).slice(1, -1)],
    ['UTF-16', Buffer.from(secret, 'utf16le').toString('latin1')],
    ...shifted,
  ];
}
