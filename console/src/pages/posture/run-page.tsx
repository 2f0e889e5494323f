import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { ApiFault, take } from '../../api.ts';
import { Empty, Fault, Loading } from '../../parts/states.tsx';
import { Time } from '../../parts/time/time.tsx';
import { useElapsed } from '../../parts/time/use-elapsed.ts';
import { useSession } from '../../session.ts';
import { RunShown } from './run-shown.tsx';
import { runOf } from './words.ts';

const LIVE_MS = 2_000;

/** A run by its id: followed while it goes on, and then what it found. */
export function RunPage({ id, query }: { readonly id: string; readonly query: URLSearchParams }) {
  const { api } = useSession();
  const wasRunning = useRef(false);
  const asked = useQuery({
    queryKey: ['posture run', id],
    queryFn: () => take(api.GET('/api/posture/runs/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LIVE_MS : false),
    // What is filed is never changed.
    staleTime: ({ state }) => (state.data?.state === 'filed' ? Number.POSITIVE_INFINITY : 0),
  });
  const { data, error } = asked;
  if (data?.state === 'running') wasRunning.current = true;
  const isLost = wasRunning.current && error instanceof ApiFault && error.status === 404;
  return (
    <>
      <p className="crumbs">
        <a href="#/posture">Posture</a> · <a href="#/posture/runs">All runs</a>
      </p>
      <div className="heading">
        <h1>Run of the checklist</h1>
        <small>
          <When id={id} />
        </small>
      </div>
      {isLost ? (
        <Empty title="It ended without a result">
          <p>
            The app’s log says why, under <code>{id}</code>. Nothing of it is filed; the last run stands.
          </p>
        </Empty>
      ) : asked.isPending ? (
        <Loading what="the run" />
      ) : data === undefined ? (
        <Fault error={error} again={() => void asked.refetch()} />
      ) : data.run === undefined ? (
        <Running />
      ) : (
        <RunShown run={data.run} query={query} />
      )}
    </>
  );
}

function Running() {
  const seconds = useElapsed();
  return (
    <div className="state" role="status">
      <span className="spinner" aria-hidden="true" /> It reads what the checklist rests on, then judges them. That takes
      some minutes; you can leave this page, and find the run here again.{' '}
      <span aria-hidden="true">{seconds} s so far.</span>
    </div>
  );
}

/** When a run was, by its id: of the night’s run only the day is in it. */
export function When({ id }: { readonly id: string }) {
  const { at, day, trigger } = runOf(id);
  return (
    <>
      {at === undefined ? day : <Time at={at} />}
      {trigger !== '' && `, ${trigger.toLowerCase()}`}
    </>
  );
}
