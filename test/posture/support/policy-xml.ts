import assert from 'node:assert/strict';
import { type PolicyElement, parsePolicy } from '../../../src/posture/gateway-policy/parsing/parse-policy.ts';

/** The elements of a policy, as they stand in the XML. */
export function elements(xml: string): readonly PolicyElement[] {
  const parsed = parsePolicy(`<inbound>${xml}</inbound>`);
  return 'root' in parsed ? parsed.root.children : assert.fail(parsed.unreadable);
}

/** The first of them. */
export const element = (xml: string): PolicyElement => elements(xml)[0] ?? assert.fail('no element');
