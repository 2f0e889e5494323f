import * as z from 'zod';
import { readList } from '../arm/read-list.ts';
import { type ArmRead, readResource } from '../arm/read-resource.ts';
import { unseenIn } from '../arm/unseen.ts';
import type { VendorFailure } from '../result.ts';
import type { ArmSettings } from '../settings.ts';

const texts = z.array(z.string()).nullish();
const Selectors = z.array(z.object({ kind: z.string(), in: texts, notIn: texts })).nullish();
const ResourceSelectors = z.array(z.object({ selectors: Selectors })).nullish();
const Values = z.record(z.string(), z.object({ value: z.unknown().optional() })).nullish();
const Parameters = z.record(z.string(), z.object({ defaultValue: z.unknown().optional() }).loose()).nullish();

const Assignment = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    policyDefinitionId: z.string(),
    definitionVersion: z.string().nullish(),
    scope: z.string(),
    notScopes: texts,
    parameters: Values,
    enforcementMode: z.string().nullish(),
    resourceSelectors: ResourceSelectors,
    overrides: z.array(z.object({ kind: z.string(), value: z.string().nullish(), selectors: Selectors })).nullish(),
  }),
});
const Definition = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    mode: z.string().nullish(),
    parameters: Parameters,
    policyRule: z.unknown().optional(),
    versions: texts,
  }),
});
const PolicySet = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({
    parameters: Parameters,
    policyDefinitions: z.array(
      z.object({
        policyDefinitionId: z.string(),
        policyDefinitionReferenceId: z.string().nullish(),
        definitionVersion: z.string().nullish(),
        parameters: Values,
      }),
    ),
    versions: texts,
  }),
});
const Exemption = z.object({
  id: z.string(),
  properties: z.object({
    policyAssignmentId: z.string(),
    policyDefinitionReferenceIds: texts,
    expiresOn: z.string().nullish(),
    resourceSelectors: ResourceSelectors,
  }),
});
const Enrollment = z.object({ id: z.string(), properties: z.object({ policyAssignmentId: z.string() }) });
const Summary = z.object({
  value: z.array(
    z.object({
      policyAssignments: z.array(
        z.object({ policyAssignmentId: z.string(), results: z.object({ nonCompliantResources: z.number() }) }),
      ),
    }),
  ),
});

/** What Azure Policy holds for a subscription, as Azure tells of it, and why that may not be all. */
export interface FoundPolicies {
  /** At the subscription or above it, those of management groups among them. */
  readonly assignments: readonly z.output<typeof Assignment>[];
  /** Custom ones. */
  readonly definitions: readonly z.output<typeof Definition>[];
  readonly sets: readonly z.output<typeof PolicySet>[];
  /** Above, at and inside the subscription. */
  readonly exemptions: readonly z.output<typeof Exemption>[];
  /** Whether no assignment, definition and set is missing: only then can something be said not to be there. */
  readonly complete: boolean;
  readonly failures: readonly VendorFailure[];
  /** By assignment, in lower case; evidence alone, so that nothing is missing where Azure does not tell it. */
  readonly nonCompliant: ReadonlyMap<string, number>;
  readonly enrolled: ReadonlyMap<string, number>;
}

const AUTHORIZATION = 'Microsoft.Authorization';

/**
 * The policies that hold in a subscription. `atScope()` lists assignments at the subscription and above, and leaves out
 * what is assigned inside it. The lists of definitions and sets hold those of management groups as well (not verified
 * with an identity that has no role there: an assignment of one that is missing is told as such). Without a filter
 * exemptions are listed inside the subscription too, which `atScope()` would leave out.
 * Sources: learn.microsoft.com/rest/api/policy (the lists by subscription), …/policy-states/summarize-for-subscription,
 * learn.microsoft.com/azure/governance/policy/concepts/enrollment-structure
 */
export async function listPolicies(settings: ArmSettings, subscriptionId: string): Promise<FoundPolicies> {
  const scope = `/subscriptions/${subscriptionId}`;
  const list = <T extends { readonly id: string }>(
    type: string,
    things: string,
    apiVersion: string,
    shape: z.ZodType<T>,
    filter?: string,
  ) =>
    readList(settings, {
      what: `list the ${things} of subscription ${subscriptionId}`,
      action: `${AUTHORIZATION}/${type}/read`,
      identity: 'assessor',
      path: `${scope}/providers/${AUTHORIZATION}/${type}`,
      apiVersion,
      ...(filter === undefined ? {} : { query: { $filter: filter } }),
      shape,
    });
  const unseen = (type: string, things: string) =>
    unseenIn(settings, subscriptionId, `${AUTHORIZATION}/${type}/read`, things, 'assessor');
  const custom = "policyType eq 'Custom'";
  const [assignments, definitions, sets, exemptions, nonCompliant, ...hidden] = await Promise.all([
    list('policyAssignments', 'policy assignments', '2025-03-01', Assignment, 'atScope()'),
    list('policyDefinitions', 'policy definitions', '2025-03-01', Definition, custom),
    list('policySetDefinitions', 'policy set definitions', '2025-03-01', PolicySet, custom),
    list('policyExemptions', 'policy exemptions', '2022-07-01-preview', Exemption),
    summarize(settings, scope),
    unseen('policyAssignments', 'policy assignments'),
    unseen('policyDefinitions', 'policy definitions'),
    unseen('policySetDefinitions', 'policy set definitions'),
    unseen('policyExemptions', 'policy exemptions'),
  ]);
  const missing = [assignments, definitions, sets, exemptions].map(({ failure }, index) => failure ?? hidden[index]);
  // A preview that not every cloud has, and by which nothing passes: asked for where there may be one, as evidence.
  const opens = assignments.items.some(({ properties }) => /^enroll$/i.test(properties.enforcementMode ?? ''));
  const enrollments = opens
    ? await list('policyEnrollments', 'policy enrollments', '2026-01-01-preview', Enrollment)
    : undefined;
  return {
    assignments: assignments.items,
    definitions: definitions.items,
    sets: sets.items,
    exemptions: exemptions.items,
    complete: missing.slice(0, 3).every((failure) => failure === undefined),
    failures: missing.flatMap((failure) => failure ?? []),
    nonCompliant,
    enrolled: counted((enrollments?.items ?? []).map(({ properties }) => properties.policyAssignmentId.toLowerCase())),
  };
}

/** How many resources do not comply with each assignment, at the last scan; empty where Azure does not say. */
async function summarize(settings: ArmSettings, scope: string): Promise<ReadonlyMap<string, number>> {
  const question: ArmRead<z.output<typeof Summary>> = {
    what: `count what does not comply in ${scope}`,
    action: 'Microsoft.PolicyInsights/policyStates/summarize/action',
    identity: 'assessor',
    path: `${scope}/providers/Microsoft.PolicyInsights/policyStates/latest/summarize`,
    apiVersion: '2024-10-01',
    method: 'POST',
    shape: Summary,
  };
  const answer = await readResource(settings, question);
  if (!answer.ok) return new Map();
  const rows = answer.value.value.flatMap(({ policyAssignments }) => policyAssignments);
  return new Map(rows.map((each) => [each.policyAssignmentId.toLowerCase(), each.results.nonCompliantResources]));
}

function counted(ids: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(ids, (id) => id)].map(([id, all]) => [id, all.length]));
}
