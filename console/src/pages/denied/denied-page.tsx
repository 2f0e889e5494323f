import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { setFilter } from '../../address.ts';
import { type Schemas, take } from '../../api.ts';
import { endsSoon } from '../../parts/held/denied-words.ts';
import { SearchFilter } from '../../parts/list/search-filter.tsx';
import { Empty, Fault, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session.ts';
import { isContainedOnly, Table } from './denied-table.tsx';
import { Warnings } from './denied-warnings.tsx';

type Row = Schemas['Denied'];

const REFRESH_MS = 15_000;

/** Rows that are drawn at first; released ones are never deleted. */
const PAGE = 50;

/** What can be chosen, and what it leaves. */
const SHOWN: Readonly<Record<string, readonly [words: string, wanted: (row: Row) => boolean]>> = {
  denied: ['denied now', ({ state }) => state !== 'released'],
  case: ['denied by a case', ({ state, caseId }) => state === 'denied' && caseId !== undefined],
  contained: ['contained only, without a case', (row) => row.state === 'denied' && isContainedOnly(row)],
  soon: ['ends within a day', endsSoon],
  released: ['released', ({ state }) => state === 'released'],
  all: ['everybody who ever was', () => true],
};

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
