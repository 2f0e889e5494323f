import * as z from 'zod';
import type { Coverage } from '../../src/cases/coverage.ts';
import { becauseOf, coverageOf } from '../../src/cases/coverage-of.ts';
import { AboutSchema, DiscoveredSchema } from '../../src/cases/discovery.ts';
import type { Config } from '../../src/config.ts';
import type { FederatedCredential } from '../../src/connectors/federated-credential.ts';
import type { AppRegistration, listApplicationCredentials } from '../../src/connectors/graph/applications.ts';
import type { ManagedIdentity } from '../../src/connectors/managed-identity/identities.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import { CONFIDENCES, type GitHubAccount, type Leaver } from '../../src/people/leaver.ts';
import type { FederatedCredentialParent } from '../../src/steps/federated-credentials/remedies/delete-federated-credential.ts';
import { findingsOf, type RelatedCredential } from '../../src/steps/federated-credentials/rules/findings-of.ts';
import { instanceOfApi } from '../../src/steps/federated-credentials/rules/issuer.ts';
import { otherSubscriptions } from '../../src/steps/federated-credentials/rules/other-subscriptions.ts';
import { tagsOfWords, traitsOf } from '../../src/steps/federated-credentials/rules/owner-traits.ts';
import { relateCredential } from '../../src/steps/federated-credentials/rules/relate-credential.ts';
import {
  type RelatedPrincipal,
  RelatedPrincipalsSchema,
} from '../../src/steps/federated-credentials/rules/related-principals.ts';
import { fileStepResult } from '../case/file-step-result.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';
import { readIdentityCredentials } from './read-identity-credentials.ts';

const STEP = 'federated-credentials';

/** Which pipeline identities and app registrations trust tokens of the leaver's GitHub accounts. */
export const discoverFederatedCredentials = defineActivity(
  'discoverFederatedCredentials',
  {
    input: AboutSchema,
    output: DiscoveredSchema.extend({ handsOn: z.exactOptional(RelatedPrincipalsSchema) }),
  },
  async ({ caseId, leaver }, { vendors, settings, log, now }) => {
    const others = otherSubscriptions(settings.SUBSCRIPTION_IDS, await vendors.azure.listSubscriptions()) ?? [];
    if (leaver.github.length === 0) {
      const coverage = [...noAccount(settings, leaver), others].flat();
      const part = { step: STEP, findings: [], actions: [], coverage } as const;
      return fileStepResult(vendors, caseId, part);
    }
    const [azure, entra] = await Promise.all([
      readIdentityCredentials(vendors, settings, caseId, now()),
      vendors.graph.listApplicationCredentials(),
    ]);
    const related = [
      ...azure.identities.flatMap(({ identity, credentials }) =>
        credentials.map((credential) => relateOfIdentity(settings, leaver, identity, credential)),
      ),
      ...entra.items.flatMap(({ application, credentials }) =>
        credentials.map((credential) => relateOfApplication(settings, leaver, application, credential)),
      ),
    ];
    const principals = await principalsOf(vendors, related, azure.identities);
    const coverage = [...azure.coverage, ...coverageOfApplications(entra), ...principals.coverage, others].flat();
    const findings = related.flatMap(findingsOf);
    log.info('federated credentials related', { credentials: related.length, findings: findings.length });
    const part = await fileStepResult(
      vendors,
      caseId,
      { step: STEP, findings, actions: [], coverage, facts: { relatedPrincipals: principals.found } },
      tryAgainAfter([...azure.failures, entra.failure, principals.failure]),
    );
    return { ...part, handsOn: { relatedPrincipals: principals.found } };
  },
);

/**
 * Nothing to compare with: where that is for a missing permission, every source is denied for it. Where no organisation
 * is configured, nobody was asked for an account, which the report says by itself.
 */
function noAccount(
  settings: Pick<Config, 'SUBSCRIPTION_IDS' | 'GITHUB_ORGANISATIONS'>,
  { blockedBy }: Leaver,
): Coverage[] {
  if (settings.GITHUB_ORGANISATIONS.length === 0) return [];
  const detail =
    'No GitHub account of the leaver is known, so no federated credential could be compared. Answer with the login and the numeric id of the account, or that there is none.';
  const line = (source: string, unit: string): Coverage =>
    becauseOf(blockedBy?.github, { source, state: 'unavailable', looked: { count: 0, unit }, detail });
  return [
    ...(blockedBy?.github === undefined ? [line('identity/github', 'accounts')] : []),
    ...settings.SUBSCRIPTION_IDS.flatMap((id) => [
      line(`azure/managed-identities:${id}`, 'identities'),
      line(`azure/federated-credentials:${id}`, 'credentials'),
    ]),
    line('entra/applications', 'app registrations'),
    line('entra/application-credentials', 'credentials'),
  ];
}

function relateOfIdentity(
  settings: Pick<Config, 'GITHUB_API_ENDPOINT' | 'TERRAFORM_MANAGED'>,
  leaver: Leaver,
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
  const traits = traitsOf(tags, credential, [resourceId], settings.TERRAFORM_MANAGED);
  return { parent, credential, traits, ...relationOf(settings, leaver.github, credential) };
}

function relateOfApplication(
  settings: Pick<Config, 'GITHUB_API_ENDPOINT' | 'TERRAFORM_MANAGED'>,
  leaver: Leaver,
  { objectId, appId, name, tags }: AppRegistration,
  credential: FederatedCredential,
): RelatedCredential {
  const parent: FederatedCredentialParent = { type: 'application', objectId, appId, name };
  const traits = traitsOf(tagsOfWords(tags), credential, [objectId, appId], settings.TERRAFORM_MANAGED);
  return { parent, credential, traits, ...relationOf(settings, leaver.github, credential) };
}

function relationOf(
  settings: Pick<Config, 'GITHUB_API_ENDPOINT'>,
  accounts: readonly GitHubAccount[],
  credential: FederatedCredential,
): Pick<RelatedCredential, 'relation' | 'confidence'> {
  const relation = relateCredential(credential, accounts, instanceOfApi(settings.GITHUB_API_ENDPOINT));
  const confidences = accounts.filter(({ login }) => login === relation.login).map(({ confidence }) => confidence);
  // One account can be known from several sources; the best of them counts.
  return { relation, confidence: CONFIDENCES.find((each) => confidences.includes(each)) ?? 'guess' };
}

function coverageOfApplications({
  items,
  failure,
}: Awaited<ReturnType<typeof listApplicationCredentials>>): Coverage[] {
  const registrations = { count: items.length, unit: 'app registrations' };
  const credentials = { count: items.flatMap((item) => item.credentials).length, unit: 'credentials' };
  const sources = [
    { source: 'entra/applications', looked: registrations },
    { source: 'entra/application-credentials', looked: credentials },
  ];
  return sources.map(({ source, looked }) => coverageOf(source, looked, [failure]));
}

interface Principals {
  readonly found: readonly RelatedPrincipal[];
  readonly coverage: readonly Coverage[];
  readonly failure?: VendorFailure;
}

/** The service principals behind credentials that let the leaver in. What lets nobody in has no activity. */
async function principalsOf(
  vendors: Pick<Vendors, 'graph'>,
  related: readonly RelatedCredential[],
  identities: readonly { readonly identity: ManagedIdentity }[],
): Promise<Principals> {
  const parents = related
    .filter(({ relation }) => relation.verdict === 'references-leaver' && relation.wrongCase !== true)
    .map(({ parent }) => parent);
  const ofIdentities = identities
    .filter(({ identity }) =>
      parents.some((p) => p.type === 'managed-identity' && p.resourceId === identity.resourceId),
    )
    .map(({ identity }) => ({ oid: identity.principalId.toLowerCase(), name: identity.name }));
  const names = new Map(
    parents.flatMap((p) => (p.type === 'application' ? [[p.appId.toLowerCase(), p.name] as const] : [])),
  );
  const { items, failure } = await vendors.graph.listServicePrincipals('appId', [...names.keys()]);
  const ofApplications = items.map(({ id, appId }) => ({
    oid: id.toLowerCase(),
    name: names.get(appId.toLowerCase()) ?? appId,
  }));
  const found = [...ofIdentities, ...ofApplications];
  if (failure === undefined) return { found, coverage: [] };
  const looked = { count: items.length, unit: 'service principals' };
  return { found, failure, coverage: [coverageOf('entra/service-principals', looked, [failure])] };
}
