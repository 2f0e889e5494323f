import type { CaseId } from '../../src/cases/ids.ts';
import type { Config } from '../../src/config.ts';
import type { FederatedCredential } from '../../src/connectors/federated-credential.ts';
import type { ApplicationCredentials, AppRegistration } from '../../src/connectors/graph/applications/applications.ts';
import type { ManagedIdentity } from '../../src/connectors/managed-identity/identities.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { type Leaver, lacksGitHubAccount } from '../../src/people/leaver.ts';
import type { FederatedCredentialParent } from '../../src/steps/federated-credentials/remedies/delete-federated-credential.ts';
import type { RelatedCredential } from '../../src/steps/federated-credentials/rules/findings-of.ts';
import { questionsOf } from '../../src/steps/federated-credentials/rules/owner-questions.ts';
import { tagsOfWords, traitsOf } from '../../src/steps/federated-credentials/rules/owner-traits.ts';
import { relateCredential } from '../../src/steps/federated-credentials/rules/relate-credential.ts';
import { instanceOfApi } from '../../src/steps/federated-credentials/rules/subject/issuer.ts';
import type { TrustContext } from '../../src/steps/federated-credentials/rules/trust-context.ts';
import { type ResolvedOwners, resolveOwners } from '../case/accounts/github-owners.ts';

/** Credentials as they were read, below who carries them. */
interface ReadTrusts {
  readonly identities: readonly {
    readonly identity: ManagedIdentity;
    readonly credentials: readonly FederatedCredential[];
  }[];
  readonly applications: readonly ApplicationCredentials[];
}

/** The settings that judging a credential takes. */
export type JudgingSettings = Pick<
  Config,
  | 'TENANT_ID'
  | 'GITHUB_API_ENDPOINT'
  | 'GITHUB_ORGANISATIONS'
  | 'DEVOPS_ORGANISATIONS'
  | 'TRUSTED_OWNERS'
  | 'TERRAFORM_MANAGED'
>;

/** How each credential relates to the leaver and whom else it lets in, once GitHub was asked whose the names are. */
export async function judgeCredentials(
  vendors: Pick<Vendors, 'github'>,
  settings: JudgingSettings,
  { caseId, leaver }: { readonly caseId: CaseId; readonly leaver: Leaver },
  { identities, applications }: ReadTrusts,
): Promise<{ readonly related: readonly RelatedCredential[]; readonly resolved: ResolvedOwners }> {
  const instance = instanceOfApi(settings.GITHUB_API_ENDPOINT);
  const all = [...identities, ...applications].flatMap(({ credentials }) => credentials);
  const resolved = await resolveOwners(vendors, settings, caseId, questionsOf(all, instance));
  const about: Judging = {
    accountKnown: !lacksGitHubAccount(leaver),
    declared: settings.TERRAFORM_MANAGED,
    trust: {
      accounts: leaver.github,
      oid: leaver.oid,
      instance,
      owners: resolved.owners,
      tenantId: settings.TENANT_ID,
      devopsOrganisations: settings.DEVOPS_ORGANISATIONS,
      trusted: settings.TRUSTED_OWNERS,
    },
  };
  return { related: relatedTo(about, { identities, applications }), resolved };
}

/** How each of them relates to one person. */
export function relatedTo(about: Judging, { identities, applications }: ReadTrusts): RelatedCredential[] {
  return [
    ...identities.flatMap(({ identity, credentials }) =>
      credentials.map((credential) => relateOfIdentity(about, identity, credential)),
    ),
    ...applications.flatMap(({ application, credentials }) =>
      credentials.map((credential) => relateOfApplication(about, application, credential)),
    ),
  ];
}

/** What judging a credential takes besides it. */
export interface Judging {
  readonly accountKnown: boolean;
  readonly declared: readonly string[];
  readonly trust: TrustContext;
}

function relateOfIdentity(
  about: Judging,
  { resourceId, subscriptionId, resourceGroup, name, tags }: ManagedIdentity,
  credential: FederatedCredential,
): RelatedCredential {
  const parent: FederatedCredentialParent = {
    type: 'managed-identity',
    subscriptionId,
    resourceGroup,
    name,
    resourceId,
  };
  const traits = traitsOf({ ids: [resourceId], names: [name, resourceGroup], tags }, credential, about.declared);
  return { parent, credential, traits, ...relationOf(about, credential) };
}

function relateOfApplication(
  about: Judging,
  { objectId, appId, name, tags }: AppRegistration,
  credential: FederatedCredential,
): RelatedCredential {
  const parent: FederatedCredentialParent = { type: 'application', objectId, appId, name };
  const traits = traitsOf(
    { ids: [objectId, appId], names: [name], tags: tagsOfWords(tags) },
    credential,
    about.declared,
  );
  return { parent, credential, traits, ...relationOf(about, credential) };
}

function relationOf(
  { trust, accountKnown }: Judging,
  credential: FederatedCredential,
): Pick<RelatedCredential, 'relation' | 'confidence' | 'accountKnown'> {
  const relation = relateCredential(credential, trust);
  const { accounts } = trust;
  const confidence = accounts.find(({ login }) => login === relation.login)?.confidence ?? 'weak';
  return { relation, confidence, accountKnown };
}
