import type { Config } from '../src/config.ts';
import {
  type AppRegistration,
  listApplicationCredentials,
  servicePrincipalOf,
} from '../src/connectors/graph/applications.ts';
import type { ManagedIdentity } from '../src/connectors/managed-identity/identities.ts';
import { mapBounded } from '../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../src/connectors/result.ts';
import type { Coverage } from '../src/domain/coverage.ts';
import type { FederatedCredential } from '../src/domain/federated-credentials/credential.ts';
import { findingsOf, type RelatedCredential } from '../src/domain/federated-credentials/findings-of.ts';
import { instanceOfApi } from '../src/domain/federated-credentials/issuer.ts';
import { tagsOfWords, traitsOf } from '../src/domain/federated-credentials/owner-traits.ts';
import { relateCredential } from '../src/domain/federated-credentials/relate-credential.ts';
import type { CaseId } from '../src/domain/ids.ts';
import type { GitHubAccount, Leaver } from '../src/domain/leaver.ts';
import type { FederatedCredentialParent } from '../src/domain/remedy.ts';
import type { StepPartRef } from '../src/domain/step.ts';
import { defineActivity } from '../src/durable.ts';
import { coverageOfFailure, tryAgainAfter } from './coverage-of.ts';
import { fileStepPart } from './file-step-part.ts';
import { readIdentityCredentials } from './read-identity-credentials.ts';

/** A service principal that acted, or could act, for the leaver: its rows belong into the audit. */
export interface RelatedPrincipal {
  readonly oid: string;
  readonly name: string;
}

export interface DiscoveredCredentials extends StepPartRef {
  readonly relatedPrincipals: readonly RelatedPrincipal[];
}

/** One account can be known from several sources; the best of them counts. */
const CONFIDENCES = ['certain', 'likely', 'guess'] as const;
const STEP = 'federated-credentials';
/** Service principals looked up at once. */
const IN_FLIGHT = 8;

/** Which pipeline identities and app registrations trust tokens of the leaver's GitHub accounts. */
export const discoverFederatedCredentials = defineActivity(
  'discoverFederatedCredentials',
  async (
    { caseId, leaver }: { caseId: CaseId; leaver: Leaver },
    { config, log, now },
  ): Promise<DiscoveredCredentials> => {
    if (leaver.github.length === 0) {
      const part = { step: STEP, findings: [], actions: [], coverage: [NO_ACCOUNT] } as const;
      return { ...(await fileStepPart(config, caseId, part)), relatedPrincipals: [] };
    }
    const [azure, entra] = await Promise.all([
      readIdentityCredentials(config, caseId, now()),
      listApplicationCredentials(config),
    ]);
    const related = [
      ...azure.identities.flatMap(({ identity, credentials }) =>
        credentials.map((credential) => relateOfIdentity(config, leaver, identity, credential)),
      ),
      ...entra.items.flatMap(({ application, credentials }) =>
        credentials.map((credential) => relateOfApplication(config, leaver, application, credential)),
      ),
    ];
    const principals = await principalsOf(config, related, azure.identities);
    const coverage = [...azure.coverage, ...coverageOfApplications(entra), ...principals.coverage];
    const findings = related.flatMap(findingsOf);
    log.info('federated credentials related', { credentials: related.length, findings: findings.length });
    const part = await fileStepPart(
      config,
      caseId,
      { step: STEP, findings, actions: [], coverage, facts: { relatedPrincipals: principals.found } },
      tryAgainAfter([...azure.failures, entra.failure, ...principals.failures]),
    );
    return { ...part, relatedPrincipals: principals.found };
  },
);

const NO_ACCOUNT: Coverage = {
  source: 'identity/github',
  state: 'unavailable',
  looked: { count: 0, unit: 'accounts' },
  detail:
    'No GitHub account of the leaver is known, so no federated credential could be compared. Answer with the login and the numeric id of the account, or that there is none.',
};

function relateOfIdentity(
  config: Config,
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
  const traits = traitsOf(tags, credential, [resourceId], config.TERRAFORM_MANAGED);
  return { parent, credential, traits, ...relationOf(config, leaver.github, credential) };
}

function relateOfApplication(
  config: Config,
  leaver: Leaver,
  { objectId, appId, name, tags }: AppRegistration,
  credential: FederatedCredential,
): RelatedCredential {
  const parent: FederatedCredentialParent = { type: 'application', objectId, appId, name };
  const traits = traitsOf(tagsOfWords(tags), credential, [objectId, appId], config.TERRAFORM_MANAGED);
  return { parent, credential, traits, ...relationOf(config, leaver.github, credential) };
}

function relationOf(
  config: Config,
  accounts: readonly GitHubAccount[],
  credential: FederatedCredential,
): Pick<RelatedCredential, 'relation' | 'confidence'> {
  const relation = relateCredential(credential, accounts, instanceOfApi(config.GITHUB_API_ENDPOINT));
  const confidences = accounts.filter(({ login }) => login === relation.login).map(({ confidence }) => confidence);
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
  return sources.map(({ source, looked }) =>
    failure === undefined ? { source, state: 'complete', looked } : coverageOfFailure(source, failure, looked),
  );
}

interface Principals {
  readonly found: readonly RelatedPrincipal[];
  readonly coverage: readonly Coverage[];
  readonly failures: readonly VendorFailure[];
}

/** The service principals behind credentials that let the leaver in. What lets nobody in has no activity. */
async function principalsOf(
  config: Config,
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
  const applications = new Map(parents.flatMap((p) => (p.type === 'application' ? [[p.appId, p.name] as const] : [])));
  const answers = await mapBounded([...applications], IN_FLIGHT, async ([appId, name]) => ({
    name,
    answer: await servicePrincipalOf(config, appId),
  }));
  const ofApplications = answers.flatMap(({ name, answer }) =>
    answer.ok && answer.value !== undefined ? [{ oid: answer.value.toLowerCase(), name }] : [],
  );
  const failures = answers.flatMap(({ answer }) => (answer.ok ? [] : [answer.failure]));
  const looked = { count: answers.length - failures.length, unit: 'service principals' };
  const source = 'entra/service-principals';
  const coverage = failures.slice(0, 1).map((failure) => coverageOfFailure(source, failure, looked));
  return { found: [...ofIdentities, ...ofApplications], coverage, failures };
}
