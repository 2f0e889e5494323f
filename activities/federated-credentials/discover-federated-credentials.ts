import * as z from 'zod';
import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { becauseOf, coverageOf } from '../../src/cases/coverage/coverage-of.ts';
import { AboutSchema, DiscoveredSchema } from '../../src/cases/discovery.ts';
import type { Config } from '../../src/config.ts';
import type { listApplicationCredentials } from '../../src/connectors/graph/applications/applications.ts';
import type { ManagedIdentity } from '../../src/connectors/managed-identity/identities.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { redactSecrets } from '../../src/credentials/redact-secrets.ts';
import { defineActivity } from '../../src/durable/activity.ts';
import { type Leaver, lacksGitHubAccount, unknownAccount } from '../../src/people/leaver.ts';
import { findingsOf, type RelatedCredential } from '../../src/steps/federated-credentials/rules/findings-of.ts';
import { otherSubscriptions } from '../../src/steps/federated-credentials/rules/other-subscriptions.ts';
import {
  type RelatedPrincipal,
  RelatedPrincipalsSchema,
} from '../../src/steps/federated-credentials/rules/related-principals.ts';
import { chainsFrom } from '../../src/steps/federated-credentials/rules/trust-chain.ts';
import { fileStepResult } from '../case/report/file-step-result.ts';
import { tryAgainAfter } from '../case/try-again-after.ts';
import { identityTokenFindings } from './identity-tokens.ts';
import { judgeCredentials } from './judge-credentials.ts';
import { readIdentityCredentials } from './read-identity-credentials.ts';
import { type AskedPrincipals, coverageOfPrincipals, servicePrincipalsOf } from './service-principals.ts';
import { type TrustingPrincipals, trustingPrincipals } from './trusting-principals.ts';

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
  async ({ caseId, leaver }, context) => {
    const { vendors, settings, log, now } = context;
    const others = otherSubscriptions(settings.SUBSCRIPTION_IDS, await vendors.azure.listSubscriptions()) ?? [];
    const [azure, entra] = await Promise.all([
      readIdentityCredentials(context, settings, caseId),
      vendors.graph.listApplicationCredentials(),
    ]);
    const parents = { identities: azure.identities, applications: entra.items };
    const { related, resolved } = await judgeCredentials(vendors, settings, { caseId, leaver }, parents);
    const cut = await principalsOf(vendors, related, azure.identities);
    const trusting = await trustingPrincipals(vendors, settings, cut.found.length > 0 ? parents : NOBODY);
    const principals = withChains(cut, trusting, settings.TENANT_ID);
    const trust = related.flatMap(findingsOf);
    const tokens = await identityTokenFindings(
      vendors,
      settings,
      { caseId, leaver },
      trust,
      parents,
      trusting.principals,
      // What the case cuts by itself names the leaver, so that everybody was asked for.
      principals.asked,
      now(),
    );
    const coverage = [
      ...withoutAccount([...azure.coverage, ...coverageOfApplications(entra)], leaver, related, settings),
      ...resolved.coverage,
      ...coverageOfPrincipals([principals.asked, principals.chained]),
      others,
    ].flat();
    const findings = [...trust, ...tokens.findings];
    log.info('federated credentials related', { credentials: related.length, findings: findings.length });
    const part = await fileStepResult(
      vendors,
      caseId,
      { step: STEP, findings, actions: [], coverage, facts: { relatedPrincipals: principals.found } },
      tryAgainAfter([
        ...azure.failures,
        entra.failure,
        principals.asked.failure,
        trusting.asked.failure,
        ...resolved.failures,
        ...tokens.failures,
      ]),
    );
    // What is handed on stands in the history of the orchestration.
    const relatedPrincipals = principals.found.map((each) => ({ ...each, name: redactSecrets(each.name) }));
    return { ...part, handsOn: { relatedPrincipals } };
  },
);

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
  if (!lacksGitHubAccount(leaver) && organisations.length > 0) return [...lines];
  const unknown = organisations.length > 0 ? unknownAccount(leaver, 'leaver') : 'GITHUB_ORGANISATIONS names nothing';
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

const NOBODY = { identities: [], applications: [] };

/** With those that can be had with a token of one of them, and of one of those. */
function withChains(
  cut: Principals,
  { principals, unshown, asked }: TrustingPrincipals,
  tenantId: string,
): Principals & { readonly chained: AskedPrincipals } {
  const roots = cut.found.map(({ oid }) => oid);
  const chained = chainsFrom(roots, [...principals, ...unshown], tenantId);
  const oidless = new Set(unshown.map(({ oid }) => oid));
  const shown = chained.filter(({ oid }) => !oidless.has(oid));
  // Of the others, which nothing of the leaver's reaches, nobody has to know under which id they act.
  const missing = asked.missing.filter(({ appId }) => chained.some(({ oid }) => oid === appId.toLowerCase()));
  return {
    ...cut,
    found: [...cut.found, ...shown.map(({ oid, parent }) => ({ oid, name: parent.name }))],
    chained: { ...asked, missing },
  };
}

interface Principals {
  readonly found: readonly RelatedPrincipal[];
  readonly asked: AskedPrincipals;
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
  const applications = parents.flatMap((parent) => (parent.type === 'application' ? [parent] : []));
  const asked = await servicePrincipalsOf(vendors, applications);
  const names = new Map(applications.map(({ appId, name }) => [appId.toLowerCase(), name]));
  const ofApplications = [...asked.oids].map(([appId, oid]) => ({ oid, name: names.get(appId) ?? appId }));
  return { found: [...ofIdentities, ...ofApplications], asked };
}
