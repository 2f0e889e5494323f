import type { Grant } from '../../src/connectors/graph/grants.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import { type GrantKey, grantIdOf } from '../../src/steps/consent/rules/grant-id.ts';

export interface CrossCheck {
  /** Grants that exist although no list showed them. */
  readonly hidden: readonly Grant[];
  readonly asked: number;
  /** Ids about which Graph gave no answer. */
  readonly open: number;
  readonly failure?: VendorFailure;
}

const AT_ONCE = 10;

/**
 * Asks for each possible grant by its id. Nobody documents whether Graph lists the grants of a deleted user, so an
 * empty list proves nothing; a 404 for the id does.
 */
export async function crossCheckGrants(
  vendors: Pick<Vendors, 'graph'>,
  keys: readonly GrantKey[],
): Promise<CrossCheck> {
  const ids = [...new Set(keys.map(grantIdOf))];
  const hidden: Grant[] = [];
  let open = 0;
  let failure: VendorFailure | undefined;
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const answers = await Promise.all(ids.slice(start, start + AT_ONCE).map((id) => vendors.graph.readGrant(id)));
    for (const answer of answers) {
      if (answer.ok) hidden.push(answer.value);
      else if (answer.failure.kind !== 'not-found') {
        open += 1;
        failure ??= answer.failure;
      }
    }
  }
  return { hidden, asked: ids.length, open, ...(failure === undefined ? {} : { failure }) };
}
