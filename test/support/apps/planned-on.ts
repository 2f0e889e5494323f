import type { RemedyCall as AnyCall } from '../../../src/cases/remedies/remedy.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { remedyDefinition } from '../../../src/steps/registry.ts';

/** The call as discovery would plan it: on what its target is now. */
export async function plannedOn(vendors: Vendors, call: Omit<AnyCall, 'expected'>): Promise<AnyCall> {
  const unplanned: AnyCall = { ...call, kind: String(call.kind), expected: {} };
  const read = await remedyDefinition(unplanned).read(vendors, unplanned);
  if (!read.ok || read.value.state !== 'present') throw new Error(`${unplanned.kind} has no target to be planned on.`);
  return { ...unplanned, expected: read.value.now };
}
