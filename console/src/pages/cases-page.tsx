import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { addressOf, goTo, setFilter } from '../address.ts';
import { type Case, take } from '../api.ts';
import { Standing } from '../parts/chip.tsx';
import { TRIGGERS } from '../parts/held/triggers.ts';
import { type Column, List } from '../parts/list/list.tsx';
import { cursorOf, More } from '../parts/list/more.tsx';
import { useSettled } from '../parts/people/people-picker.tsx';
import { nameOf } from '../parts/people/person.tsx';
import { Empty, Fault, Loading } from '../parts/states.tsx';
import { Time } from '../parts/time/time.tsx';
import { useSession } from '../session.ts';
import { waitsOf } from './what-waits.tsx';

const FILTERS = {
  state: ['scheduled', 'open', 'running', 'filed', 'refused', 'cancelled', 'failed'],
  outcome: ['clear', 'residual', 'attention', 'incomplete', 'failed'],
  trigger: ['entra-event', 'hr-queue', 'api', 'sweep', 'lifecycle-workflow'],
  mode: ['plan', 'apply'],
} as const;

/** What is asked with yes or no. */
const FLAGS = { incident: 'Incidents only', onHold: 'On hold only' } as const;
/** What the list is narrowed by besides, from a link. */
const MORE = ['search', 'oid', 'openedFrom', 'openedTo'];
const KNOWN = new Set([...Object.keys(FILTERS), ...Object.keys(FLAGS), ...MORE]);

/** How often the newest cases are asked for again, in milliseconds. */
const REFRESH_MS = 10_000;
/** Rows of a page: as many as the API gives. */
const ROWS = 100;
/** So many pages are asked for again with the newest; a longer list by so much less often. */
const LIVE_PAGES = 4;

export function CasesPage({ query }: { readonly query: URLSearchParams }) {
  const { api, may } = useSession();
  const given = Object.fromEntries([...query].filter(([name, value]) => KNOWN.has(name) && value !== ''));
  const read = (after: string) =>
    take(
      api.GET('/api/cases', {
        params: { query: { ...given, limit: ROWS, ...(after !== '' && { after }) } as never },
      }),
    );
  const list = useInfiniteQuery({
    queryKey: ['cases', given],
    initialPageParam: '',
    queryFn: ({ pageParam }) => read(pageParam),
    getNextPageParam: ({ next }) => cursorOf(next),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => REFRESH_MS * Math.ceil((state.data?.pages.length ?? 1) / LIVE_PAGES),
  });
  const pages = list.data?.pages ?? [];
  const head = useQuery({
    queryKey: ['newest cases', given],
    queryFn: () => read(''),
    enabled: pages.length > LIVE_PAGES,
    refetchInterval: REFRESH_MS,
  });
  const isWhole = Object.keys(given).length === 0;
  const cases = useMemo(() => merged(head.data?.cases ?? [], list.data?.pages ?? []), [head.data, list.data]);
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
        <Empty title={isWhole ? 'No case yet' : 'No case matches these filters'}>
          <p>
            {isWhole ? (
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
        {list.isPending
          ? ''
          : `${cases.length} ${cases.length === 1 ? 'case' : 'cases'}${list.hasNextPage ? ', more below' : ''}`}
      </p>
    </>
  );
}

/** The newest rows take the place of those that were read with the list. */
function merged(newest: readonly Case[], pages: readonly { readonly cases: readonly Case[] }[]): readonly Case[] {
  const all = pages.flatMap((page) => page.cases);
  if (newest.length === 0) return all;
  const seen = new Set(newest.map(({ caseId }) => caseId));
  return [...newest, ...all.filter(({ caseId }) => !seen.has(caseId))];
}

function Filters({ query }: { readonly query: URLSearchParams }) {
  const [text, setText] = useState(query.get('search') ?? '');
  const settled = useSettled(text.trim());
  const given = query.get('search') ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link to another search fills it in, and typing does not
  useEffect(() => {
    if (given !== (text.trim().length < 2 ? '' : text.trim())) setText(given);
  }, [given]);
  // One letter finds everybody: it is not asked for.
  useEffect(() => setFilter('search', settled.length < 2 ? '' : settled), [settled]);
  return (
    <search>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          <span>Search</span>
          <input
            type="search"
            value={text}
            maxLength={100}
            placeholder="Name, reason, case or who asked"
            onChange={({ target }) => setText(target.value)}
          />
        </label>
        {Object.entries(FILTERS).map(([name, values]) => (
          <label key={name}>
            <span>{name[0]?.toUpperCase() + name.slice(1)}</span>
            <select value={query.get(name) ?? ''} onChange={({ target }) => setFilter(name, target.value)}>
              <option value="">any</option>
              {values.map((value) => (
                <option key={value} value={value}>
                  {wordOf(value)}
                </option>
              ))}
            </select>
          </label>
        ))}
        {Object.entries(FLAGS).map(([name, words]) => (
          <label key={name} className="check">
            <input
              type="checkbox"
              checked={query.get(name) === 'true'}
              onChange={({ target }) => setFilter(name, target.checked ? 'true' : '')}
            />
            <span>{words}</span>
          </label>
        ))}
        {[...query].some(([name, value]) => KNOWN.has(name) && value !== '') && (
          <button
            type="button"
            onClick={() => {
              setText('');
              goTo('#/cases');
            }}
          >
            Show all
          </button>
        )}
      </form>
    </search>
  );
}

const COLUMNS: readonly [Column<Case>, ...Column<Case>[]] = [
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
  { title: 'By', show: ({ trigger }) => TRIGGERS[trigger] },
];
/** A trigger has a name for people; what else is filtered by is called as it is shown. */
function wordOf(value: string): string {
  return (TRIGGERS as Readonly<Record<string, string>>)[value] ?? value;
}

const idOf = ({ caseId }: Case): string => caseId;

function CaseTable({ cases }: { readonly cases: readonly Case[] }) {
  return <List caption="Cases" rows={cases} keyOf={idOf} columns={COLUMNS} />;
}
