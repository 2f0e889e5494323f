import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiFault, type Schemas, take } from '../api.ts';
import { useSession } from '../session.ts';
import { Ask } from './ask.tsx';
import { Chip } from './chip.tsx';
import { List } from './list/list.tsx';
import { save } from './save.ts';
import { Fault, Loading } from './states.tsx';
import { Time } from './time/time.tsx';

type PilotView = Schemas['Pilot'];
type PilotRecord = Schemas['PilotRecord'];

const LIVE_MS = 2_000;
const STATES = { running: ['wait', 'Goes on'], filed: ['good', 'Filed'], failed: ['bad', 'Failed'] } as const;

/** The pilot run: what vendors answer where their documents leave it open. For administrators. */
export function Pilot() {
  const { api } = useSession();
  const [isAsking, setAsking] = useState(false);
  const asked = useQuery({
    queryKey: ['pilot'],
    queryFn: () => take(api.GET('/api/pilot')).catch(noneYet),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LIVE_MS : false),
  });
  const isRunning = asked.data?.state === 'running';
  return (
    <section className="panel" aria-labelledby="pilot">
      <div className="heading">
        <h2 id="pilot">Pilot run</h2>
        {asked.data != null && <Chip tone={STATES[asked.data.state][0]}>{STATES[asked.data.state][1]}</Chip>}
        <button type="button" className="button" disabled={isRunning} onClick={() => setAsking(true)}>
          {isRunning ? 'A run goes on' : 'Start a run'}
        </button>
      </div>
      <p>
        It asks every vendor what their documents leave open, changes nothing, and files what they answered without any
        name.
      </p>
      {asked.isPending ? (
        <Loading what="the last run" />
      ) : asked.isError ? (
        <Fault error={asked.error} again={() => void asked.refetch()} />
      ) : asked.data === null ? (
        <p className="hint">Nobody has asked for one yet.</p>
      ) : (
        <Last pilot={asked.data} />
      )}
      {isAsking && (
        <Ask
          title="Start a pilot run"
          verb="Start the run"
          reasonHint="It stands in the log, with your name."
          act={({ reason }) => take(api.POST('/api/pilot', { body: { reason } }))}
          onClose={() => setAsking(false)}
        >
          <p>It takes some minutes. You can leave this page meanwhile; what comes of it stands here.</p>
        </Ask>
      )}
    </section>
  );
}

function noneYet(error: unknown): null {
  if (error instanceof ApiFault && error.status === 404) return null;
  throw error;
}

function Last({ pilot: { pilotId, at, state, record } }: { readonly pilot: PilotView }) {
  return (
    <>
      <p role="status">
        {state === 'running' && <span className="spinner" aria-hidden="true" />} <code>{pilotId}</code>, begun{' '}
        <Time at={at} />
        {state === 'failed' && ': it ended without a record; the app’s log says why'}.
      </p>
      {record !== undefined && <Record record={record} />}
    </>
  );
}

function Record({ record }: { readonly record: PilotRecord }) {
  const content = () => new Blob([JSON.stringify(record, undefined, 2)], { type: 'application/json' });
  return (
    <>
      <p>
        <button type="button" onClick={() => save(`${record.pilotId}.json`, content())}>
          Save the record
        </button>
      </p>
      <details>
        <summary>{record.answers.length} answers</summary>
        <List
          caption="What vendors answered"
          rows={record.answers}
          keyOf={({ probe, place }) => `${probe} ${place}`}
          columns={[
            { title: 'Probe', show: ({ probe }) => <code>{probe}</code> },
            { title: 'Place', show: ({ place }) => place },
            {
              title: 'Answer',
              show: ({ answer, couldNotAsk }) => (
                <>
                  {answer}
                  {couldNotAsk !== undefined && (
                    <small>
                      {couldNotAsk.kind} {couldNotAsk.status} {couldNotAsk.permission}
                    </small>
                  )}
                </>
              ),
            },
          ]}
        />
      </details>
    </>
  );
}
