import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../../../src/cases/coverage/coverage-of.ts';
import type { Finding, ResourceRef } from '../../../../src/cases/finding.ts';
import { findingId } from '../../../../src/cases/stable-id.ts';
import type { Config } from '../../../../src/config.ts';
import { together } from '../../../../src/connectors/azure-devops/list-all.ts';
import type { PersonalToken } from '../../../../src/connectors/azure-devops/people/personal-tokens.ts';
import type { Listing } from '../../../../src/connectors/listing.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import { type DevOpsAccount, isKnown } from '../../../../src/people/leaver.ts';
import { remedyOf } from '../../../../src/steps/define-remedy.ts';
import { permitted } from '../../../../src/steps/permitted.ts';
import { revokeDevOpsToken } from '../../../../src/steps/runner-credentials/remedies/azure-devops/revoke-devops-token.ts';
import type { Scan } from '../scan.ts';

/**
 * The personal access tokens and SSH keys of all accounts in one organisation that are, or may be, the leaver's. Where
 * none of them is more than that, another one may be theirs, so that the lines are not the whole answer.
 */
export async function scanPersonalTokens(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  organisation: string,
  accounts: readonly DevOpsAccount[],
  now: Date,
): Promise<Scan> {
  const scanned = await Promise.all(accounts.map((account) => scanAccount(vendors, settings, account, now)));
  const whole = (source: string, unit: string, lists: readonly Listing<unknown>[]): Coverage => {
    const looked = { count: lists.reduce((sum, { items }) => sum + items.length, 0), unit };
    const failures = lists.map(({ failure }) => failure);
    const line = coverageOf(`azure-devops/${source}:${organisation}`, looked, failures);
    if (accounts.some(isKnown) || line.state !== 'complete') return line;
    const { length } = accounts;
    const listed = `what ${length === 1 ? 'one' : length} that may be theirs ${length === 1 ? 'holds' : 'hold'} was listed`;
    return { ...line, state: 'partial', detail: `No account of the person is known in ${organisation}; ${listed}.` };
  };
  const both = together(scanned.flatMap(({ tokens, keys }) => [tokens, keys]));
  return {
    findings: scanned.flatMap(({ findings }) => findings),
    coverage: [
      whole(
        'tokens',
        'personal access tokens',
        scanned.map(({ tokens }) => tokens),
      ),
      whole(
        'ssh-keys',
        'SSH keys',
        scanned.map(({ keys }) => keys),
      ),
    ],
    failures: both.failures,
    ...(both.slowDownMs === undefined ? {} : { slowDownMs: both.slowDownMs }),
  };
}

interface ScannedAccount {
  readonly findings: readonly Finding[];
  readonly tokens: Listing<PersonalToken>;
  readonly keys: Listing<PersonalToken>;
}

async function scanAccount(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  account: DevOpsAccount,
  now: Date,
): Promise<ScannedAccount> {
  const { organisation, descriptor } = account;
  const [tokens, keys] = await Promise.all([
    vendors.devops.listPersonalTokens(organisation, descriptor, { sshKeys: false }),
    vendors.devops.listPersonalTokens(organisation, descriptor, { sshKeys: true }),
  ]);
  const findings = [
    ...tokens.items.filter((token) => works(token, now)).map((token) => tokenFinding(settings, account, token)),
    ...keys.items.filter((key) => works(key, now)).map((key) => keyFinding(settings, account, key)),
  ].map((finding) => permitted(finding, account));
  return { findings, tokens, keys };
}

/**
 * What the service says of a token itself decides whether it works, and the end of its time only where it says nothing:
 * clocks differ, and .NET writes a date that was never set as the first day of year 1.
 */
function works({ isValid, validTo }: PersonalToken, now: Date): boolean {
  if (typeof isValid === 'boolean') return isValid;
  const ends = Date.parse(validTo ?? '');
  return !(ends <= now.getTime()) || ends <= NEVER_SET;
}

const NEVER_SET = Date.parse('0001-01-02T00:00:00Z');

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
      ? 'This token can do everything that the leaver’s account can.'
      : 'Whoever holds it acts as the leaver within its scope.',
    evidence: { scope: token.scope ?? null, validFrom: token.validFrom ?? null, validTo: token.validTo ?? null },
    remedy: remedyOf(
      revokeDevOpsToken,
      id,
      {
        kind: 'revoke-devops-token',
        organisation,
        descriptor,
        authorizationId: token.authorizationId,
        expected: { owner: token.userId ?? null },
      },
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
