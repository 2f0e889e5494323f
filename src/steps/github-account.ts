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

/** Addresses of members that GitHub verified; read with what members are read with, so that no permission opens them. */
export const VERIFIED_MAILS = defineSource({
  id: 'github/verified-mails',
  holds: 'accounts whose mail address, verified by GitHub at a domain of the organisation, is the leaver’s',
  examined: { when: 'accounts of the organisation belong to nobody provable' },
  scope: 'GITHUB_ORGANISATIONS',
  permissions: [],
});

/** What Entra wrote to GitHub for the person. */
export const PROVISIONED = defineSource({
  id: 'entra/provisioning-log',
  holds: 'accounts that Entra provisioned for the leaver',
  examined: {
    when:
      'accounts of an organisation belong to nobody provable, and none there is the leaver’s; it takes ' +
      'AuditLog.Read.All and Directory.Read.All (docs/people.md)',
  },
  permissions: [],
});

/** Whom a name on GitHub stands for; looked up through any of the organisations. */
export const GITHUB_OWNERS = defineSource({
  id: 'github/owners',
  holds: 'who holds the GitHub names that credentials and workflows trust, or that nobody does',
  examined: 'always',
  scope: 'GITHUB_ORGANISATIONS',
  permissions: ON_GITHUB,
});
