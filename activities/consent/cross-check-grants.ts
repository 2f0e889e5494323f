import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import type { Grant } from '../../src/connectors/graph/applications/grants.ts';
import type { ServicePrincipal } from '../../src/connectors/graph/applications/service-principals.ts';
import type { Listing } from '../../src/connectors/listing.ts';
import { mapBounded } from '../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../src/connectors/result.ts';
import type { Vendors } from '../../src/connectors/vendors.ts';
import type { Leaver } from '../../src/people/leaver.ts';
import { classifyGrant } from '../../src/steps/consent/rules/classify-grant.ts';
import { confirmed, sameIds } from '../../src/steps/consent/rules/confirm-absence.ts';
import { type GrantKey, grantIdOf } from '../../src/steps/consent/rules/grant-id.ts';
import type { ShownElsewhere } from './shown-elsewhere.ts';
import { CONSENTS, type ShownOfDeleted } from './shown-of-deleted.ts';

export interface CrossCheck {
  /** The leaver’s grants that exist although no list from the gateway’s side showed them. */
  readonly hidden: readonly Grant[];
  readonly coverage: Coverage;
  readonly failure?: VendorFailure;
}

/** What the first question, from the gateway’s side, brought. */
export interface FirstAnswer {
  readonly gatewayId: string;
  readonly listed: readonly Grant[];
  /** Whether the lists were read to their ends. */
  readonly whole: boolean;
  /** Clients that need no consent, and may have one all the same. */
  readonly exempt: Listing<ServicePrincipal>;
  readonly shown: ShownOfDeleted;
  readonly elsewhere: ShownElsewhere;
}

/**
 * Asks for the leaver’s grants once more, from the person’s side, and where that leaves a doubt for each possible one by
 * its id: lists of grants were seen to leave some out, and nobody documents what they show of a deleted user.
 */
export async function crossCheckGrants(
  vendors: Pick<Vendors, 'graph'>,
  { oid, state }: Pick<Leaver, 'oid' | 'state'>,
  first: FirstAnswer,
): Promise<CrossCheck> {
  const { gatewayId, listed } = first;
  const own = (grants: readonly Grant[]): Grant[] =>
    grants.filter((grant) => OWN.includes(classifyGrant(grant, oid, gatewayId)));
  const known = own(listed);
  const byPerson = await first.elsewhere.ofPerson();
  const theirs = own(byPerson.items);
  const living = state === 'active' || state === 'disabled';
  const doubtful = byPerson.failure !== undefined || (!living && known.length + theirs.length === 0);
  const byId = doubtful ? await askById(vendors, keysOf(first, oid)) : NOT_ASKED;
  const unlisted = byId.found.filter(({ id }) => ![...known, ...theirs].some((grant) => grant.id === id));
  const failure = byPerson.failure ?? byId.failure ?? (doubtful ? first.exempt.failure : undefined);
  const silent = doubtful && failure === undefined && unlisted.length === 0;
  const { shown } = first;
  const cutOn = silent ? await shown.cut(CONSENTS) : undefined;
  const unknown = silent && cutOn === undefined;
  const showsDeleted =
    unknown &&
    (await shown.now(
      CONSENTS,
      listed.flatMap(({ principalId }) => principalId ?? []),
    ));
  const elsewhere = unknown && !showsDeleted ? await first.elsewhere.consents() : {};
  const passing = failure ?? elsewhere.failure;
  const ids = (grants: readonly Grant[]): string[] => grants.map(({ id }) => id);
  if (unlisted.length > 0) shown.note(CONSENTS, false);
  else if (known.length + theirs.length > 0 && first.whole && byPerson.failure === undefined) {
    shown.note(CONSENTS, sameIds(ids(known), ids(theirs)));
  }
  return {
    hidden: [...theirs, ...unlisted].filter(({ id }) => !known.some((grant) => grant.id === id)),
    coverage: confirmed({
      source: 'entra/grant-cross-check',
      things: 'consents',
      looked: {
        asked: 1 + byId.asked,
        count: (byPerson.failure === undefined ? 1 : 0) + byId.asked - byId.open,
        unit: 'questions',
      },
      ...(first.whole ? { first: ids(known) } : {}),
      second: ids(theirs),
      hidden: ids(unlisted),
      ...(failure === undefined ? {} : { failure }),
      state,
      seen: known.length + theirs.length > 0,
      showsDeleted,
      shownElsewhere: elsewhere.why,
      cutOn,
      shownBefore: unknown && !showsDeleted && elsewhere.why === undefined ? await shown.before(CONSENTS) : undefined,
    }),
    ...(passing === undefined ? {} : { failure: passing }),
  };
}

const OWN = ['leaver-to-gateway', 'leaver-behind-gateway'];

/** Every grant that the leaver could have with a client or an API that anybody’s grants name. */
function keysOf({ gatewayId, listed, exempt }: FirstAnswer, principalId: string): GrantKey[] {
  const clients = [...listed.map(({ clientId }) => clientId), ...exempt.items.map(({ id }) => id)];
  const behind = listed.filter(({ clientId }) => clientId === gatewayId);
  return [
    ...clients.filter((id) => id !== gatewayId).map((clientId) => ({ clientId, resourceId: gatewayId, principalId })),
    ...behind.map(({ resourceId }) => ({ clientId: gatewayId, resourceId, principalId })),
  ];
}

interface ById {
  readonly found: readonly Grant[];
  readonly asked: number;
  /** Ids about which Graph gave no answer. */
  readonly open: number;
  readonly failure?: VendorFailure;
}

const NOT_ASKED: ById = { found: [], asked: 0, open: 0 };
const AT_ONCE = 10;

async function askById(vendors: Pick<Vendors, 'graph'>, keys: readonly GrantKey[]): Promise<ById> {
  const ids = [...new Set(keys.map(grantIdOf))];
  const answers = await mapBounded(ids, AT_ONCE, (id) => vendors.graph.readGrant(id));
  const found = answers.flatMap((answer) => (answer.ok ? answer.value : []));
  const unread = answers.flatMap((answer) => (answer.ok || answer.failure.kind === 'not-found' ? [] : answer.failure));
  const [failure] = unread;
  return { found, asked: ids.length, open: unread.length, ...(failure === undefined ? {} : { failure }) };
}
