import { checksummedLength } from '../checksums.ts';
import {
  type AnchoredFinder,
  anchored,
  isPlaceholder,
  type Reading,
  type RunFinder,
  type TokenFormat,
  textBefore,
} from '../token-format.ts';
import type { TokenHolder, TokenType } from '../token-hit.ts';

const PERSONS =
  'Revoke the person’s credentials in the GitHub organisation (credential authorizations), or suspend the account.';
const FORMATS = 'https://github.blog/engineering/behind-githubs-new-authentication-token-formats/';
const TYPES =
  'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github';
const CRC = 'CRC-32 of the letters before it, in base62, six characters';

/** Longer than any that was seen; GitHub says that lengths may change. */
const LONGEST = 255;

/**
 * A prefix, random letters and six of checksum. The checksum may only speak about a run of exactly the published
 * length: what is longer is another form or has a neighbour, and a checksum that fits anywhere in it tells its end.
 */
function checksummed(type: TokenType, prefix: string, holder: TokenHolder, length: number): AnchoredFinder {
  return anchored({
    type,
    anchors: [prefix],
    reach: prefix.length + LONGEST,
    pattern: /^gh[a-z]_([0-9A-Za-z]{36,255})/,
    body: (match) => match[1]?.slice(0, -6) ?? '',
    read: (match): Reading | undefined => {
      const run = match[1] ?? '';
      const fitting = checksummedLength(run, length);
      if (fitting !== undefined) return { holder, checksum: 'valid', length: prefix.length + fitting };
      if (run.length === length) return { holder, checksum: 'wrong' };
      if (run.length < length) return undefined;
      return { holder, checksum: 'none', sureLength: prefix.length + length };
    },
  });
}

/** Installation tokens since April 2026 are a JWT behind the app's id, about 520 characters. */
const withJwt = anchored({
  type: 'github-installation',
  anchors: ['ghs_'],
  reach: 4_096,
  // What was taken in is not given back: no other segment would fit either, and trying them costs their length squared.
  pattern: /^(ghs_\d{1,12}_eyJ(?=([\w-]{8,1024}))\2\.(?=([\w-]{8,2048}))\3\.[\w-]{8})[\w-]{0,1016}/,
  read: (match) => ({ holder: 'service', checksum: 'none', sureLength: match[1]?.length ?? 0 }),
});

const stateless: AnchoredFinder = {
  ...withJwt,
  findAt: (text, at, anchor) =>
    text.slice(at, at + 1_050).includes('.') ? withJwt.findAt(text, at, anchor) : undefined,
};

/** No placement of this format's checksum is published, so it is not gated on one. */
const fineGrained = anchored({
  type: 'github-fine-grained',
  anchors: ['github_pat_'],
  reach: 11 + LONGEST,
  pattern: /^github_pat_(?:[0-9A-Za-z]{22}_[0-9A-Za-z]{59}|\w{36,255})/,
  read: () => ({ holder: 'personal', checksum: 'none' }),
});

const HEX_LENGTH = 40;
const MAY_STAND_BEHIND = /[\s:="'/]/;
const SAYS_TOKEN =
  /(?:\bauthorization["']?\s*[:=]\s*["']?(?:token|bearer)\s+|:\/\/(?:[^\s:@/]{0,64}:)?|\b(?:gh|github|git_?hub)[\w.-]{0,40}(?:token|pat|auth|secret|password|credential|key)s?["']?\s*(?:[:=]|=>)\s*["']?(?:token\s+)?)$/i;

/** Before 2021 a classic token was 40 hexadecimal characters, as a commit is: only what stands before it tells. */
const hexadecimal: RunFinder = {
  run: { of: 'hex', least: HEX_LENGTH },
  findIn: (text, start, end) => {
    // Most of them are commits, behind an `@` or a space that follows no name.
    if (end - start !== HEX_LENGTH || !MAY_STAND_BEHIND.test(text.slice(Math.max(0, start - 1), start))) return [];
    const before = textBefore(text, start, 128);
    const after = text.slice(end, end + 24);
    if (/^\w/.test(after) || !SAYS_TOKEN.test(before) || isPlaceholder(text.slice(start, end))) return [];
    if (before.endsWith('/') || /:\/\/[^\s:@/]*:$/.test(before)) {
      if (!/^(?::[^\s@/]{0,20})?@/.test(after)) return [];
    }
    return [{ type: 'github-classic-hex', holder: 'personal', checksum: 'none', start, end, sureEnd: end }];
  },
};

function classic(type: TokenType, name: string, prefix: string, holder: TokenHolder, revoke: string): TokenFormat {
  return {
    type,
    vendor: 'GitHub',
    name,
    holder,
    looksLike: `\`${prefix}\`, 30 letters and digits, 6 of checksum; longer ones too`,
    checksum: CRC,
    source: FORMATS,
    revoke,
    finders: [checksummed(type, prefix, holder, 36)],
  };
}

export const GITHUB_FORMATS: readonly TokenFormat[] = [
  classic('github-classic', 'personal access token (classic)', 'ghp_', 'personal', PERSONS),
  {
    type: 'github-classic-hex',
    vendor: 'GitHub',
    name: 'personal access token of before 2021',
    holder: 'personal',
    looksLike: '40 hexadecimal characters, where what stands before them calls them a token of GitHub’s',
    source: FORMATS,
    revoke: PERSONS,
    finders: [hexadecimal],
  },
  classic('github-oauth', 'OAuth access token', 'gho_', 'personal', PERSONS),
  classic('github-app-user', 'user access token of an app', 'ghu_', 'personal', PERSONS),
  {
    type: 'github-refresh',
    vendor: 'GitHub',
    name: 'refresh token of an app',
    holder: 'personal',
    looksLike: '`ghr_`, 70 letters and digits, 6 of checksum',
    checksum: CRC,
    source: 'https://github.com/praetorian-inc/noseyparker (rule np.github.4)',
    revoke: PERSONS,
    finders: [checksummed('github-refresh', 'ghr_', 'personal', 76)],
  },
  {
    ...classic(
      'github-installation',
      'installation token of an app',
      'ghs_',
      'service',
      'It ends within an hour; find the app that issued it in the audit log by the digest.',
    ),
    looksLike: '`ghs_`, 30 letters and digits, 6 of checksum; since 2026 `ghs_`, the app’s id and a JWT',
    source: 'https://github.com/github/gh-aw/issues/35611',
    finders: [checksummed('github-installation', 'ghs_', 'service', 36), stateless],
  },
  {
    type: 'github-fine-grained',
    vendor: 'GitHub',
    name: 'personal access token (fine-grained)',
    holder: 'personal',
    looksLike: '`github_pat_`, 22 letters and digits, `_`, 59 more',
    source: TYPES,
    revoke: PERSONS,
    finders: [fineGrained],
  },
];
