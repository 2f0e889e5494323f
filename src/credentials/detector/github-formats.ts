import { githubChecksum } from './checksums.ts';
import { anchored, type Reading, type TokenFormat } from './token-format.ts';
import type { TokenHolder, TokenType } from './token-hit.ts';

const CLASSIC: readonly (readonly [prefix: string, type: TokenType, holder: TokenHolder])[] = [
  ['ghp_', 'github-classic', 'personal'],
  ['gho_', 'github-oauth', 'personal'],
  ['ghu_', 'github-app-user', 'personal'],
  ['ghr_', 'github-refresh', 'personal'],
  ['ghs_', 'github-installation', 'service'],
];

/** Prefix, 30 random characters, six of checksum. */
const checksummed: readonly TokenFormat[] = CLASSIC.map(([prefix, type, holder]) =>
  anchored({
    type,
    anchor: prefix,
    reach: 40,
    pattern: /^gh[a-z]_([0-9A-Za-z]{30})([0-9A-Za-z]{6})/,
    read: (match): Reading | undefined =>
      githubChecksum(match[1] ?? '') === match[2] ? { holder, checksum: 'valid' } : undefined,
  }),
);

/** Installation tokens since April 2026 are a JWT behind the app's id, about 520 characters (github/gh-aw#35611). */
const stateless = anchored({
  type: 'github-installation',
  anchor: 'ghs_',
  reach: 4_096,
  pattern: /^(ghs_\d{1,12}_eyJ[\w-]{8,1024}\.[\w-]{8,2048}\.[\w-]{8})[\w-]{0,1016}/,
  read: (match) => ({ holder: 'service', checksum: 'none', sureLength: match[1]?.length ?? 0 }),
});

/** No placement of the fine-grained format's checksum is published, so it is not gated on one. */
const fineGrained = anchored({
  type: 'github-fine-grained',
  anchor: 'github_pat_',
  reach: 93,
  pattern: /^github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}/,
  read: () => ({ holder: 'personal', checksum: 'none' }),
});

export const GITHUB_FORMATS: readonly TokenFormat[] = [...checksummed, stateless, fineGrained];
