import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf, setFilter } from '../address.ts';
import { type Schemas, take } from '../api.ts';
import { Ask } from '../parts/ask.tsx';
import { Chip } from '../parts/chip.tsx';
import { endsSoon, isOnlyCase, KIND_WORDS } from '../parts/denied-words.ts';
import { KnownPerson } from '../parts/known.tsx';
import { List } from '../parts/list.tsx';
import { SearchFilter } from '../parts/search-filter.tsx';
import { Empty, Fault, Loading } from '../parts/states.tsx';
import { Time } from '../parts/time.tsx';
import { useSession } from '../session.ts';

type Row = Schemas['Denied'];

const REFRESH_MS = 15_000;
/** Rows that are drawn at first; released ones are never deleted. */
const PAGE = 50;
/** From here on people have time to make room, as the app's own alert counts. */
const NEARLY_FULL = 0.8;

/** What can be chosen, and what it leaves. */
const SHOWN: Readonly<Record<string, readonly [words: string, wanted: (row: Row) => boolean]>> = {
  denied: ['denied now', ({ state }) => state !== 'released'],
  case: ['denied by a case', ({ state, caseId }) => state === 'denied' && caseId !== undefined],
  contained: ['contained only, without a case', (row) => row.state === 'denied' && isContainedOnly(row)],
  soon: ['ends within a day', endsSoon],
  released: ['released', ({ state }) => state === 'released'],
  all: ['everybody who ever was', () => true],
};

function isContainedOnly({ caseId, byPerson }: Row): boolean {
  return caseId === undefined && byPerson !== undefined;
}

export function DeniedPage({ query }: { readonly query: URLSearchParams }) {
  const { api } = useSession();
  const asked = useQuery({
    queryKey: ['denied'],
    queryFn: () => take(api.GET('/api/denied')),
    refetchInterval: REFRESH_MS,
  });
  const rows = asked.data?.rows ?? [];
  return (
    <>
      <div className="heading">
        <h1>Deny list</h1>
      </div>
      <p className="lead">
        Whom the gateway refuses, whatever token they show: leavers, and whoever was contained alone.
      </p>
      {asked.data !== undefined && <Warnings {...asked.data} />}
      <Filters query={query} rows={rows} />
      {asked.isPending ? (
        <Loading what="the deny list" />
      ) : asked.data === undefined ? (
        <Fault error={asked.error} again={() => void asked.refetch()} />
      ) : (
        <Chosen rows={rows} query={query} />
      )}
    </>
  );
}

interface Answer {
  readonly rows: readonly Row[];
  readonly blocked?: string;
  readonly room?: { readonly taken: number; readonly of: number };
}

function Warnings({ rows, blocked, room }: Answer) {
  const { may } = useSession();
  const [isAsking, setAsking] = useState(false);
  const soon = rows.filter(endsSoon).length;
  const unreadable = rows.filter(({ state }) => state === 'unreadable').length;
  const share = room === undefined ? 0 : room.taken / room.of;
  return (
    <>
      {blocked !== undefined && (
        <section className="panel bad">
          <h2>Nothing is taken off the gateway’s list</h2>
          <p>{blocked}</p>
          <p>Recover the table from its backup. Where it is right as it is, accept it.</p>
          {may.has('operate') && (
            <button type="button" className="danger" onClick={() => setAsking(true)}>
              Accept the table as it is
            </button>
          )}
        </section>
      )}
      {room !== undefined && share >= NEARLY_FULL && (
        <section className={`panel ${share >= 1 ? 'bad' : 'warn'}`}>
          <h2>{share >= 1 ? 'The list is full' : `The list is ${Math.round(share * 100)} % full`}</h2>
          <p>
            {room.taken} of {room.of} places are taken. Add a name to <code>deny_list_named_values</code> of{' '}
            <code>gateway_settings</code> and apply; release whoever need not be denied any more.
          </p>
        </section>
      )}
      {unreadable > 0 && (
        <p className="panel warn">
          {unreadable === 1 ? 'A row cannot be read' : `${unreadable} rows cannot be read`}: a newer release wrote it,
          or somebody edited it. Whom it names stays as they are.
        </p>
      )}
      {soon > 0 && (
        <p className="panel warn">
          {soon === 1 ? 'One containment ends' : `${soon} containments end`} within a day: then the gateway lets them in
          again, and nobody is asked. <a href={addressOf('/denied', { show: 'soon' })}>Extend or let them end</a>
        </p>
      )}
      {room !== undefined && share < NEARLY_FULL && (
        <p className="hint">
          {room.taken} of {room.of} places of the gateway’s list are taken.
        </p>
      )}
      {isAsking && <Accept onClose={() => setAsking(false)} />}
    </>
  );
}

function Accept({ onClose }: { readonly onClose: () => void }) {
  const { api } = useSession();
  return (
    <Ask
      title="Accept the table as it is"
      verb="Accept the table"
      danger
      reasonHint="It stands in the log, with your name."
      act={({ reason }) => take(api.POST('/api/denied/accept', { body: { reason } }))}
      onClose={onClose}
    >
      <p>
        From now on the gateway’s list is written from this table again. Whoever is on the list and in no row stays
        denied and gets a row; whoever a row says is released is taken off. A table from an old backup denies again
        whoever was released since: look at the rows before.
      </p>
    </Ask>
  );
}

function Filters({ query, rows }: { readonly query: URLSearchParams; readonly rows: readonly Row[] }) {
  return (
    <search>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <SearchFilter query={query} placeholder="Name, object id or reason" />
        <label>
          <span>Show</span>
          <select value={query.get('show') ?? 'denied'} onChange={({ target }) => setFilter('show', target.value)}>
            {Object.entries(SHOWN).map(([name, [words, wanted]]) => (
              <option key={name} value={name}>
                {words} ({rows.filter(wanted).length})
              </option>
            ))}
          </select>
        </label>
      </form>
    </search>
  );
}

function Chosen({ rows, query }: { readonly rows: readonly Row[]; readonly query: URLSearchParams }) {
  const [most, setMost] = useState(PAGE);
  const wanted = SHOWN[query.get('show') ?? 'denied']?.[1] ?? (() => true);
  const search = (query.get('search') ?? '').trim().toLowerCase();
  const found = rows
    .filter((row) => wanted(row) && textOf(row).includes(search))
    .toSorted((one, other) => Date.parse(other.changedAt) - Date.parse(one.changedAt));
  if (found.length === 0)
    return (
      <Empty title={query.size === 0 ? 'Nobody is denied' : 'Nobody matches'}>
        <p>
          {query.size === 0 ? (
            'Whoever leaves, or is contained, stands here within seconds.'
          ) : (
            <a href="#/denied">Show everybody who is denied now</a>
          )}
        </p>
      </Empty>
    );
  return (
    <>
      <Table rows={found.slice(0, most)} />
      {found.length > most && (
        <button type="button" className="more" onClick={() => setMost(most + PAGE)}>
          Show more of {found.length}
        </button>
      )}
      <p className="heard" role="status" aria-live="polite">
        {found.length} shown
      </p>
    </>
  );
}

function textOf({ oid, displayName, userPrincipalName, why, caseId }: Row): string {
  return [oid, displayName, userPrincipalName, why, caseId].join('\n').toLowerCase();
}

function Table({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <List
      caption="Who is denied"
      rows={rows}
      keyOf={({ oid }) => oid}
      columns={[
        {
          title: 'Who',
          show: (row) => (
            <>
              {row.kind === 'person' ? <KnownPerson {...row} /> : <code>{row.oid}</code>}
              <small>{KIND_WORDS[row.kind]}</small>
            </>
          ),
        },
        { title: 'State', show: (row) => <State row={row} /> },
        {
          title: 'Why',
          show: (row) => (
            <>
              {isOnlyCase(row) ? 'A case: they leave' : row.why}
              {row.caseId !== undefined && (
                <small>
                  <a href={addressOf(`/cases/${row.caseId}`)}>The case</a>
                </small>
              )}
            </>
          ),
        },
        { title: 'Since', show: ({ since, state }) => (state === 'unreadable' ? 'not readable' : <Time at={since} />) },
        { title: 'Until', show: ({ until }) => (until === undefined ? 'no end' : <Time at={until} />) },
        { title: 'More', show: ({ oid }) => <a href={addressOf(`/denied/${oid}`)}>Release, extend, history</a> },
      ]}
    />
  );
}

function State({ row }: { readonly row: Row }) {
  if (row.state === 'released') return <Chip tone="quiet">Released</Chip>;
  if (row.state === 'unreadable') return <Chip tone="bad">Not readable</Chip>;
  return (
    <span className="chips">
      <Chip tone="bad">Denied</Chip>
      {isContainedOnly(row) && <Chip tone="quiet">Contained only</Chip>}
      {endsSoon(row) && <Chip tone="warn">Ends soon</Chip>}
    </span>
  );
}
