import { githubChecksum } from '../checksums.ts';
import { type AnchoredFinder, anchored, isPlaceholder, type TokenFormat, textBefore } from '../token-format.ts';
import type { TokenHolder, TokenType } from '../token-hit.ts';

/** A prefix that says whom the token acts as, and a pattern behind it. */
function prefixed(
  type: TokenType,
  holders: Readonly<Record<string, TokenHolder>>,
  rest: string,
  sure: number,
  reach = 400,
): AnchoredFinder {
  return anchored({
    type,
    anchors: Object.keys(holders),
    reach,
    pattern: new RegExp(`^(${Object.keys(holders).map(literal).join('|')})${rest}`),
    body: (match) => match[0].slice(match[1]?.length ?? 0, (match[1]?.length ?? 0) + sure),
    read: (match) => ({
      holder: holders[match[1] ?? ''] ?? 'unknown',
      checksum: 'none',
      sureLength: Math.min(match[0].length, (match[1]?.length ?? 0) + sure),
    }),
  });
}

function literal(text: string): string {
  return text.replace(/[.+]/g, '\\$&');
}

/** GitHub's scheme, though npm does not document it: a right checksum is said, a wrong one does not acquit. */
const npm = anchored({
  type: 'npm',
  anchors: ['npm_'],
  reach: 40,
  pattern: /^npm_([0-9A-Za-z]{30})([0-9A-Za-z]{6})/,
  read: (match) => ({
    holder: 'unknown',
    checksum: githubChecksum(match[1] ?? '') === match[2] ? 'valid' : 'none',
  }),
});

/** An access key's id, not the key itself: it still names the user whose key stands next to it. */
const aws = anchored({
  type: 'aws-access-key',
  anchors: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
  reach: 21,
  // Whole words in capitals begin like this too; one with a digit in it is none.
  pattern: /^A(?:KI|SI|BI|CC)A(?:[A-Z2-7]{16}(?![0-9A-Z])|(?=[A-Z]{0,15}[2-7])[A-Z2-7]{16})/,
  read: () => ({ holder: 'unknown', checksum: 'none' }),
});

/**
 * `sk-ant-oat01-` and `-ort01-` are a person's Claude Code session (length unpublished), `api03` a workspace's key,
 * `admin01` an organisation's.
 */
const ANTHROPIC = { anchors: ['sk-ant-'], reach: 1_100 };
const ANTHROPIC_PATTERN = /^(sk-ant-([a-z]{3,8})\d{2}-[\w.-]{39})(?:[\w-]|\.(?=[\w-])){1,1024}/;
const anthropic = (type: 'anthropic-api' | 'anthropic-oauth'): AnchoredFinder =>
  anchored({
    ...ANTHROPIC,
    type,
    pattern: ANTHROPIC_PATTERN,
    read: (match) => {
      const session = match[2] === 'oat' || match[2] === 'ort';
      if (session !== (type === 'anthropic-oauth')) return undefined;
      const sureLength = (match[1]?.length ?? 0) + 1;
      return { holder: session ? 'personal' : 'service', checksum: 'none', sureLength };
    },
  });

const OPENAI_BEFORE = 160;

/** The marker stands in the middle. */
const openai: AnchoredFinder = {
  anchors: ['T3BlbkFJ'],
  findAt: (text, at) => {
    const head = /sk-(?:(proj|svcacct|admin|None)-)?[\w-]{16,140}$/.exec(textBefore(text, at, OPENAI_BEFORE));
    const tail = /^T3BlbkFJ[\w-]{16,128}/.exec(text.slice(at, at + 136))?.[0];
    if (head === null || tail === undefined || isPlaceholder(tail.slice(8))) return undefined;
    const start = at - head[0].length;
    const holder = head[1] === 'svcacct' ? 'service' : 'unknown';
    return { type: 'openai', holder, checksum: 'none', start, end: at + tail.length, sureEnd: at + 24 };
  },
};

/** A user's, a team's or an organisation's: 14 characters, `.atlasv1.`, 60 to 70 more. */
const terraform = anchored({
  type: 'terraform',
  anchors: ['.atlasv1.'],
  before: 14,
  reach: 100,
  pattern: /^[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}/,
  body: (match) => match[0].slice(23),
  read: () => ({ holder: 'unknown', checksum: 'none', sureLength: 83 }),
});

/** Who each of GitLab's prefixes acts as. A `glpat-` may also be a bot's of a project: it names a user either way. */
const GITLAB: Readonly<Record<string, TokenHolder>> = {
  'glpat-': 'personal',
  'glft-': 'personal',
  'glimt-': 'personal',
  'gldt-': 'service',
  'glrt-': 'service',
  'glrtr-': 'service',
  'glcbt-': 'service',
  'glptt-': 'service',
  'glagent-': 'service',
  'gloas-': 'service',
  'glsoat-': 'service',
  'glffct-': 'service',
  GR1348941: 'service',
};

const SLACK: Readonly<Record<string, TokenHolder>> = {
  'xoxp-': 'personal',
  'xoxc-': 'personal',
  'xoxs-': 'personal',
  'xoxo-': 'personal',
  'xoxe.xoxp-': 'personal',
  'xoxe-': 'unknown',
  'xoxe.xoxb-': 'service',
  'xoxb-': 'service',
  'xoxa-': 'service',
  'xoxr-': 'service',
  'xapp-': 'service',
};

/** A session's cookie, which is percent-encoded where it is kept. Of no other is a `%` a part: it encodes a neighbour. */
const slackCookie = prefixed('slack', { 'xoxd-': 'personal' }, '(?=[\\w%+/=-]*\\d)[A-Za-z0-9%+/=-]{20,250}', 20);

const slackWebhook: AnchoredFinder = {
  anchors: ['hooks.slack.com/'],
  findAt: (text, at) => {
    const match = /^hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w+/]{40,120}/.exec(text.slice(at, at + 160));
    if (match === null || isPlaceholder(match[0].slice(-20))) return undefined;
    const end = at + match[0].length;
    return { type: 'slack', holder: 'service', checksum: 'none', start: at, end, sureEnd: at + 56 };
  },
};

export const OTHER_FORMATS: readonly TokenFormat[] = [
  {
    type: 'npm',
    vendor: 'npm',
    name: 'access token',
    holder: 'unknown',
    looksLike: '`npm_` and 36 letters and digits',
    checksum: 'like GitHub’s, which npm does not document: a wrong one says nothing',
    source: 'https://docs.npmjs.com/about-access-tokens',
    revoke: 'Delete the token under its owner’s account at the npm registry.',
    finders: [npm],
  },
  {
    type: 'aws-access-key',
    vendor: 'AWS',
    name: 'id of an access key',
    holder: 'unknown',
    looksLike: '`AKIA`, `ASIA`, `ABIA` or `ACCA` and 16 of `A`–`Z`, `2`–`7`',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
    revoke: 'Deactivate the access key in IAM.',
    finders: [aws],
  },
  {
    type: 'anthropic-oauth',
    vendor: 'Anthropic',
    name: 'session of Claude Code',
    holder: 'personal',
    looksLike: '`sk-ant-oat01-` or `sk-ant-ort01-`, 40 characters or more',
    source: 'https://github.com/gitleaks/gitleaks/issues/2158',
    revoke: 'Remove the person from the Claude organisation, which ends their sessions.',
    finders: [anthropic('anthropic-oauth')],
  },
  {
    type: 'anthropic-api',
    vendor: 'Anthropic',
    name: 'API key',
    holder: 'service',
    looksLike: '`sk-ant-api03-` or `sk-ant-admin01-`, 40 characters or more',
    source: 'https://github.com/gitleaks/gitleaks (rules anthropic-api-key, anthropic-admin-api-key)',
    revoke: 'Disable the key in the Anthropic console and issue another one to the workspace.',
    finders: [anthropic('anthropic-api')],
  },
  {
    type: 'openai',
    vendor: 'OpenAI',
    name: 'API key',
    holder: 'unknown',
    looksLike: '`sk-…` with `T3BlbkFJ` in the middle; `sk-svcacct-` is a service’s',
    source: 'https://github.com/gitleaks/gitleaks (rule openai-api-key)',
    revoke: 'Delete the key in the OpenAI project and issue another one.',
    finders: [openai],
  },
  {
    type: 'gitlab',
    vendor: 'GitLab',
    name: 'access, deploy, runner, job and feed tokens',
    holder: 'told',
    looksLike: '`glpat-`, `gldt-`, `glrt-`, `glcbt-`, `glptt-`, `glft-` and the others, 20 characters or more',
    source: 'https://docs.gitlab.com/security/tokens/#token-prefixes',
    revoke: 'Block the person in GitLab, and revoke the token where it is listed: user, project or group.',
    finders: [prefixed('gitlab', GITLAB, '[\\w-]{20,300}(?:\\.[0-9a-z]{2}\\.?[0-9a-z]{7,9})?', 20)],
  },
  {
    type: 'slack',
    vendor: 'Slack',
    name: 'tokens and incoming webhooks',
    holder: 'told',
    looksLike: '`xoxp-`, `xoxb-`, `xapp-` and the others; `hooks.slack.com/services/…`',
    source: 'https://docs.slack.dev/authentication/tokens',
    revoke: 'Deactivate the person in Slack; revoke an app’s token, or delete the webhook, in the app’s settings.',
    finders: [prefixed('slack', SLACK, '(?=[\\w-]*\\d)[A-Za-z0-9-]{20,250}', 20), slackCookie, slackWebhook],
  },
  {
    type: 'docker-hub',
    vendor: 'Docker Hub',
    name: 'access token',
    holder: 'told',
    looksLike: '`dckr_pat_` (a person’s) or `dckr_oat_` (an organisation’s) and 27 characters or more',
    source: 'https://docs.docker.com/security/access-tokens/',
    revoke: 'Delete the token in the settings of its owner’s account at Docker Hub.',
    finders: [prefixed('docker-hub', { dckr_pat_: 'personal', dckr_oat_: 'service' }, '[\\w-]{27,64}', 27)],
  },
  {
    type: 'pypi',
    vendor: 'PyPI',
    name: 'API token',
    holder: 'personal',
    looksLike: '`pypi-AgE`, and 50 characters or more',
    source: 'https://pypi.org/help/#apitoken',
    revoke: 'Remove the token under its owner’s account at PyPI, or the person from the project.',
    finders: [prefixed('pypi', { 'pypi-AgE': 'personal' }, '[\\w-]{50,1000}', 50, 1_010)],
  },
  {
    type: 'terraform',
    vendor: 'HCP Terraform',
    name: 'API token of a user, team or organisation',
    holder: 'unknown',
    looksLike: '14 letters and digits, `.atlasv1.`, 60 to 70 characters',
    source: 'https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens',
    revoke: 'Delete the token in HCP Terraform: of the user, the team or the organisation.',
    finders: [terraform],
  },
  {
    type: 'atlassian',
    vendor: 'Atlassian',
    name: 'API token, repository access token',
    holder: 'told',
    looksLike: '`ATATT3` (a person’s) or `ATCTT3` (a repository’s or project’s) and 80 characters or more',
    source: 'https://github.com/gitleaks/gitleaks (rule atlassian-api-token)',
    revoke: 'Deactivate the managed account at Atlassian, or revoke its API tokens there.',
    finders: [prefixed('atlassian', { ATATT3: 'personal', ATCTT3: 'service' }, '[\\w=-]{80,250}', 80)],
  },
  {
    type: 'hugging-face',
    vendor: 'Hugging Face',
    name: 'access token',
    holder: 'told',
    looksLike: '`hf_` (a person’s) or `api_org_` (an organisation’s) and 34 letters',
    source: 'https://huggingface.co/docs/hub/security-tokens',
    revoke: 'Remove the person from the organisation at Hugging Face; its owner alone can delete the token.',
    finders: [
      prefixed('hugging-face', { hf_: 'personal', api_org_: 'service' }, '[A-Za-z]{34}(?![A-Za-z0-9])', 34, 60),
    ],
  },
];
