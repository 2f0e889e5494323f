import { type PolicyParts, sectionOf, type WrittenPolicy } from './flow.ts';
import { targetsOf, within } from './parsing/elements.ts';
import { type FlowFacts, readFlow } from './read-flow.ts';

/** What a chain of policies does to a request, from the innermost to the service’s own. */
export function readPolicies(chain: readonly WrittenPolicy[], parts: PolicyParts): FlowFacts {
  const flow = readFlow(sectionOf('inbound', chain, parts), sectionOf('on-error', chain, parts));
  // A check there would come late; but it may say anew where the request goes.
  const behind = within(sectionOf('backend', chain, parts));
  const targets = behind.filter(({ name }) => name === 'set-backend-service').flatMap(targetsOf);
  const unread = behind.flatMap(({ name, text }) => (name === '#unread' ? [text?.text ?? ''] : []));
  return {
    ...flow,
    targets: [...new Set([...flow.targets, ...targets])],
    unread: [...new Set([...flow.unread, ...unread.filter((each) => each !== '')])],
    incomplete: flow.incomplete || unread.includes(''),
  };
}
