import { useInfiniteQuery } from '@tanstack/react-query';
import { addressOf, setFilter } from '../address.ts';
import { type Case, take } from '../api.ts';
import { Standing } from '../parts/chip.tsx';
import { List } from '../parts/list.tsx';
import { cursorOf, More } from '../parts/more.tsx';
import { nameOf } from '../parts/person.tsx';
import { Empty, Fault, Loading } from '../parts/states.tsx';
import { Time } from '../parts/time.tsx';
import { useSession } from '../session.ts';

const FILTERS = {
  state: ['scheduled', 'open', 'running', 'filed', 'refused', 'cancelled', 'failed'],
  outcome: ['clear', 'residual', 'attention', 'incomplete', 'failed'],
  trigger: ['entra-event', 'hr-queue', 'api', 'sweep', 'lifecycle-workflow'],
  mode: ['plan', 'apply'],
} as const;

/** How often a list that is looked at is asked for again, in milliseconds. */
const REFRESH_MS = 10_000;

export function CasesPage({ query }: { readonly query: URLSearchParams }) {
  const { api, may } = useSession();
  const given = Object.fromEntries(query);
  const list = useInfiniteQuery({
    queryKey: ['cases', given],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      take(
        api.GET('/api/cases', {
          params: { query: { ...given, ...(pageParam !== '' && { after: pageParam }) } as never },
        }),
      ),
    getNextPageParam: ({ next }) => cursorOf(next),
    refetchInterval: REFRESH_MS,
  });
  const cases = list.data?.pages.flatMap((page) => page.cases) ?? [];
  return (
    <>
      <div className="heading">
        <h1>Cases</h1>
        {may.has('operate') && (
          <a className="button" href="#/new">
            New case
          </a>
        )}
      </div>
      <Filters query={query} />
      {list.isPending ? (
        <Loading what="the cases" />
      ) : list.isError && cases.length === 0 ? (
        <Fault error={list.error} again={() => void list.refetch()} />
      ) : cases.length === 0 ? (
        <Empty title={query.size === 0 ? 'No case yet' : 'No case matches these filters'}>
          <p>
            {query.size === 0 ? (
              'A case opens when somebody is deleted in Entra, when HR says so, or when you open one.'
            ) : (
              <a href="#/cases">Show all cases</a>
            )}
          </p>
        </Empty>
      ) : (
        <CaseTable cases={cases} />
      )}
      <More shown={list.hasNextPage} load={() => void list.fetchNextPage()} busy={list.isFetchingNextPage} />
      <p className="heard" role="status" aria-live="polite">
        {list.isPending ? '' : `${cases.length} cases${list.hasNextPage ? ', more below' : ''}`}
      </p>
    </>
  );
}

function Filters({ query }: { readonly query: URLSearchParams }) {
  return (
    <search>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          <span>Search</span>
          <input
            type="search"
            defaultValue={query.get('search') ?? ''}
            placeholder="Name, reason, case or who asked"
            onChange={({ target }) => target.value.length !== 1 && setFilter('search', target.value)}
          />
        </label>
        {Object.entries(FILTERS).map(([name, values]) => (
          <label key={name}>
            <span>{name[0]?.toUpperCase() + name.slice(1)}</span>
            <select value={query.get(name) ?? ''} onChange={({ target }) => setFilter(name, target.value)}>
              <option value="">any</option>
              {values.map((value) => (
                <option key={value}>{value}</option>
              ))}
            </select>
          </label>
        ))}
        <label className="check">
          <input
            type="checkbox"
            checked={query.get('incident') === 'true'}
            onChange={({ target }) => setFilter('incident', target.checked ? 'true' : '')}
          />
          <span>Incidents only</span>
        </label>
      </form>
    </search>
  );
}

function CaseTable({ cases }: { readonly cases: readonly Case[] }) {
  return (
    <List
      caption="Cases"
      rows={cases}
      keyOf={({ caseId }) => caseId}
      columns={[
        {
          title: 'Leaver',
          show: (row) => (
            <>
              <a href={addressOf(`/cases/${row.caseId}`)}>{nameOf(row)}</a>
              <small>{row.reason}</small>
            </>
          ),
        },
        { title: 'Outcome', show: (row) => <Standing row={row} /> },
        { title: 'What waits', show: waitsOf },
        { title: 'Opened', show: ({ openedAt }) => <Time at={openedAt} /> },
        { title: 'By', show: ({ trigger }) => trigger },
      ]}
    />
  );
}

function waitsOf(row: Case): string {
  if (row.onHold !== undefined) return 'Release or cancel it';
  if (row.state === 'filed' && row.outcome === 'attention') return 'A decision';
  if (row.state === 'scheduled') return 'Its day';
  return row.state === 'running' || row.state === 'open' ? 'Nothing: it works' : '';
}
