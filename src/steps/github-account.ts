import { defineSource } from './define-source.ts';

/** Whoever asks GitHub signs as the App first. */
export const SIGNING = 'reader/key-vault/Microsoft.KeyVault/vaults/keys/sign/action';

/** Whoever asks about an organisation sees what the App's installation there lets it. */
export const ON_GITHUB = [SIGNING, 'reader/github/metadata=read'] as const;

/** The leaver's accounts on GitHub; what is looked up by account says nothing without them. */
export const GITHUB_ACCOUNT = defineSource({
  id: 'identity/github',
  holds: 'the leaver’s accounts on GitHub',
  examined: 'always',
  scope: 'GITHUB_ORGANISATIONS',
  permissions: [...ON_GITHUB, 'reader/github/members=read'],
});

/** Whom a name on GitHub stands for; looked up through any of the organisations. */
export const GITHUB_OWNERS = defineSource({
  id: 'github/owners',
  holds: 'who holds the GitHub names that credentials and workflows trust, or that nobody does',
  examined: 'always',
  scope: 'GITHUB_ORGANISATIONS',
  permissions: ON_GITHUB,
});
