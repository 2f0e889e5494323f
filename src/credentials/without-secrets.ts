import { detectTokens } from './detector/detect-tokens.ts';
import { cutLabelled } from './labelled-secrets.ts';

/**
 * The text without the credentials that stand in it, for everything that is filed, sent or shown to people: names and
 * labels are written by anybody, and tokens get into them. Unlike `redactSecrets` it takes nothing for a secret
 * because it is long: ids of grants and digests are what a report is about.
 */
export function withoutSecrets(text: string): string {
  return cutLabelled(withoutTokens(text), 'whole');
}

/** A JSON document of which every text, names of members included, is without credentials; where none is, the same bytes. */
export function jsonWithoutSecrets(json: string): string {
  // One look at the whole is many times as fast as one at each text, and almost always finds nothing.
  return withoutSecrets(json) === json ? json : eachTextWithoutSecrets(json);
}

/**
 * The same, with a look at each text whatever stands around it: the same value then loses the same wherever it stands,
 * and what has lost it loses nothing more.
 */
export function eachTextWithoutSecrets(json: string): string {
  return json.replace(TEXT, (literal) => {
    const text: unknown = JSON.parse(literal);
    const safe = typeof text === 'string' ? withoutSecrets(text) : text;
    return safe === text ? literal : JSON.stringify(safe);
  });
}

/** The same of plain data. */
export function withoutSecretsIn<T>(value: T): T {
  const json = JSON.stringify(value);
  const safe = jsonWithoutSecrets(json);
  return safe === json ? value : (JSON.parse(safe) as T);
}

const TEXT = /"(?:[^"\\]|\\.)*"/g;

/** Cuts out what the detector finds, together with the token-like text that touches it on the right. */
export function withoutTokens(text: string): string {
  const hits = detectTokens(text);
  if (hits.length === 0) return text;
  let safe = '';
  let at = 0;
  for (const { type, start, end } of hits) {
    if (start >= at) safe += `${text.slice(at, start)}[${type} token]`;
    at = Math.max(at, end);
    while (/[\w~.=-]/.test(text.charAt(at))) at += 1;
  }
  return safe + text.slice(at);
}
