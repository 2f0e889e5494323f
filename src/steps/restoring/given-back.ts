import type { RemedyCall } from '../../cases/remedies/remedy.ts';
import type { GivenBack } from '../../cases/remedies/restore.ts';
import { remedyDefinition } from '../registry.ts';
import { targetOf } from './restoring.ts';

/** The newest word about the same target, by whichever number the vendor has it now. */
export function givenBackOf(all: readonly GivenBack[], call: RemedyCall): GivenBack | undefined {
  if (all.length === 0) return undefined;
  const target = targetOf(call, remedyDefinition(call).restore);
  return all.findLast(({ wanted }) => targetOf(wanted.call, remedyDefinition(wanted.call).restore) === target);
}
