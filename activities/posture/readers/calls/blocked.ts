import type { BlockedRequest } from '../../../../src/connectors/assessor/alerts/activity-log.ts';
import {
  type Blocked,
  type BlockedLedger,
  BlockedLedgerSchema,
  enterBlocked,
  readFrom,
} from '../../../../src/posture/runs/blocked-ledger.ts';
import type { Reader, ReadFacts, ReadFault } from '../../reader.ts';

const DAY_MS = 86_400_000;
/** What the number is of. */
const DAYS = 30;
/** What the released policies are about. */
const PROVIDER = 'Microsoft.ContainerInstance';

type Context = Parameters<Reader>[0];

/** What Azure refused in thirty days: what is kept, and what the logs have had since. */
export const readBlocked: Reader = async (context) => {
  const at = context.now();
  const ids = context.settings.SUBSCRIPTION_IDS;
  const oldest = new Date(at.getTime() - DAYS * DAY_MS).toISOString();
  const read = await Promise.all(ids.map((id) => readOne(context, id.toLowerCase(), at, oldest)));
  return {
    facts: {
      subscriptions: read.flatMap(({ id, since }) => (since === undefined ? [] : [{ id, since }])),
      blocked: read.flatMap(({ blocked }) => blocked).filter((each) => each.at >= oldest),
    },
    failures: read.flatMap(({ failures }) => failures),
    gaps: [
      ...read.flatMap(({ gaps }) => gaps),
      ...(ids.length === 0
        ? [{ reason: 'not-configured' as const, detail: 'SUBSCRIPTION_IDS names no subscription.' }]
        : []),
    ],
  };
};

interface ReadOne {
  readonly id: string;
  readonly since: string | undefined;
  readonly blocked: readonly Blocked[];
  readonly failures: readonly ReadFault[];
  readonly gaps: NonNullable<ReadFacts['gaps']>;
}

async function readOne({ vendors, settings }: Context, id: string, to: Date, oldest: string): Promise<ReadOne> {
  // In the container `work`.
  const name = `posture/blocked/${id}.json`;
  const before = parsed(await vendors.storage.changeDocument(name, () => undefined));
  const from = readFrom(before, to);
  const subscription = settings.SUBSCRIPTION_IDS.find((each) => each.toLowerCase() === id) ?? id;
  const { items, failure } = await vendors.assessor.listBlocked(subscription, { from, to, provider: PROVIDER });
  const blocked = items.flatMap(understood);
  const read = { from, to, blocked, whole: failure === undefined };
  const text = await vendors.storage.changeDocument(name, (stands) => {
    const next = enterBlocked(parsed(stands), read);
    return next === undefined ? undefined : JSON.stringify(next);
  });
  const ledger = parsed(text);
  const odd = items.length - blocked.length;
  const since = ledger?.since;
  const late = since !== undefined && since > oldest;
  return {
    id,
    since,
    blocked: ledger?.blocked ?? blocked,
    failures: failure === undefined ? [] : [{ which: id, failure }],
    gaps: [
      ...(odd === 0
        ? []
        : [
            {
              reason: 'unreadable' as const,
              detail: `Of ${odd} refused requests the log of ${id} does not say by what.`,
            },
          ]),
      ...(late
        ? [{ reason: 'partial' as const, detail: `What was refused in ${id} is known since ${since} only.` }]
        : []),
    ],
  };
}

function understood({ by, ...rest }: BlockedRequest): Blocked[] {
  return by === undefined ? [] : [{ ...rest, by: by.map((each) => ({ ...each })) }];
}

function parsed(text: string | undefined): BlockedLedger | undefined {
  return text === undefined ? undefined : BlockedLedgerSchema.parse(JSON.parse(text));
}
