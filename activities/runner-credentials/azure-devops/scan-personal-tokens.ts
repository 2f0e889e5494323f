import { coverageOfList } from '../../../src/cases/coverage-of.ts';
import type { Finding, ResourceRef } from '../../../src/cases/finding.ts';
import { findingId } from '../../../src/cases/stable-id.ts';
import type { Config } from '../../../src/config.ts';
import { together } from '../../../src/connectors/azure-devops/list-all.ts';
import type { PersonalToken } from '../../../src/connectors/azure-devops/personal-tokens.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import type { DevOpsAccount } from '../../../src/people/leaver.ts';
import { remedyOf } from '../../../src/steps/define-remedy.ts';
import { permitted } from '../../../src/steps/permitted.ts';
import { revokeDevOpsToken } from '../../../src/steps/runner-credentials/remedies/revoke-devops-token.ts';
import type { Scan } from './scan.ts';

/** The personal access tokens and SSH keys of the leaver's account in one organisation. */
export async function scanPersonalTokens(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  account: DevOpsAccount,
  now: Date,
): Promise<Scan> {
  const { organisation, descriptor } = account;
  const [tokens, keys] = await Promise.all([
    vendors.devops.listPersonalTokens(organisation, descriptor, { sshKeys: false }),
    vendors.devops.listPersonalTokens(organisation, descriptor, { sshKeys: true }),
  ]);
  const both = together([tokens, keys]);
  return {
    findings: [
      ...tokens.items.filter((token) => works(token, now)).map((token) => tokenFinding(settings, account, token)),
      ...keys.items.filter((key) => works(key, now)).map((key) => keyFinding(settings, account, key)),
    ].map((finding) => permitted(finding, account)),
    coverage: [
      coverageOfList(`azure-devops/tokens:${organisation}`, 'personal access tokens', tokens),
      coverageOfList(`azure-devops/ssh-keys:${organisation}`, 'SSH keys', keys),
    ],
    failures: both.failures,
    ...(both.slowDownMs === undefined ? {} : { slowDownMs: both.slowDownMs }),
  };
}

/** A token that the service calls invalid, or whose time is over, opens nothing. */
function works({ isValid, validTo }: PersonalToken, now: Date): boolean {
  const ends = Date.parse(validTo ?? '');
  return isValid !== false && !(ends <= now.getTime());
}

function tokenFinding(
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  { organisation, descriptor }: DevOpsAccount,
  token: PersonalToken,
): Finding {
  const resource = resourceOf(settings, organisation, 'personalAccessToken', token);
  const id = findingId('runner-credentials', 'devops-token', resource.id);
  const everything = token.scope === 'app_token';
  return {
    id,
    step: 'runner-credentials',
    kind: 'devops-token',
    title: `The leaver’s personal access token “${nameOf(token)}” works in ${organisation}`,
    resource,
    severity: everything ? 'critical' : 'high',
    status: 'planned',
    reason: everything
      ? 'It may do everything that the leaver may.'
      : 'Whoever holds it acts as the leaver within its scope.',
    evidence: { scope: token.scope ?? null, validFrom: token.validFrom ?? null, validTo: token.validTo ?? null },
    remedy: remedyOf(
      revokeDevOpsToken,
      id,
      { kind: 'revoke-devops-token', organisation, descriptor, authorizationId: token.authorizationId },
      { token: nameOf(token) },
    ),
  };
}

function keyFinding(
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  { organisation }: DevOpsAccount,
  key: PersonalToken,
): Finding {
  const resource = resourceOf(settings, organisation, 'sshKey', key);
  return {
    id: findingId('runner-credentials', 'devops-ssh-key', resource.id),
    step: 'runner-credentials',
    kind: 'devops-ssh-key',
    title: `The leaver’s SSH key “${nameOf(key)}” is registered in ${organisation}`,
    resource,
    severity: 'high',
    status: 'manual-action',
    reason: 'It reads and writes the leaver’s repositories. Remove the person from the organisation, which ends it.',
    evidence: { validFrom: key.validFrom ?? null, validTo: key.validTo ?? null },
  };
}

function resourceOf(
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  organisation: string,
  type: string,
  token: PersonalToken,
): ResourceRef {
  return {
    system: 'azure-devops',
    type,
    id: `${organisation}/${token.authorizationId}`,
    name: nameOf(token),
    url: `${settings.DEVOPS_ENDPOINT}/${organisation}/_settings/users`,
  };
}

function nameOf({ displayName, authorizationId }: PersonalToken): string {
  return displayName || authorizationId;
}
