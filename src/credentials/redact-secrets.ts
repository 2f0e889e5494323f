import { cutLabelled } from './labelled-secrets.ts';
import { withoutTokens } from './without-secrets.ts';

/** Shapes of credentials, whole or cut short. None asks for a boundary: a token may be glued to other text. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/gh[pousr]_[\w.-]{4,}/g, '[github token]'],
  [/github_pat_\w{4,}/g, '[github token]'],
  [/eyJ[\w-]{8,}(?:\.[\w-]*)*/g, '[jwt]'],
  [/sk-ant-[\w.-]{4,}/g, '[api key]'],
  [/sk-(?:proj|svcacct|admin)-[\w-]{4,}/g, '[api key]'],
  [/(?<![A-Za-z0-9])sk-[\w-]{20,}/g, '[api key]'],
  [/npm_[A-Za-z0-9]{8,}/g, '[npm token]'],
  [/[\w~.-]{0,3}\dQ(?:~|%7[Ee])[\w~.%-]{8,}/g, '[client secret]'],
  [/A(?:KI|SI|BI|CC)A[A-Z2-7]{16}|(?<![A-Z])A[KS]IA[A-Z2-7]{8,}/g, '[access key]'],
  [/(?<![A-Za-z0-9])[01]\.A[\w-]{20,}(?:\.[\w-]+)*/g, '[refresh token]'],
  [/gl(?:pat|ft|imt|dt|rt|rtr|cbt|ptt|agent|oas|soat|ffct)-[\w.-]{8,}/g, '[gitlab token]'],
  [/xox[a-z](?:\.xox[a-z])?-[\w-]{8,}|xapp-[\w-]{8,}/g, '[slack token]'],
  [/dckr_[po]at_[\w-]{4,}/g, '[docker token]'],
  [/pypi-AgE[\w-]{4,}/g, '[pypi token]'],
  [/[A-Za-z0-9]{0,14}\.atlasv1\.[\w-]{4,}/g, '[terraform token]'],
  [/AT[AC]TT3[\w=-]{8,}/g, '[atlassian token]'],
  [/hf_[A-Za-z]{16,}/g, '[hugging face token]'],
  [/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^-]{0,16384}/g, '[private key]'],
];

/** What each of the shapes has in it: most texts have none, and need not be tried for all of them. */
const MAY_HAVE_SHAPE =
  /gh[pousr]_|github_pat_|eyJ|sk-|npm_|\dQ(?:~|%7)|A(?:KI|SI|BI|CC)A|[01]\.A|gl[a-z]{2,5}-|xox|xapp|dckr_|pypi-|\.atlasv1|AT[AC]TT3|hf_|-----BEGIN/;

/** A run of letters and digits this long is a credential, a digest or part of an encoded id. */
const LONG_RUN = /(?<![A-Za-z0-9])((?:aad|aadgp|svc|vssgp|bnd|s2s|sp)\.)?([A-Za-z0-9]{32,})/g;
const DIGEST = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;

/**
 * The text with everything that looks like a credential replaced by its kind. The last line of defence for
 * logs and error messages: it errs on the side of hiding too much. What the detector knows goes first, whole;
 * then what a name, a header or a URL calls a secret; then shapes of tokens that were cut short; then long runs of
 * letters and digits, which is all that a cut token without a prefix shows. Digests and Azure DevOps descriptors,
 * which are long as well, stay readable. What is safe already does not change any more.
 */
export function redactSecrets(text: string): string {
  const told = cutLabelled(withoutTokens(text), 'any');
  const shaped = MAY_HAVE_SHAPE.test(told)
    ? SHAPES.reduce((safe, [shape, instead]) => safe.replace(shape, instead), told)
    : told;
  return shaped.replace(LONG_RUN, (whole: string, descriptor: string | undefined, run: string) =>
    descriptor !== undefined || DIGEST.test(run) || isName(run) ? whole : '[redacted]',
  );
}

/** Characters beyond what is kept that are looked at: a token at the edge is known by its whole length. */
const MARGIN = 4_096;
/** What is longer, and was cut, is known by how it begins. */
const EDGE = /[\w.~+/=%-]{1,256}$/;

/**
 * The same of the first `most` characters: what comes far behind them is not looked at. A text is cut before it is
 * redacted, because redacting costs for each character. Where so much was cut out that the edge would be seen, the
 * run at the edge goes: half a secret looks like none.
 */
export function redactedStart(text: string, most: number): string {
  if (text.length <= most + MARGIN) return redactSecrets(text).slice(0, most);
  const safe = redactSecrets(text.slice(0, most + MARGIN));
  return safe.length > most ? safe.slice(0, most) : safe.replace(EDGE, '');
}

/** `ProjectDoesNotExistWithNameException` is made of words; random letters change case at every other one. */
function isName(run: string): boolean {
  const capitals = run.replace(/[^A-Z]/g, '').length;
  return /^[A-Za-z]+$/.test(run) && capitals > 0 && run.length / capitals >= 4;
}
