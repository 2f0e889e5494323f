import { type AnchoredFinder, isPlaceholder, type TextSource, type TokenFormat } from '../token-format.ts';

const LONGEST = 16_384;
const HEAD = /^-----BEGIN ((?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?)-----/;
const FEWEST = 40;
const GOOGLE = /"type"\s*:\s*"service_account"|"private_key_id"\s*:|@[\w-]+\.iam\.gserviceaccount\.com/;

/** A key between its two lines, over several lines or with `\n` written out; one that was cut short as well. */
function finder(type: 'private-key' | 'gcp-service-account-key'): AnchoredFinder {
  return {
    anchors: ['-----BEGIN '],
    findAt: (text, at) => {
      const head = HEAD.exec(text.slice(at, at + 80));
      if (head === null) return undefined;
      const from = at + head[0].length;
      // Not cut out to be searched: each key ends the search of the one before.
      const dashes = text.indexOf('-----', from);
      const isCut = dashes === -1 || dashes - from > LONGEST;
      const content = text.slice(from, isCut ? from + LONGEST : dashes);
      const foot = `-----END ${head[1] ?? ''}-----`;
      const whole = !isCut && text.slice(dashes, dashes + foot.length) === foot;
      const letters = content.replace(/\\[nrt]|[^A-Za-z0-9+/=]/g, '');
      if (letters.length < FEWEST || isPlaceholder(letters.slice(0, 256))) return undefined;
      if ((type === 'private-key') === isGoogles(text, at)) return undefined;
      const end = from + content.length + (whole ? foot.length : 0);
      const holder = type === 'private-key' ? 'unknown' : 'service';
      return { type, holder, checksum: 'none', start: at, end, sureEnd: end };
    },
  };
}

/** Key files of service accounts are JSON around the key. */
function isGoogles(text: TextSource, at: number): boolean {
  return GOOGLE.test(text.slice(Math.max(0, at - 512), at));
}

export const KEY_FORMATS: readonly TokenFormat[] = [
  {
    type: 'gcp-service-account-key',
    vendor: 'Google Cloud',
    name: 'key of a service account',
    holder: 'service',
    looksLike: 'a private key behind `"type": "service_account"` or `"private_key_id"`',
    source: 'https://cloud.google.com/iam/docs/keys-create-delete',
    revoke: 'Delete the key of the service account in Google Cloud IAM.',
    finders: [finder('gcp-service-account-key')],
  },
  {
    type: 'private-key',
    vendor: 'any',
    name: 'private key (PEM, PKCS #8, OpenSSH, PGP)',
    holder: 'unknown',
    looksLike: '`-----BEGIN … PRIVATE KEY-----` and what follows',
    source: 'https://www.rfc-editor.org/rfc/rfc7468',
    revoke: 'Remove its public key wherever it is accepted, or revoke its certificate.',
    finders: [finder('private-key')],
  },
];
