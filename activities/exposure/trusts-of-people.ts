import type { FederatedCredential } from '../../src/connectors/federated-credential.ts';
import { mapBounded } from '../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Holding } from '../../src/exposure/holding.ts';
import { PartSchema, partName } from '../../src/exposure/part.ts';
import { shownTrust } from '../../src/exposure/shown-trust.ts';
import { ofTrust } from '../../src/exposure/words.ts';
import { parseOid } from '../../src/people/oid.ts';
import type { Gap } from '../../src/posture/reading.ts';
import { commandOf } from '../../src/steps/act/commands.ts';
import { portalUrl } from '../../src/steps/azure-portal.ts';
import { findingsOf, type RelatedCredential } from '../../src/steps/federated-credentials/rules/findings-of.ts';
import { questionsOf } from '../../src/steps/federated-credentials/rules/owner-questions.ts';
import { instanceOfApi } from '../../src/steps/federated-credentials/rules/subject/issuer.ts';
import type { ProvedAccount } from '../../src/sweep/find-orphans.ts';
import { type ResolvedOwners, resolveOwners } from '../case/accounts/github-owners.ts';
import { relatedTo } from '../federated-credentials/judge-credentials.ts';
import { gapOf } from '../posture/make-read.ts';
import { provedAccount } from './as-leaver.ts';
import type { PartOf, PartReading } from './part-reading.ts';

const IN_FLIGHT = 4;

type Trusts = Parameters<typeof relatedTo>[1];

/** Federated credentials of app registrations that trust somebody’s own account. */
export async function applicationTrusts(context: PartReading): Promise<PartOf> {
  const { items, failure } = await context.vendors.graph.listApplicationCredentials();
  const each = items.flatMap(({ application, credentials }) =>
    credentials.map((credential): [FederatedCredential, Trusts] => [
      credential,
      { identities: [], applications: [{ application, credentials: [credential] }] },
    ]),
  );
  return ofPeople(context, each, 'entra/application-credentials', [failure]);
}

/** The same of the managed identities of one subscription. */
export async function identityTrusts(context: PartReading, subscription: string): Promise<PartOf> {
  const { azure } = context.vendors;
  const listed = await azure.listIdentities(subscription);
  const read = await mapBounded(listed.items, IN_FLIGHT, async (identity) => ({
    identity,
    ...(await azure.listFederatedCredentials(identity)),
  }));
  const each = read.flatMap(({ identity, items }) =>
    items.map((credential): [FederatedCredential, Trusts] => [
      credential,
      { identities: [{ identity, credentials: [credential] }], applications: [] },
    ]),
  );
  const failures = [listed.failure, ...read.map(({ failure }) => failure)];
  return ofPeople(context, each, `azure/federated-credentials:${subscription}`, failures);
}

async function ofPeople(
  context: PartReading,
  each: readonly (readonly [FederatedCredential, Trusts])[],
  source: string,
  failures: readonly (VendorFailure | undefined)[],
): Promise<PartOf> {
  const { vendors, settings, at } = context;
  const accounts = await knownAccounts(context);
  const instance = instanceOfApi(settings.GITHUB_API_ENDPOINT);
  const questions = questionsOf(
    each.map(([credential]) => credential),
    instance,
  );
  const resolved = await resolveOwners(vendors, settings, `exposure ${at}`, questions);
  const candidatesIn = candidatesAmong(accounts ?? [], resolved.owners);
  const holdings = each.flatMap(([credential, trusts]) => {
    const candidates = candidatesIn(credential);
    return candidates.flatMap((account): Holding[] => {
      const oid = parseOid(account.oid);
      if (oid === undefined) return [];
      const [related] = relatedTo(
        {
          accountKnown: true,
          declared: settings.TERRAFORM_MANAGED,
          trust: {
            ...{ accounts: [provedAccount(account)], oid, instance, owners: resolved.owners },
            ...{ tenantId: settings.TENANT_ID, devopsOrganisations: settings.DEVOPS_ORGANISATIONS },
            trusted: settings.TRUSTED_OWNERS,
          },
        },
        trusts,
      );
      if (related?.relation.verdict !== 'references-leaver') return [];
      const namesOthers = candidates.length > 1;
      const trusted = shownTrust(credential, { account: provedAccount(account), owners: resolved.owners, namesOthers });
      return [holdingOf(related, oid, settings.TENANT_ID, trusted)];
    });
  });
  const untold = failures.flatMap((failure) => (failure === undefined ? [] : [gapOf(source)({ failure })]));
  return {
    holdings,
    gaps: [
      ...untold,
      ...withoutNames(resolved.failures.map((failure) => gapOf(source)({ failure }))),
      ...(accounts === undefined ? [noAccounts(source)] : []),
    ],
  };
}

/** Each name is asked for by itself, and what GitHub answers names it: of a gap, the reason alone is told. */
function withoutNames(gaps: readonly Gap[]): Gap[] {
  const detail = 'GitHub did not say of every name in a federated credential whose it is.';
  return [...new Map(gaps.map((gap) => [`${gap.reason} ${gap.missingPermission}`, { ...gap, detail }])).values()];
}

/** What the part `github` proved of accounts; undefined where it was not read in this run. */
async function knownAccounts({ vendors, at }: PartReading): Promise<readonly ProvedAccount[] | undefined> {
  const kept = await vendors.storage.getText('inventory', partName('github', at));
  const part = kept === undefined ? undefined : PartSchema.safeParse(JSON.parse(kept)).data;
  return part?.at === at ? part.accounts : undefined;
}

function noAccounts(source: string): Gap {
  const detail = 'Whose the accounts at GitHub are was not read, so that no trust could be told to be anybody’s.';
  return { reason: 'no-data', source, detail };
}

/** Whose accounts a credential may name, by login or by number: with few of them the rule itself decides. */
function candidatesAmong(accounts: readonly ProvedAccount[], owners: ResolvedOwners['owners']) {
  const byLogin = new Map(accounts.map((account) => [account.login.toLowerCase(), account]));
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return ({ subject = '', expression = '' }: FederatedCredential): ProvedAccount[] => {
    const words = new Set(
      `${subject} ${expression}`
        .replace(/%3a/gi, ':')
        .toLowerCase()
        .split(/[^a-z0-9_-]+/),
    );
    const named = [...words].flatMap((word) => {
      const holder = owners.names.get(word);
      const seen = owners.repositories.get(word);
      return [
        byLogin.get(word),
        /^\d+$/.test(word) ? byId.get(Number(word)) : undefined,
        holder?.state === 'held' ? byId.get(holder.id) : undefined,
        seen?.state === 'seen' ? byId.get(seen.ownerId) : undefined,
      ];
    });
    return [...new Set(named.filter((account) => account !== undefined))];
  };
}

function holdingOf(related: RelatedCredential, owner: Holding['owner'], tenantId: string, trusted: string): Holding {
  const { parent, credential } = related;
  const findings = findingsOf(related);
  const call = findings.flatMap(({ remedy }) => remedy ?? [])[0]?.call;
  const of =
    parent.type === 'application' ? `Entra, application ${parent.name}` : `Azure, managed identity ${parent.name}`;
  const url =
    parent.type === 'application'
      ? `https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/${parent.appId}`
      : portalUrl(tenantId, parent.resourceId, 'federatedcredentials');
  return {
    owner,
    kind: 'federated-credential',
    marks: [`trust ${findings[0]?.resource.id.toLowerCase() ?? credential.id.toLowerCase()}`],
    ...ofTrust(credential.name, of, trusted, url, call && commandOf(call)),
    findings,
  };
}
