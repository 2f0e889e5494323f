import type { EntraState } from '../state/state.ts';
import type { UserRow } from '../state/state-people.ts';

/** One object of a delta: what was selected of a user who is there, or that it is there no more, and whether it can come back. */
export type UserDelta = Readonly<Record<string, unknown>> & {
  readonly id: string;
  /** `changed`: among the deleted items. `deleted`: for good. */
  readonly '@removed'?: { readonly reason: 'changed' | 'deleted' };
};

/** How each user stood when a token was given out. */
type Snapshot = ReadonlyMap<string, Stood>;
interface Stood {
  /** What was selected of somebody who was there, as JSON; undefined among the deleted. */
  readonly shown?: string;
  /** Deleting and restoring make a new row: it is a change, although nothing differs afterwards. */
  readonly row: UserRow;
}

interface Token {
  readonly select: readonly string[];
  readonly snapshot: Snapshot;
  readonly issuedAt: number;
  /** What the round that ended with this token had shown: it may be shown again. */
  readonly shown: readonly UserDelta[];
}

/** A delta token of the directory lives for seven days: learn.microsoft.com/graph/delta-query-overview. */
const LIFETIME_MS = 7 * 86_400_000;
/** Older ones are forgotten, and answer as expired ones do. */
const MOST_TOKENS = 500;

/** What users changed since a token, as `/users/delta` shows it. Whoever changes twice between two rounds is shown once. */
export function userDeltas(state: Pick<EntraState, 'users' | 'deletedUsers' | 'switches'>, now: () => Date) {
  const tokens = new Map<string, Token>();
  let issued = 0;
  const issue = (select: readonly string[], snapshot: Snapshot, shown: readonly UserDelta[]): string => {
    issued += 1;
    const name = `t${issued}`;
    tokens.set(name, { select, snapshot, issuedAt: now().getTime(), shown });
    const oldest = [...tokens.keys()].slice(0, Math.max(0, tokens.size - MOST_TOKENS));
    for (const each of oldest) tokens.delete(each);
    return name;
  };
  return {
    /** A token for whatever changes from now on. */
    latest: (select: readonly string[]): string => issue(select, snapshotOf(state, select), []),
    /** Everybody, and a token for what changes from now on. */
    everybody: (select: readonly string[]) => round(select, new Map(), []),
    /** What changed since; undefined where the token has expired, or was never given out. */
    since: (name: string) => {
      const token = tokens.get(name);
      if (token === undefined || now().getTime() - token.issuedAt > LIFETIME_MS) return undefined;
      return round(token.select, token.snapshot, token.shown);
    },
  };

  function round(select: readonly string[], before: Snapshot, shownBefore: readonly UserDelta[]) {
    const { late, replays } = state.switches.delta;
    const after = new Map(snapshotOf(state, select));
    // Whom the replica that answers has not heard of yet stands as before, and is shown in a later round.
    for (const id of late) {
      const stood = before.get(id);
      if (stood === undefined) after.delete(id);
      else after.set(id, stood);
    }
    const ids = [...new Set([...before.keys(), ...after.keys()])].filter((id) => {
      const [then, today] = [before.get(id), after.get(id)];
      return then?.row !== today?.row || then?.shown !== today?.shown;
    });
    const news = ids.map((id) => deltaOf(id, after.get(id)));
    return { changes: replays ? [...shownBefore, ...news, ...news] : news, next: issue(select, after, news) };
  }
}

function deltaOf(id: string, stands: Stood | undefined): UserDelta {
  if (stands === undefined) return { id, '@removed': { reason: 'deleted' } };
  if (stands.shown === undefined) return { id, '@removed': { reason: 'changed' } };
  return { ...(JSON.parse(stands.shown) as Record<string, unknown>), id };
}

function snapshotOf(
  { users, deletedUsers }: Pick<EntraState, 'users' | 'deletedUsers'>,
  select: readonly string[],
): Snapshot {
  const cut = (row: UserRow): string =>
    JSON.stringify(Object.fromEntries(Object.entries(row).filter(([name]) => select.includes(name))));
  return new Map<string, Stood>([
    ...users.all().map((row) => [row.id, { shown: cut(row), row }] as const),
    ...deletedUsers.all().map((row) => [row.id, { row }] as const),
  ]);
}
