import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf } from '../address.ts';
import { type Schemas, take } from '../api.ts';
import { Ask } from '../parts/ask.tsx';
import { Chip } from '../parts/chip.tsx';
import { List } from '../parts/list/list.tsx';
import { Empty, Fault, Loading } from '../parts/states.tsx';
import { Progress } from '../parts/sweep-progress.tsx';
import { Day, dayBefore } from '../parts/time/day.tsx';
import { Time } from '../parts/time/time.tsx';
import { useSession } from '../session.ts';

type Filed = Schemas['FiledSweep'];

const LIVE_MS = 2_000;
const CALM_MS = 20_000;

export function SweepsPage({ query }: { readonly query: URLSearchParams }) {
  const { api, may } = useSession();
  const [isAsking, setAsking] = useState(false);
  const day = query.get('day') ?? dayBefore(0);
  const asked = useQuery({
    queryKey: ['sweeps', day],
    queryFn: () => take(api.GET('/api/sweeps', { params: { query: { day } } })),
    refetchInterval: ({ state }) => ((state.data?.running.length ?? 0) > 0 ? LIVE_MS : CALM_MS),
  });
  const running = asked.data?.running ?? [];
  const filed = asked.data?.filed ?? [];
  return (
    <>
      <div className="heading">
        <h1>Sweeps</h1>
        {may.has('operate') && (
          <button type="button" className="button" onClick={() => setAsking(true)} disabled={running.length > 0}>
            {running.length > 0 ? 'A sweep goes on' : 'Run a sweep now'}
          </button>
        )}
      </div>
      <p className="lead">
        Every full hour the app reads all credentials once, and looks whether their owners still work here. For whoever
        has left and still has something, it opens a case.
      </p>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <Day day={day} shown />
      </form>
      {running.map((sweep) => (
        <section key={sweep.sweepId} className="panel" aria-label={`Sweep ${sweep.sweepId} goes on`}>
          <h2>
            <a href={addressOf(`/sweeps/${sweep.sweepId}`)}>{kindOf(sweep.sweepId)}</a> goes on
          </h2>
          <Progress progress={sweep.progress} />
        </section>
      ))}
      {asked.isPending ? (
        <Loading what="the sweeps" />
      ) : asked.isError && asked.data === undefined ? (
        <Fault error={asked.error} again={() => void asked.refetch()} />
      ) : filed.length === 0 && running.length === 0 ? (
        <Empty title="No sweep on this day">
          <p>
            {day === dayBefore(0)
              ? 'The first one begins at the next full hour. If there is none then, the app’s log says why (sweepTimer).'
              : 'One runs every full hour while the app does. Look at another day, or in the app’s log.'}
          </p>
        </Empty>
      ) : (
        filed.length > 0 && <SweepTable filed={filed} />
      )}
      {isAsking && <RunNow onClose={() => setAsking(false)} />}
    </>
  );
}

function kindOf(sweepId: string): string {
  return sweepId.startsWith('sweep:asked:') ? 'A sweep that somebody asked for' : 'The hour’s sweep';
}

function SweepTable({ filed }: { readonly filed: readonly Filed[] }) {
  return (
    <List
      caption="Sweeps of the day"
      rows={filed}
      keyOf={({ sweepId }) => sweepId}
      columns={[
        {
          title: 'Began',
          show: ({ sweepId, at }) => (
            <>
              <a href={addressOf(`/sweeps/${sweepId}`)}>
                <Time at={at} />
              </a>
              <small>{kindOf(sweepId)}</small>
            </>
          ),
        },
        { title: 'Result', show: (sweep) => <Result sweep={sweep} /> },
        { title: 'Took', show: ({ at, finishedAt }) => took(at, finishedAt) },
        { title: 'Could not read', show: ({ faults }) => (faults.length === 0 ? 'nothing' : faults.join(' ')) },
      ]}
    />
  );
}

/** What it counted, in chips: only what is not zero, and that it found nothing where all is. */
function Result({ sweep: { counts, faults } }: { readonly sweep: Filed }) {
  const told = [
    ['wait', counts.opened, 'opened'],
    ['wait', counts.reopened, 'reopened'],
    ['warn', counts['on-hold'], 'on hold'],
    ['bad', counts.refused, 'refused'],
    ['bad', counts.unreadable, 'unreadable'],
    ['quiet', counts.known, 'known'],
    ['quiet', counts.returned, 'came back'],
  ] as const;
  const some = told.filter(([, number]) => number > 0);
  return (
    <span className="chips">
      {some.length === 0 &&
        (faults.length === 0 ? (
          <Chip tone="good">Nobody found</Chip>
        ) : (
          <Chip tone="warn">Nobody found in what was read</Chip>
        ))}
      {some.map(([tone, number, what]) => (
        <Chip key={what} tone={tone}>{`${number} ${what}`}</Chip>
      ))}
    </span>
  );
}

function took(from: string, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1_000));
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

function RunNow({ onClose }: { readonly onClose: () => void }) {
  const { api } = useSession();
  return (
    <Ask
      title="Run a sweep now"
      verb="Run a sweep"
      reasonHint="It stands in the log, with your name."
      act={({ reason }) => take(api.POST('/api/sweeps', { body: { reason } }))}
      onClose={onClose}
    >
      <p>
        It reads everything that the hourly one reads, and opens cases in the mode of the sweep (the doctor’s page shows
        it). While one goes on, no other begins.
      </p>
    </Ask>
  );
}
