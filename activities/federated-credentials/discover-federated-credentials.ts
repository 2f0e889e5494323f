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
import { CONFIDENCES, type Leaver } from '../../src/people/leaver.ts';
import type { FederatedCredentialParent } from '../../src/steps/federated-credentials/remedies/delete-federated-credential.ts';
import { findingsOf, type RelatedCredential } from '../../src/steps/federated-credentials/rules/findings-of.ts';
import { instanceOfApi } from '../../src/steps/federated-credentials/rules/issuer.ts';
import { questionsOf } from '../../src/steps/federated-credentials/rules/owner-questions.ts';
import { tagsOfWords, traitsOf } from '../../src/steps/federated-credentials/rules/owner-traits.ts';
import { relateCredential } from '../../src/steps/federated-credentials/rules/relate-credential.ts';
import {
  type RelatedPrincipal,
  RelatedPrincipalsSchema,
} from '../../src/steps/federated-credentials/rules/related-principals.ts';
import type { TrustContext } from '../../src/steps/federated-credentials/rules/trust-context.ts';
import { fileStepResult } from '../case/file-step-result.ts';
import { resolveOwners } from '../case/github-owners.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';
import { readIdentityCredentials } from './read-identity-credentials.ts';

const STEP = 'federated-credentials';

/**
 * Which pipeline identities and app registrations trust tokens of the leaver's GitHub accounts, or of anybody beside
 * the firm. All of them are read and judged whether an account of the leaver is known or not: what needs one says so.
 */
export const discoverFederatedCredentials = defineActivity(
  'discoverFederatedCredentials',
  {
    input: AboutSchema,
    output: DiscoveredSchema.extend({ handsOn: z.exactOptional(RelatedPrincipalsSchema) }),
  },
  async ({ caseId, leaver }, { vendors, settings, log, now }) => {
    const [azure, entra] = await Promise.all([
      readIdentityCredentials(vendors, settings, caseId, now()),
      vendors.graph.listApplicationCredentials(),
    ]);
    const instance = instanceOfApi(settings.GITHUB_API_ENDPOINT);
    const all = [
      ...azure.identities.flatMap(({ credentials }) => credentials),
      ...entra.items.flatMap(({ credentials }) => credentials),
    ];
    const resolved = await resolveOwners(vendors, settings, caseId, questionsOf(all, instance));
    const about: Judging = {
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
    const related = [
      ...azure.identities.flatMap(({ identity, credentials }) =>
        credentials.map((credential) => relateOfIdentity(about, identity, credential)),
      ),
      ...entra.items.flatMap(({ application, credentials }) =>
        credentials.map((credential) => relateOfApplication(about, application, credential)),
      ),
    ];
    const principals = await principalsOf(vendors, related, azure.identities);
    const coverage = [
      ...withoutAccount([...azure.coverage, ...coverageOfApplications(entra)], leaver, related, settings),
      ...principals.coverage,
      ...resolved.coverage,
    ];
    const findings = related.flatMap(findingsOf);
    log.info('federated credentials related', { credentials: related.length, findings: findings.length });
    const part = await fileStepResult(
      vendors,
      caseId,
      { step: STEP, findings, actions: [], coverage, facts: { relatedPrincipals: principals.found } },
      tryAgainAfter([...azure.failures, entra.failure, principals.failure, ...resolved.failures]),
    );
    return { ...part, handsOn: { relatedPrincipals: principals.found } };
  },
);

/** What judging a credential takes besides it. */
interface Judging {
  readonly declared: readonly string[];
  readonly trust: TrustContext;
}

/**
 * Where no account of the leaver is known, an owner outside of the firm may be the leaver's. Lists that have one were
 * judged in part; where a permission is missing for which no account is known, they are denied for it.
 */
function withoutAccount(
  lines: readonly Coverage[],
  leaver: Leaver,
  related: readonly RelatedCredential[],
  { GITHUB_ORGANISATIONS: organisations }: Pick<Config, 'GITHUB_ORGANISATIONS'>,
): Coverage[] {
  if (leaver.github.length > 0 && organisations.length > 0) return [...lines];
  const unknown =
    organisations.length > 0 ? 'No GitHub account of the leaver is known' : 'GITHUB_ORGANISATIONS names nothing';
  const missing = leaver.blockedBy?.github;
  return lines.map((line) => {
    const [source = '', subscription] = line.source.split(':');
    if (!source.endsWith('-credentials') || (line.state !== 'complete' && line.state !== 'partial')) return line;
    const open = related.filter(
      ({ parent, relation }) =>
        relation.outsider !== undefined &&
        (parent.type === 'application' ? subscription === undefined : parent.subscriptionId === subscription),
    );
    if (open.length === 0 && missing === undefined) return line;
    const whose =
      open.length === 0
        ? 'none of these credentials trusts an account outside of the firm.'
        : `${open.length} of these credentials trust accounts outside of the firm (${named(open)}), each of which may be the leaver’s.`;
    const detail = `${unknown}; ${whose}${line.detail === undefined ? '' : ` ${line.detail}`}`;
    return becauseOf(missing, { ...line, state: 'partial', detail });
  });
}

/** So many owners as a sentence can name. */
const NAMED = 5;

function named(related: readonly RelatedCredential[]): string {
  const owners = [
    ...new Map(related.map(({ relation: { outsider = '' } }) => [outsider.toLowerCase(), outsider])).values(),
  ];
  const more = owners.length - NAMED;
  return `${owners.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function relateOfIdentity(
  { trust, declared }: Judging,
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
  const traits = traitsOf({ ids: [resourceId], names: [name, resourceGroup], tags }, credential, declared);
  return { parent, credential, traits, ...relationOf(trust, credential) };
}

function relateOfApplication(
  { trust, declared }: Judging,
  { objectId, appId, name, tags }: AppRegistration,
  credential: FederatedCredential,
): RelatedCredential {
  const parent: FederatedCredentialParent = { type: 'application', objectId, appId, name };
  const traits = traitsOf({ ids: [objectId, appId], names: [name], tags: tagsOfWords(tags) }, credential, declared);
  return { parent, credential, traits, ...relationOf(trust, credential) };
}

function relationOf(
  trust: TrustContext,
  credential: FederatedCredential,
): Pick<RelatedCredential, 'relation' | 'confidence' | 'accountKnown'> {
  const relation = relateCredential(credential, trust);
  const { accounts } = trust;
  const confidences = accounts.filter(({ login }) => login === relation.login).map(({ confidence }) => confidence);
  // One account can be known from several sources; the best of them counts.
  const confidence = CONFIDENCES.find((each) => confidences.includes(each)) ?? 'guess';
  return { relation, confidence, accountKnown: accounts.length > 0 };
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

/** The service principals behind credentials that name the leaver, in whatever case. */
async function principalsOf(
  vendors: Pick<Vendors, 'graph'>,
  related: readonly RelatedCredential[],
  identities: readonly { readonly identity: ManagedIdentity }[],
): Promise<Principals> {
  const parents = related
    .filter(({ relation }) => relation.verdict === 'references-leaver')
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
