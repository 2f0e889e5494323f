import { type PolicyParts, sectionOf, type WrittenPolicy } from './flow.ts';
import { type FlowFacts, readFlow } from './read-flow.ts';

/** What a chain of policies does to a request, from the innermost to the service’s own. */
export function readPolicies(chain: readonly WrittenPolicy[], parts: PolicyParts): FlowFacts {
  return readFlow(sectionOf('inbound', chain, parts), sectionOf('on-error', chain, parts));
}
