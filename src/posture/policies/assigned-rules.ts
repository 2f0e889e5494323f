import type { AssignedRule, PolicySelector } from '../readings/policies.ts';
import { parameterOf, textsOf } from './parameters.ts';
import { RELEASED_RULES } from './released-rules.ts';
import { type PolicyRule, ruleHash } from './rule-hash.ts';

type Values = Readonly<Record<string, { readonly value?: unknown }>> | null | undefined;
interface Selected {
  readonly selectors?: readonly Selector[] | null | undefined;
}
interface Selector {
  readonly kind: string;
  readonly in?: readonly string[] | null | undefined;
  readonly notIn?: readonly string[] | null | undefined;
}
interface Assignment {
  readonly id: string;
  readonly properties: {
    readonly policyDefinitionId: string;
    readonly definitionVersion?: string | null | undefined;
    readonly scope: string;
    readonly notScopes?: readonly string[] | null | undefined;
    readonly parameters?: Values;
    readonly enforcementMode?: string | null | undefined;
    readonly resourceSelectors?: readonly Selected[] | null | undefined;
    readonly overrides?:
      | readonly (Selected & { readonly kind: string; readonly value?: string | null | undefined })[]
      | null
      | undefined;
  };
}
type Versions = { readonly versions?: readonly string[] | null | undefined };
interface Definition {
  readonly id: string;
  readonly name: string;
  readonly properties: PolicyRule & Versions;
}
interface Member {
  readonly policyDefinitionId: string;
  readonly policyDefinitionReferenceId?: string | null | undefined;
  readonly definitionVersion?: string | null | undefined;
  readonly parameters?: Values;
}
interface PolicySet {
  readonly id: string;
  readonly properties: Pick<PolicyRule, 'parameters'> & Versions & { readonly policyDefinitions: readonly Member[] };
}
interface Exemption {
  readonly id: string;
  readonly properties: {
    readonly policyAssignmentId: string;
    readonly policyDefinitionReferenceIds?: readonly string[] | null | undefined;
    readonly expiresOn?: string | null | undefined;
    readonly resourceSelectors?: readonly Selected[] | null | undefined;
  };
}

/** What Azure Policy lists for a subscription. */
export interface PolicyLists {
  readonly assignments: readonly Assignment[];
  readonly definitions: readonly Definition[];
  readonly sets: readonly PolicySet[];
  readonly exemptions: readonly Exemption[];
  readonly nonCompliant: ReadonlyMap<string, number>;
  readonly enrolled: ReadonlyMap<string, number>;
}

/** What is assigned of the points’ rules, and what is assigned and cannot be looked into. */
export interface AssignedRules {
  readonly rules: AssignedRule[];
  /** Assignments whose definition, or one of its initiative, is not in the lists. */
  readonly unread: { readonly assignment: string; readonly definition: string }[];
}

/**
 * Every assignment of a rule that can bear on the identity or the subnet of a server, by itself or in an initiative:
 * with the released rule, or with another one that reads as if it did the same. Built-in policies are none of them:
 * Azure has none that wants a server’s own identity, or a list of subnets.
 */
export function assignedRules(lists: PolicyLists, subscription: string): AssignedRules {
  const definitions = new Map(lists.definitions.map((each) => [each.id.toLowerCase(), each]));
  const sets = new Map(lists.sets.map((each) => [each.id.toLowerCase(), each]));
  const unread: AssignedRules['unread'] = [];
  const holding = lists.assignments.filter(({ properties }) => isAtOrAbove(properties.scope, subscription));
  const rules = holding.flatMap((assignment) => {
    const { policyDefinitionId, definitionVersion } = assignment.properties;
    const set = sets.get(policyDefinitionId.toLowerCase());
    const missed = (definition: string): [] => {
      if (!isBuiltIn(definition)) unread.push({ assignment: assignment.id, definition });
      return [];
    };
    const members: readonly Member[] =
      set?.properties.policyDefinitions ??
      (/\/policysetdefinitions\//i.test(policyDefinitionId)
        ? missed(policyDefinitionId)
        : [{ policyDefinitionId, definitionVersion }]);
    return members.flatMap((member) => {
      const definition = definitions.get(member.policyDefinitionId.toLowerCase());
      if (definition === undefined) return missed(member.policyDefinitionId);
      const rule = ruleOf(lists, assignment, definition, set === undefined ? undefined : { set, member });
      return rule === undefined ? [] : [rule];
    });
  });
  return { rules, unread };
}

/** What is assigned to a resource group holds for a part of the subscription, however Azure came to list it. */
function isAtOrAbove(scope: string, subscription: string): boolean {
  const one = plain(scope);
  return one === subscription.toLowerCase() || one.startsWith('/providers/microsoft.management/managementgroups/');
}

/** An id as it is compared. */
function plain(id: string): string {
  return id.toLowerCase().replace(/\/$/, '');
}

/** Of Azure’s own the id begins with the provider, of anybody else’s with a scope. */
function isBuiltIn(definition: string): boolean {
  return /^\/providers\/microsoft\.authorization\//i.test(definition);
}

function ruleOf(
  lists: PolicyLists,
  { id, properties: assigned }: Assignment,
  definition: Definition,
  within: { readonly set: PolicySet; readonly member: Member } | undefined,
): AssignedRule | undefined {
  const { properties } = definition;
  const hash = ruleHash(properties);
  const released = Object.entries(RELEASED_RULES).find(([, each]) => each === hash)?.[0];
  const bears = released === undefined ? resemblances(definition) : (BEARS[released] ?? []);
  if (bears.length === 0) return undefined;
  const reference = within?.member.policyDefinitionReferenceId ?? undefined;
  const value = (name: string): unknown =>
    within === undefined
      ? parameterOf(name, assigned.parameters, properties.parameters)
      : parameterOf(name, within.member.parameters, properties.parameters, {
          values: assigned.parameters,
          declared: within.set.properties.parameters,
        });
  const effect = value('effect');
  const approved = textsOf(value('approvedSubnetIds'))?.map((each) => each.toLowerCase());
  const many = (of: Versions, pinned: string | null | undefined): boolean =>
    pinned != null && (of.versions ?? []).length > 1;
  const nonCompliant = lists.nonCompliant.get(id.toLowerCase());
  return {
    assignment: id,
    scope: assigned.scope.toLowerCase(),
    definition: definition.id,
    hash,
    released: released !== undefined,
    bears: [...bears],
    ...(reference === undefined ? {} : { reference }),
    mode: assigned.enforcementMode ?? 'Default',
    notScopes: (assigned.notScopes ?? []).map((each) => each.toLowerCase()),
    ...(typeof effect === 'string' ? { effect } : {}),
    ...(approved === undefined ? {} : { approved }),
    overrides: (assigned.overrides ?? []).map(({ kind, value: to, selectors }) => ({
      kind,
      value: to ?? '',
      selectors: selectorsOf(selectors),
    })),
    resourceSelectors: (assigned.resourceSelectors ?? []).map(({ selectors }) => selectorsOf(selectors)),
    exemptions: lists.exemptions.flatMap((each) => exemptionOf(each, id, reference)),
    otherVersions:
      many(properties, within === undefined ? assigned.definitionVersion : within.member.definitionVersion) ||
      (within !== undefined && many(within.set.properties, assigned.definitionVersion)),
    ...(nonCompliant === undefined ? {} : { nonCompliant }),
    enrolled: lists.enrolled.get(id.toLowerCase()) ?? 0,
  };
}

function exemptionOf(
  { id, properties: exemption }: Exemption,
  assignment: string,
  reference: string | undefined,
): AssignedRule['exemptions'] {
  if (plain(exemption.policyAssignmentId) !== plain(assignment)) return [];
  const references = (exemption.policyDefinitionReferenceIds ?? []).map((each) => each.toLowerCase());
  // Without a reference it is about all of the initiative; one of a policy by itself has none.
  const others = reference !== undefined && references.length > 0 && !references.includes(reference.toLowerCase());
  if (others) return [];
  return [
    {
      id,
      ...(exemption.expiresOn == null ? {} : { expiresOn: exemption.expiresOn }),
      resourceSelectors: (exemption.resourceSelectors ?? []).map(({ selectors }) => selectorsOf(selectors)),
    },
  ];
}

function selectorsOf(selectors: readonly Selector[] | null | undefined): PolicySelector[] {
  return (selectors ?? []).map(({ kind, in: only, notIn }) => ({
    kind,
    ...(only == null ? {} : { in: [...only] }),
    ...(notIn == null ? {} : { notIn: [...notIn] }),
  }));
}

/** What the released rules are about that points 4 and 5 ask for. */
const BEARS: Readonly<Record<string, AssignedRule['bears']>> = {
  'mcp-managed-identity': ['identity'],
  'mcp-approved-subnet': ['subnet'],
};

/** What a rule that is none of the released ones may be about: a person has to compare. */
function resemblances({ name, properties }: Definition): AssignedRule['bears'] {
  const rule = JSON.stringify(properties.policyRule ?? {}).toLowerCase();
  const named = name.toLowerCase();
  const ofGroups = rule.includes('microsoft.containerinstance');
  const identity = named === 'mcp-managed-identity' || (ofGroups && /"identity|identity\.|identity\[/.test(rule));
  const subnet = named === 'mcp-approved-subnet' || (ofGroups && /subnet|networkprofile|ipaddress/.test(rule));
  return [...(identity ? (['identity'] as const) : []), ...(subnet ? (['subnet'] as const) : [])];
}
