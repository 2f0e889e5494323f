import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf, setFilter } from '../../address.ts';
import { take } from '../../api.ts';
import { List } from '../../parts/list/list.tsx';
import { Empty, Fault, Loading } from '../../parts/states.tsx';
import { dayBefore } from '../../parts/time/day.tsx';
import { Time } from '../../parts/time/time.tsx';
import { useSession } from '../../session.ts';
import { Assess } from './assess.tsx';
import { runOf } from './words.ts';

/** The runs of a month, each with the way to it; two of them are compared. */
export function RunsPage({ query }: { readonly query: URLSearchParams }) {
  const { api } = useSession();
  const month = query.get('month') ?? dayBefore(0).slice(0, 7);
  const asked = useQuery({
    queryKey: ['posture runs', month],
    queryFn: () => take(api.GET('/api/posture/runs', { params: { query: { month } } })),
  });
  const runs = asked.data?.runs ?? [];
  return (
    <>
      <p className="crumbs">
        <a href="#/posture">Posture</a>
      </p>
      <div className="heading">
        <h1>Runs of the checklist</h1>
        <Assess />
      </div>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <Month month={month} />
      </form>
      {asked.isPending ? (
        <Loading what="the runs" />
      ) : asked.isError ? (
        <Fault error={asked.error} again={() => void asked.refetch()} />
      ) : runs.length === 0 ? (
        <Empty title="No run in this month">
          <p>There is one each night once posture is set up. Look at another month.</p>
        </Empty>
      ) : (
        <Runs runs={runs} />
      )}
    </>
  );
}

function Month({ month }: { readonly month: string }) {
  const now = dayBefore(0).slice(0, 7);
  const step = (by: number) => {
    const [year = 0, number = 1] = month.split('-').map(Number);
    setFilter('month', new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7));
  };
  return (
    <>
      <button type="button" onClick={() => step(-1)} aria-label="The month before">
        ←
      </button>
      <label>
        <span>Month (UTC)</span>
        <input
          type="month"
          max={now}
          value={month}
          placeholder="2026-11"
          onChange={({ target }) => {
            if (/^\d{4}-(0[1-9]|1[0-2])$/.test(target.value)) setFilter('month', target.value);
          }}
        />
      </label>
      <button type="button" disabled={month >= now} onClick={() => step(1)} aria-label="The month after">
        →
      </button>
    </>
  );
}

type Listed = readonly { readonly runId: string }[];

function Runs({ runs }: { readonly runs: Listed }) {
  return (
    <>
      {runs.length > 1 && <Compare runs={runs} />}
      <List
        caption="Runs of the month, the newest first"
        rows={runs}
        keyOf={({ runId }) => runId}
        columns={[
          {
            title: 'When',
            show: ({ runId }) => (
              <a href={addressOf(`/posture/${runId}`)}>
                <Began id={runId} />
              </a>
            ),
          },
          { title: 'Began by', show: ({ runId }) => runOf(runId).trigger },
          { title: 'Run', show: ({ runId }) => <code>{runId}</code> },
        ]}
      />
    </>
  );
}

function Began({ id }: { readonly id: string }) {
  const { at, day } = runOf(id);
  return at === undefined ? day : <Time at={at} />;
}

/** Chooses two runs; by default the last one, and the one before. */
function Compare({ runs }: { readonly runs: Listed }) {
  const [from, setFrom] = useState(runs[1]?.runId ?? '');
  const [to, setTo] = useState(runs[0]?.runId ?? '');
  const options = runs.map(({ runId }) => (
    <option key={runId} value={runId}>
      {runId}
    </option>
  ));
  return (
    <form className="filters" onSubmit={(event) => event.preventDefault()}>
      <label>
        <span>The earlier run</span>
        <select value={from} onChange={({ target }) => setFrom(target.value)}>
          {options}
        </select>
      </label>
      <label>
        <span>The later run</span>
        <select value={to} onChange={({ target }) => setTo(target.value)}>
          {options}
        </select>
      </label>
      <a className="button" href={addressOf('/posture/diff', { from, to })}>
        Compare
      </a>
    </form>
  );
}
