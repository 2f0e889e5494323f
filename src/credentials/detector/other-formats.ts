import { githubChecksum } from './checksums.ts';
import { anchored, type TokenFormat } from './token-format.ts';

/** GitHub's scheme, though npm does not document it: a right checksum is said, a wrong one does not acquit. */
const npm = anchored({
  type: 'npm',
  anchor: 'npm_',
  reach: 40,
  pattern: /^npm_([0-9A-Za-z]{30})([0-9A-Za-z]{6})/,
  read: (match) => ({
    holder: 'unknown',
    checksum: githubChecksum(match[1] ?? '') === match[2] ? 'valid' : 'none',
  }),
});

/** An access key's id, not the key itself: it still names the user whose key stands next to it. */
const aws = (['AKIA', 'ASIA'] as const).map((anchor) =>
  anchored({
    type: 'aws-access-key',
    anchor,
    reach: 21,
    pattern: /^A[KS]IA[A-Z2-7]{16}(?![0-9A-Za-z])/,
    read: () => ({ holder: 'unknown', checksum: 'none' }),
  }),
);

/**
 * `sk-ant-oat01-` and `-ort01-` are a person's Claude Code session (length unpublished), `api03` a workspace's key,
 * `admin01` an organisation's.
 */
const anthropic = anchored({
  type: 'anthropic-api',
  anchor: 'sk-ant-',
  reach: 1_100,
  pattern: /^(sk-ant-([a-z]{3,8})\d{2}-[\w.-]{39})(?:[\w-]|\.(?=[\w-])){1,1024}/,
  read: (match) => {
    const sureLength = (match[1]?.length ?? 0) + 1;
    return match[2] === 'oat' || match[2] === 'ort'
      ? { type: 'anthropic-oauth', holder: 'personal', checksum: 'none', sureLength }
      : { holder: 'service', checksum: 'none', sureLength };
  },
});

const openai = anchored({
  type: 'openai',
  anchor: 'sk-',
  reach: 300,
  pattern: /^(sk-(?:(proj|svcacct|admin)-)?[\w-]{16,128}?T3BlbkFJ[\w-]{16})[\w-]{0,112}/,
  read: (match) => ({
    holder: match[2] === 'svcacct' ? 'service' : 'unknown',
    checksum: 'none',
    sureLength: match[1]?.length ?? 0,
  }),
});

export const OTHER_FORMATS: readonly TokenFormat[] = [npm, ...aws, anthropic, openai];
