import type { Coverage } from '../../../src/cases/coverage/coverage.ts';
import { coverageOf, coverageOfList } from '../../../src/cases/coverage/coverage-of.ts';
import type { ResourceRef } from '../../../src/cases/finding.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import { counted } from '../../../src/cases/words/wording.ts';
import { findTokens } from '../../../src/credentials/detector/detect-tokens.ts';
import type { ActivityContext } from '../../../src/durable/activity.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { accessPolicyFindings } from '../../../src/steps/runner-credentials/rules/platform/access-policy-findings.ts';
import {
  backendTexts,
  containerTexts,
  namedValueText,
  type PlatformText,
  policyText,
} from '../../../src/steps/runner-credentials/rules/platform/token-places.ts';
import { type Found, foundTogether, NOTHING_FOUND } from '../../case/found.ts';
import { judgeLocated, type LocatedTokens } from '../judge-located.ts';

interface About {
  readonly caseId: CaseId;
  readonly leaver: Leaver;
}

/** Credentials in the gateway and in the containers of the searched subscriptions. */
export async function readPlatform(about: About, context: ActivityContext): Promise<Found> {
  const read = await Promise.all([
    readGateway(about, context),
    ...context.settings.SUBSCRIPTION_IDS.map((subscription) => readContainers(about, context, subscription)),
  ]);
  return foundTogether(read);
}

async function readGateway(about: About, context: ActivityContext): Promise<Found> {
  const { vendors, settings } = context;
  const { GATEWAY_APIM_ID: serviceId, TENANT_ID: tenantId } = settings;
  if (serviceId === undefined) return NOTHING_FOUND;
  const at = { serviceId, tenantId };
  const [values, backends, policies, connections] = await Promise.all([
    vendors.gateway.listNamedValues(),
    vendors.gateway.listBackends(),
    vendors.gateway.listPolicies(),
    vendors.gateway.listConnections(),
  ]);
  const secret = values.items.filter((value) => value.secret).length;
  const coverage = [
    coverageOfList(
      'gateway/named-values',
      'named values',
      values,
      secret === 0 ? undefined : `${counted(secret, 'secret value')} among them can be read by nobody here.`,
    ),
    coverageOfList('gateway/backends', 'backends', backends),
    coverageOfList('gateway/policies', 'policies', policies),
    coverageOf(
      'gateway/credential-manager',
      { count: connections.items.length, unit: 'connections' },
      connections.failures,
    ),
  ];
  const places = [
    ...located(
      'gateway/named-values',
      values.items.map((each) => namedValueText(each, at)),
    ),
    ...located(
      'gateway/backends',
      backends.items.flatMap((each) => backendTexts(each, at)),
    ),
    ...located(
      'gateway/policies',
      policies.items.map((each) => policyText(each, at)),
    ),
  ];
  const judged = await judgeIn(about, context, 'gateway', serviceId.split('/').at(-1) ?? serviceId, places, coverage);
  return {
    findings: [...judged.findings, ...accessPolicyFindings(connections.items, about.leaver, at)],
    coverage,
    failures: [values.failure, backends.failure, ...policies.failures, ...connections.failures, ...judged.failures],
  };
}

async function readContainers(about: About, context: ActivityContext, subscription: string): Promise<Found> {
  const { vendors, settings } = context;
  const groups = await vendors.azure.listContainerGroups(subscription);
  const source = `azure/container-environment:${subscription}`;
  const coverage = [coverageOfList(source, 'container groups', groups)];
  const places = located(
    source,
    groups.items.flatMap((group) => containerTexts(group, settings.TENANT_ID)),
  );
  const judged = await judgeIn(about, context, 'azure', subscription, places, coverage);
  return { findings: judged.findings, coverage, failures: [groups.failure, ...judged.failures] };
}

function located(source: string, texts: readonly PlatformText[]): LocatedTokens[] {
  return texts.map(({ place, text, name }) => ({ place, source, within: source, tokens: findTokens(text, name) }));
}

/** Whose the tokens are, by the one rule; `organisation` is what the tenant's list of unowned tokens calls the place. */
function judgeIn(
  about: About,
  context: ActivityContext,
  system: ResourceRef['system'],
  organisation: string,
  places: readonly LocatedTokens[],
  coverage: readonly Coverage[],
) {
  return judgeLocated({ ...about, system, organisation }, context, { places, coverage });
}
