import type { MachinePlace, MachineReport } from '../../src/machines/report.ts';
import type { LabelsOf } from '../labels/index.ts';

export type Os = MachineReport['machine']['os'];
export type Client = MachineReport['servers'][number]['client'];

/** Where a path begins; what each is on this machine stands in `bases.ts`. A name in capitals is a variable that names files. */
export type Base =
  | 'home'
  | 'config'
  | 'application-data'
  | 'local-data'
  | 'runner'
  | 'work'
  | 'temp'
  | 'system'
  | 'azure'
  | 'docker'
  | 'gh'
  | 'gcloud'
  | 'claude'
  | 'named-by';

/** Files that are looked at, and how their structure tells names and accounts. */
export interface Place {
  readonly place: MachinePlace;
  readonly at: Base;
  /** With `/` on every system; `*` stands for any part of a name. Under `named-by` the variable. */
  readonly path: string;
  /** How names and accounts are read beside the tokens; the tokens themselves are always looked for in the whole text. */
  readonly labels: LabelsOf;
  readonly os?: readonly Os[];
  /** Whose list of MCP servers it may hold. */
  readonly client?: Client;
  /** Encrypted for the account by the system: that it is there is told, and nothing of it is read. */
  readonly sealed?: true;
}

const UNIX: readonly Os[] = ['linux', 'macos'];
const WINDOWS: readonly Os[] = ['windows'];

const at = (
  place: MachinePlace,
  base: Base,
  path: string,
  labels: LabelsOf,
  more: Pick<Place, 'os' | 'client' | 'sealed'> = {},
): Place => ({ place, at: base, path, labels, ...more });

/** Every file that the inventory looks at: one more is one line. What comes first is read first, should time run out. */
export const PLACES: readonly Place[] = [
  at('runner-environment', 'runner', '.env', 'assignments'),
  at('runner-environment', 'runner', '.path', 'none'),
  at('runner-environment', 'runner', '.capabilities', 'assignments'),
  at('runner-environment', 'runner', '.proxycredentials', 'json'),
  at('runner-environment', 'system', 'environment', 'assignments', { os: UNIX }),
  at('runner-environment', 'home', '.profile', 'assignments', { os: UNIX }),
  at('runner-environment', 'home', '.bash_profile', 'assignments', { os: UNIX }),
  at('runner-environment', 'home', '.bashrc', 'assignments', { os: UNIX }),
  at('runner-environment', 'home', '.zshenv', 'assignments', { os: UNIX }),
  at('runner-environment', 'home', '.zprofile', 'assignments', { os: UNIX }),
  at('runner-environment', 'home', '.zshrc', 'assignments', { os: UNIX }),

  at('claude-code', 'claude', '.credentials.json', 'json'),
  at('claude-code', 'claude', '.claude.json', 'claude', { client: 'claude-code' }),
  at('claude-code', 'home', '.claude.json', 'claude', { client: 'claude-code' }),
  at('claude-code', 'claude', 'settings.json', 'json', { client: 'claude-code' }),
  at('claude-code', 'claude', 'settings.local.json', 'json', { client: 'claude-code' }),
  at('claude-code', 'system', 'claude-code/managed-mcp.json', 'json', { os: ['linux'], client: 'claude-code' }),
  at('claude-code', 'system', 'ClaudeCode/managed-mcp.json', 'json', { os: WINDOWS, client: 'claude-code' }),

  at('git', 'home', '.git-credentials', 'urls'),
  at('git', 'config', 'git/credentials', 'urls'),
  at('git', 'home', '.gitconfig', 'git-config'),
  at('git', 'config', 'git/config', 'git-config'),
  at('git', 'named-by', 'GIT_CONFIG_GLOBAL', 'git-config'),
  at('git', 'system', 'gitconfig', 'git-config', { os: UNIX }),
  at('git', 'home', '.netrc', 'netrc'),
  at('git', 'home', '_netrc', 'netrc', { os: WINDOWS }),
  at('github-cli', 'gh', 'hosts.yml', 'gh-hosts'),
  at('azure-cli', 'azure', 'azureProfile.json', 'azure-profile'),
  at('azure-cli', 'azure', 'msal_token_cache.json', 'msal'),
  at('azure-cli', 'azure', 'msal_token_cache.bin', 'none', { sealed: true }),
  at('azure-cli', 'azure', 'accessTokens.json', 'azure-principals'),
  at('azure-cli', 'azure', 'service_principal_entries.json', 'azure-principals'),
  at('azure-cli', 'azure', 'service_principal_entries.bin', 'none', { sealed: true }),
  at('azure-cli', 'local-data', '.IdentityService/msal.cache', 'none', { os: WINDOWS, sealed: true }),
  at('azure-cli', 'home', '.azd/auth/*/*.json', 'msal'),
  at('azure-cli', 'azure', 'azuredevops/personalAccessTokens', 'ini'),

  at('npm', 'home', '.npmrc', 'assignments'),
  at('npm', 'named-by', 'NPM_CONFIG_USERCONFIG', 'assignments'),
  at('npm', 'home', '.yarnrc.yml', 'none'),
  at('npm', 'home', '.pypirc', 'ini'),
  at('docker', 'docker', 'config.json', 'docker'),
  at('ssh', 'home', '.ssh/*', 'none'),
  at('cloud', 'home', '.aws/credentials', 'ini'),
  at('cloud', 'home', '.aws/config', 'ini'),
  at('cloud', 'named-by', 'AWS_SHARED_CREDENTIALS_FILE', 'ini'),
  at('cloud', 'home', '.aws/sso/cache/*.json', 'json'),
  at('cloud', 'gcloud', 'application_default_credentials.json', 'json'),
  at('cloud', 'gcloud', 'legacy_credentials/*/adc.json', 'json'),
  at('cloud', 'gcloud', 'credentials.db', 'none'),
  at('cloud', 'named-by', 'GOOGLE_APPLICATION_CREDENTIALS', 'json'),
  at('cloud', 'home', '.terraform.d/credentials.tfrc.json', 'json', { os: UNIX }),
  at('cloud', 'application-data', 'terraform.d/credentials.tfrc.json', 'json', { os: WINDOWS }),
  at('cloud', 'home', '.terraformrc', 'assignments', { os: UNIX }),
  at('cloud', 'application-data', 'terraform.rc', 'assignments', { os: WINDOWS }),
  at('cloud', 'home', '.kube/config', 'none'),
  at('cloud', 'named-by', 'KUBECONFIG', 'none'),

  at('mcp-client', 'application-data', 'Claude/claude_desktop_config.json', 'json', { client: 'claude-desktop' }),
  at('mcp-client', 'home', '.cursor/mcp.json', 'json', { client: 'cursor' }),
  at('mcp-client', 'application-data', 'Code/User/mcp.json', 'json', { client: 'vs-code' }),
  at('mcp-client', 'application-data', 'Code/User/settings.json', 'json', { client: 'vs-code' }),
  at('mcp-client', 'home', '.vscode-server/data/User/mcp.json', 'json', { os: UNIX, client: 'vs-code' }),
  at('mcp-client', 'home', '.codeium/windsurf/mcp_config.json', 'json', { client: 'other' }),
  at('mcp-client', 'home', '.gemini/settings.json', 'json', { client: 'other' }),
  at('mcp-client', 'home', '.gemini/oauth_creds.json', 'json'),
  at('mcp-client', 'home', '.copilot/mcp-config.json', 'json', { client: 'other' }),
  at('mcp-client', 'home', '.codex/auth.json', 'json'),
  at('mcp-client', 'home', '.codex/config.toml', 'ini'),

  // What checkout leaves: in the clone itself, and since its sixth version in a file beside the job's other ones.
  at('runner-work', 'work', '*/*/.git/config', 'git-config'),
  at('runner-work', 'temp', 'git-credentials-*.config', 'git-config'),
  at('runner-work', 'temp', '*.config', 'git-config'),
  at('runner-work', 'work', '*/*/*/.git/config', 'git-config'),
  at('runner-work', 'work', '*/*/.npmrc', 'assignments'),
  at('runner-work', 'temp', '.npmrc', 'assignments'),
  at('runner-work', 'work', '*/*/.env', 'assignments'),
  at('mcp-client', 'work', '*/*/.mcp.json', 'json', { client: 'claude-code' }),
  at('mcp-client', 'work', '*/*/.claude/settings*.json', 'json', { client: 'claude-code' }),
  at('mcp-client', 'work', '*/*/.cursor/mcp.json', 'json', { client: 'cursor' }),
  at('mcp-client', 'work', '*/*/.vscode/mcp.json', 'json', { client: 'vs-code' }),
];
