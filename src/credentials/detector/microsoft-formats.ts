import { azureDevOpsChecksum, azureDevOpsLegacyHolder } from './checksums.ts';
import { claimsOf, holderOf, jsonSegment } from './jwt.ts';
import { anchored, type Candidate, occurrences, type TextSource, type TokenFormat } from './token-format.ts';

/** 84 characters with `AZDO` at 76. The four characters before it vary, contrary to Microsoft's own rule. */
const azureDevOps = anchored({
  type: 'azure-devops',
  anchor: 'AZDO',
  before: 76,
  reach: 84,
  pattern: /^([0-9A-Za-z]{76}AZDO)([0-9A-Za-z]{4})/,
  // Service principals cannot create these tokens, so each belongs to a person.
  read: (match) =>
    azureDevOpsChecksum(match[1] ?? '') === match[2] ? { holder: 'personal', checksum: 'valid' } : undefined,
});

const LEGACY_LENGTH = 52;

/** 52 characters of base32 without any marker: every stretch that is long enough is tried by its checksum. */
const azureDevOpsLegacy: TokenFormat = {
  type: 'azure-devops-legacy',
  find: (text) => {
    const found: Candidate[] = [];
    let run = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      const letter = (code >= 0x61 && code <= 0x7a) || (code >= 0x32 && code <= 0x37);
      run = letter ? run + 1 : 0;
      // The last character holds one bit of the 256: it is `a` or `q`.
      if (run < LEGACY_LENGTH || (code !== 0x61 && code !== 0x71)) continue;
      const start = at + 1 - LEGACY_LENGTH;
      const holder = azureDevOpsLegacyHolder(text.slice(start, at + 1));
      if (holder === undefined) continue;
      found.push({ type: 'azure-devops-legacy', holder, checksum: 'valid', start, end: at + 1, sureEnd: at + 1 });
    }
    return found;
  },
};

/** Client secrets of app registrations: three characters, a generation, `Q~`, 31 to 34 more. */
const entraClientSecret = anchored({
  type: 'entra-client-secret',
  anchor: 'Q~',
  before: 4,
  reach: 40,
  pattern: /^[\w~.-]{3}(?:7Q~[\w~.-]{31}|8Q~[\w~.-]{31,34})/,
  read: () => ({ holder: 'service', checksum: 'none', sureLength: 37 }),
});

/** A shared access signature: the query with `sv`, `sp` or `sr`, `se` and `sig`; `skoid` names who signed a delegation. */
const azureSas = anchored({
  type: 'azure-sas',
  anchor: 'sig=',
  before: 0,
  reach: 132,
  pattern: /^sig=((?:[\w+/-]|%[0-9A-Fa-f]{2}){43,88}(?:=|%3[Dd]){0,2})/,
  read: () => ({ holder: 'service', checksum: 'none' }),
});

const SAS_LOOK_BACK = 512;

/** A signature alone says little: its query must name a version and an expiry. */
const azureSasInQuery: TokenFormat = {
  type: 'azure-sas',
  find: (text) =>
    azureSas.find(text).flatMap((candidate) => {
      const from = Math.max(0, candidate.start - SAS_LOOK_BACK);
      const around = text.slice(from, candidate.end + SAS_LOOK_BACK);
      const at = candidate.start - from;
      const before = /[^\s"'<>?]*$/.exec(around.slice(0, at))?.[0] ?? '';
      const after = /^[^\s"'<>]*/.exec(around.slice(candidate.end - from))?.[0] ?? '';
      const query = new URLSearchParams(`${before}${after}`);
      if (!query.has('sv') || !query.has('se')) return [];
      const oid = query.get('skoid');
      if (oid === null) return [candidate];
      const tid = query.get('sktid');
      return [{ ...candidate, holder: 'unknown' as const, claims: { oid, ...(tid === null ? {} : { tid }) } }];
    }),
};

const HEADER_REACH = 1_024;
const HEADER_TRIES = 16;
const PAYLOAD_REACH = 16_384;
const SIGNATURE_REACH = 1_400;

/** Three base64url segments of which the first two spell JSON objects, the first with an algorithm. */
const jwt: TokenFormat = {
  type: 'jwt',
  find: (text) =>
    occurrences(text, '.eyJ').flatMap((dot): Candidate[] => {
      const payloadEnd = endOfRun(text, dot + 1, PAYLOAD_REACH);
      if (text.slice(payloadEnd, payloadEnd + 1) !== '.') return [];
      const start = headerStart(text, dot);
      const payload = start === undefined ? undefined : jsonSegment(text.slice(dot + 1, payloadEnd));
      if (start === undefined || payload === undefined) return [];
      const claims = claimsOf(payload);
      const end = endOfRun(text, payloadEnd + 1, SIGNATURE_REACH);
      return [{ type: 'jwt', holder: holderOf(claims), checksum: 'none', start, end, sureEnd: payloadEnd + 1, claims }];
    }),
};

/** Where the header before this dot begins. A header may have other text before it, or `{"` inside it. */
function headerStart(text: TextSource, dot: number): number | undefined {
  let from = dot;
  while (from > 0 && dot - from < HEADER_REACH && isBase64Url(text.charCodeAt(from - 1))) from -= 1;
  const run = text.slice(from, dot);
  const starts = occurrences(run, 'eyJ').reverse().slice(0, HEADER_TRIES);
  const found = starts.find((start) => typeof jsonSegment(run.slice(start))?.alg === 'string');
  return found === undefined ? undefined : from + found;
}

function endOfRun(text: TextSource, from: number, reach: number): number {
  let end = from;
  while (end < text.length && end - from < reach && isBase64Url(text.charCodeAt(end))) end += 1;
  return end;
}

function isBase64Url(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2d ||
    code === 0x5f
  );
}

export const MICROSOFT_FORMATS: readonly TokenFormat[] = [
  azureDevOps,
  azureDevOpsLegacy,
  entraClientSecret,
  azureSasInQuery,
  jwt,
];
