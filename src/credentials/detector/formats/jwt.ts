import { isBase64 } from '../char-runs.ts';
import { claimsOf, holderOf, jsonSegment } from '../jwt.ts';
import type { AnchoredFinder, TextSource, TokenFormat } from '../token-format.ts';

const HEADER_REACH = 1_024;
const HEADER_TRIES = 16;
const PAYLOAD_REACH = 16_384;
const SIGNATURE_REACH = 1_400;

/** Three base64url segments of which the first two spell JSON objects, the first with an algorithm. */
const finder: AnchoredFinder = {
  // A JSON object begins with `{"`, `{ "` or `{` and a new line.
  anchors: ['.eyJ', '.eyA', '.ewo', '.ew0'],
  findAt: (text, dot) => {
    const payloadEnd = endOfRun(text, dot + 1, PAYLOAD_REACH);
    if (text.slice(payloadEnd, payloadEnd + 1) !== '.') return undefined;
    const start = headerStart(text, dot);
    const payload = start === undefined ? undefined : jsonSegment(text.slice(dot + 1, payloadEnd));
    if (start === undefined || payload === undefined) return undefined;
    const claims = claimsOf(payload);
    const end = endOfRun(text, payloadEnd + 1, SIGNATURE_REACH);
    return { type: 'jwt', holder: holderOf(claims), checksum: 'none', start, end, sureEnd: payloadEnd + 1, claims };
  },
};

/** Where the header before this dot begins. A header may have other text before it, or `{"` inside it. */
function headerStart(text: TextSource, dot: number): number | undefined {
  let from = dot;
  while (from > 0 && dot - from < HEADER_REACH && isBase64Url(text.charCodeAt(from - 1))) from -= 1;
  const run = text.slice(from, dot);
  const starts = [...run.matchAll(/e(?:yJ|yA|wo|w0)/g)].map(({ index }) => index).reverse();
  const found = starts.slice(0, HEADER_TRIES).find((start) => typeof jsonSegment(run.slice(start))?.alg === 'string');
  return found === undefined ? undefined : from + found;
}

function endOfRun(text: TextSource, from: number, reach: number): number {
  let end = from;
  while (end < text.length && end - from < reach && isBase64Url(text.charCodeAt(end))) end += 1;
  return end;
}

function isBase64Url(code: number): boolean {
  return isBase64(code) && code !== 0x2b && code !== 0x2f;
}

export const JWT_FORMAT: TokenFormat = {
  type: 'jwt',
  vendor: 'any issuer',
  name: 'JSON Web Token',
  holder: 'told',
  looksLike: 'three segments of base64url; the first two are JSON, the first names an algorithm',
  source: 'https://www.rfc-editor.org/rfc/rfc7519',
  revoke:
    'Nothing takes it back: it ends at its expiry. At the gateway it is refused while the deny list holds its owner.',
  finders: [finder],
};
