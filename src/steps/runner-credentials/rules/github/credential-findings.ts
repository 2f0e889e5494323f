import type { Finding } from '../../../../cases/finding.ts';
import { findingId, remedyIdOf } from '../../../../cases/stable-id.ts';
import type { FineGrainedToken, SsoCredential } from './credentials.ts';
import { webUrl } from './web-url.ts';

/** A fine-grained token of the leaver that still opens the organisation. */
export function fineGrainedTokenFinding(token: FineGrainedToken, organisation: string, apiEndpoint: string): Finding {
  const kind = 'fine-grained-token';
  const id = findingId('runner-credentials', kind, `${organisation}/${token.grantId}`);
  const { login } = token.owner;
  return {
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
    remedy: {
      id: remedyIdOf(id),
      risk: 'safe',
      what: `Revoke the access of ${login}’s fine-grained token “${token.name}” to ${organisation}.`,
      undo: 'Its owner asks for access again, and an owner of the organisation grants it.',
      call: { kind: 'revoke-fine-grained-token', organisation, grantId: token.grantId, login },
    },
  };
}

/** A credential that the leaver authorised for single sign-on: classic tokens, SSH keys, tokens of apps. */
export function ssoCredentialFinding(credential: SsoCredential, organisation: string, apiEndpoint: string): Finding {
  const kind = 'sso-credential';
  const id = findingId('runner-credentials', kind, `${organisation}/${credential.credentialId}`);
  const { login, type } = credential;
  const called = credential.title === undefined ? '' : ` “${credential.title}”`;
  return {
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
    remedy: {
      id: remedyIdOf(id),
      risk: 'safe',
      what: `Take single sign-on from ${login}’s ${type}${called} in ${organisation}.`,
      undo: 'Its owner signs in again and authorises it for the organisation.',
      call: { kind: 'revoke-sso-credential', organisation, credentialId: credential.credentialId, login },
    },
  };
}
