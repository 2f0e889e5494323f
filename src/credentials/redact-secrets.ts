import { detectTokens } from './detector/detect-tokens.ts';

/** Shapes of credentials, whole or cut short. None asks for a boundary: a token may be glued to other text. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/gh[pousr]_[\w.-]{4,}/g, '[github token]'],
  [/github_pat_\w{4,}/g, '[github token]'],
  [/eyJ[\w-]{8,}(?:\.[\w-]*)*/g, '[jwt]'],
  [/sk-ant-[\w.-]{4,}/g, '[api key]'],
  [/sk-(?:proj|svcacct|admin)-[\w-]{4,}/g, '[api key]'],
  [/(?<![A-Za-z0-9])sk-[\w-]{20,}/g, '[api key]'],
  [/npm_[A-Za-z0-9]{8,}/g, '[npm token]'],
  [/[\w~.-]{0,3}[78]Q~[\w~.-]{8,}/g, '[client secret]'],
  [/(?<![A-Za-z0-9])A[KS]IA[A-Z2-7]{8,}/g, '[access key]'],
  [/([?&;](?:sig|code|token|key|access_token|client_secret)=)[^&\s"']+/gi, '$1[redacted]'],
  [
    /("(?:access_token|refresh_token|id_token|client_secret|password|secret)"\s*:\s*")(?:[^"\\]|\\.)+/gi,
    '$1[redacted]',
  ],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{12,}/gi, '$1 [redacted]'],
];

/** A run of letters and digits this long is a credential, a digest or part of an encoded id. */
const LONG_RUN = /(?<![A-Za-z0-9])((?:aad|aadgp|svc|vssgp|bnd|s2s|sp)\.)?([A-Za-z0-9]{32,})/g;
const DIGEST = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;

/**
 * The text with everything that looks like a credential replaced by its kind. The last line of defence for
 * logs and error messages: it errs on the side of hiding too much. What the detector knows goes first, whole;
 * then shapes of tokens that were cut short; then long runs of letters and digits, which is all that a cut token
 * without a prefix shows. Digests and Azure DevOps descriptors, which are long as well, stay readable.
 */
export function redactSecrets(text: string): string {
  const shaped = SHAPES.reduce((safe, [shape, instead]) => safe.replace(shape, instead), withoutTokens(text));
  return shaped.replace(LONG_RUN, (whole: string, descriptor: string | undefined, run: string) =>
    descriptor !== undefined || DIGEST.test(run) || isName(run) ? whole : '[redacted]',
  );
}

/** `ProjectDoesNotExistWithNameException` is made of words; random letters change case at every other one. */
function isName(run: string): boolean {
  const capitals = run.replace(/[^A-Z]/g, '').length;
  return /^[A-Za-z]+$/.test(run) && capitals > 0 && run.length / capitals >= 4;
}

/** Cuts out what the detector finds, together with the token-like text that touches it on the right. */
function withoutTokens(text: string): string {
  let safe = '';
  let at = 0;
  for (const { type, start, end } of detectTokens(text)) {
    if (end <= at) continue;
    if (start >= at) safe += `${text.slice(at, start)}[${type} token]`;
    at = end;
    while (at < text.length && /[\w~.=-]/.test(text.charAt(at))) at += 1;
  }
  return safe + text.slice(at);
}
