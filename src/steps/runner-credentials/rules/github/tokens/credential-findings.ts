import type { Finding } from '../../../../../cases/finding.ts';
import type { FindingId } from '../../../../../cases/ids.ts';
import { findingId } from '../../../../../cases/stable-id.ts';
import type { FineGrainedToken, SsoCredential } from '../../../../../connectors/github/credentials/credentials.ts';
import type { GitHubAccount } from '../../../../../people/leaver.ts';
import { remedyOf } from '../../../../define-remedy.ts';
import { permitted } from '../../../../permitted.ts';
import { revokeFineGrainedToken } from '../../../remedies/tokens/revoke-fine-grained-token.ts';
import { revokeSsoCredential, ssoCredentialState } from '../../../remedies/tokens/revoke-sso-credential.ts';
import { webUrl } from '../web-url.ts';

/** A fine-grained token of the leaver that still opens the organisation. */
export function fineGrainedTokenFinding(
  token: FineGrainedToken,
  organisation: string,
  apiEndpoint: string,
  account: GitHubAccount,
): Finding {
  const kind = 'fine-grained-token';
  const id = findingId('runner-credentials', kind, `${organisation}/${token.grantId}`);
  const { login } = token.owner;
  const finding: Finding = {
    id,
    step: 'runner-credentials',
    kind,
    title: `${login}’s fine-grained token “${token.name}” opens ${organisation}`,
    resource: {
      system: 'github',
      type: 'fine-grained-token',
      id: `${organisation}/${token.grantId}`,
      name: token.name,
      url: webUrl(apiEndpoint, `/organizations/${organisation}/settings/personal-access-tokens/${token.grantId}`),
    },
    severity: 'high',
    status: 'planned',
    reason: 'It works without its owner, wherever it was copied to.',
    evidence: {
      login,
      repositories: token.repositories,
      permissions: [...token.permissions],
      grantedAt: token.grantedAt,
      expiresAt: token.expiresAt,
      lastUsedAt: token.lastUsedAt,
    },
    remedy: remedyOf(
      revokeFineGrainedToken,
      id,
      {
        kind: 'revoke-fine-grained-token',
        organisation,
        grantId: token.grantId,
        ownerId: account.id,
        login,
        expected: { ownerId: token.owner.id },
      },
      { token: token.name },
    ),
  };
  return permitted(finding, account);
}

const SSO = 'sso-credential';

/** The id of the finding about a credential that single sign-on lists. */
export function ssoCredentialFindingId(organisation: string, credentialId: number): FindingId {
  return findingId('runner-credentials', SSO, `${organisation}/${credentialId}`);
}

/** A credential that the leaver authorised for single sign-on: classic tokens, SSH keys, tokens of apps. */
export function ssoCredentialFinding(
  credential: SsoCredential,
  organisation: string,
  apiEndpoint: string,
  account: GitHubAccount,
): Finding {
  const kind = SSO;
  const id = ssoCredentialFindingId(organisation, credential.credentialId);
  const { login, type } = credential;
  const called = credential.title === undefined ? '' : ` “${credential.title}”`;
  const finding: Finding = {
    id,
    step: 'runner-credentials',
    kind,
    title: `${login}’s ${type}${called} opens ${organisation}`,
    resource: {
      system: 'github',
      type: 'sso-credential',
      id: `${organisation}/${credential.credentialId}`,
      ...(credential.title === undefined ? {} : { name: credential.title }),
      url: webUrl(apiEndpoint, `/orgs/${organisation}/people/${login}/sso`),
    },
    severity: 'high',
    status: 'planned',
    reason: 'Single sign-on let it in, and it works without another sign-in.',
    evidence: {
      login,
      credentialType: type,
      scopes: [...credential.scopes],
      ...(credential.tokenLastEight === undefined ? {} : { lastFour: credential.tokenLastEight.slice(-4) }),
      ...(credential.fingerprint === undefined ? {} : { fingerprint: credential.fingerprint }),
      authorizedAt: credential.authorizedAt,
      lastUsedAt: credential.lastUsedAt,
    },
    remedy: remedyOf(
      revokeSsoCredential,
      id,
      {
        kind: 'revoke-sso-credential',
        organisation,
        credentialId: credential.credentialId,
        ownerId: account.id,
        login,
        expected: ssoCredentialState(credential),
      },
      { credential: `${type}${called}` },
    ),
  };
  return permitted(finding, account);
}
