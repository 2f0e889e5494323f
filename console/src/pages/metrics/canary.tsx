import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Schemas, take } from '../../api.ts';
import { Ask } from '../../parts/ask.tsx';
import { Chip } from '../../parts/chip.tsx';
import { List } from '../../parts/list/list.tsx';
import { Known } from '../../parts/people/known.tsx';
import { Fault, Loading } from '../../parts/states.tsx';
import { Time } from '../../parts/time/time.tsx';
import { useSession } from '../../session.ts';

type Canary = Schemas['Canary'];

const LIVE_MS = 5_000;
const CALM_MS = 60_000;

const STATES: Readonly<
  Record<Canary['state'], readonly [tone: 'good' | 'wait' | 'warn' | 'bad', sign: string, words: string]>
> = {
  scheduled: ['wait', '…', 'Its time has not come'],
  running: ['wait', '…', 'It calls'],
  waiting: ['wait', '…', 'Waits for the alert'],
  detected: ['good', '✓', 'Detected'],
  late: ['bad', '✕', 'Detected late'],
  undetected: ['bad', '✕', 'Not detected'],
  'not-sent': ['warn', '?', 'Not let through'],
  unread: ['warn', '?', 'Alerts not read'],
};

/** The canary: whether bulk reading is seen, tried by the app itself each month, and when somebody wants to know. */
export function Canaries() {
  const { api, may } = useSession();
  const [isAsking, setAsking] = useState(false);
  const asked = useQuery({
    queryKey: ['canaries'],
    queryFn: () => take(api.GET('/api/posture/canary')),
    refetchInterval: ({ state }) => (state.data?.canaries.some(isUnderWay) ? LIVE_MS : CALM_MS),
  });
  const { data } = asked;
  return (
    <section className="panel" aria-labelledby="canary">
      <div className="heading">
        <h2 id="canary">Canary</h2>
        {may.has('operate') && data?.setUp === true && (
          <button
            type="button"
            className="button"
            disabled={data.canaries.some(isUnderWay)}
            onClick={() => setAsking(true)}
          >
            {data.canaries.some(isUnderWay) ? 'A canary is under way' : 'Run the canary'}
          </button>
        )}
      </div>
      <p className="lead">
        Once a month the app calls as nobody does by hand, at an API without documents, and takes the time until the
        detection of bulk reading raises its alert. None within an hour makes point 14 fail.
      </p>
      {asked.isPending ? (
        <Loading what="the canaries" />
      ) : data === undefined ? (
        <Fault error={asked.error} again={() => void asked.refetch()} />
      ) : (
        <Shown setUp={data.setUp} canaries={data.canaries} />
      )}
      {isAsking && <RunNow onClose={() => setAsking(false)} />}
    </section>
  );
}

function isUnderWay({ state }: Canary): boolean {
  return state === 'scheduled' || state === 'running' || state === 'waiting';
}

function Shown({ setUp, canaries }: { readonly setUp: boolean; readonly canaries: readonly Canary[] }) {
  return (
    <>
      {!setUp && (
        <p className="note warn">
          There is none here, so that nobody knows whether the alert works before it has to. Set{' '}
          <code>canary = true</code> in the release’s Terraform and apply it: that makes its identity, its API at the
          gateway and its alert rule.
        </p>
      )}
      {canaries.length === 0 && setUp && <p className="hint">None has run yet; the first comes within the month.</p>}
      {canaries.length > 0 && <Table canaries={canaries} />}
    </>
  );
}

function Table({ canaries }: { readonly canaries: readonly Canary[] }) {
  return (
    <List
      caption="Canaries, the newest first"
      rows={canaries}
      keyOf={({ id }) => id}
      columns={[
        {
          title: 'Began',
          show: ({ beganAt, dueAt, by }) => (
            <>
              {beganAt === undefined ? (
                <>
                  due <Time at={dueAt} />
                </>
              ) : (
                <Time at={beganAt} />
              )}
              <small>
                {by === undefined ? (
                  'the month’s own'
                ) : (
                  <>
                    <Known by={by} /> asked for it
                  </>
                )}
              </small>
            </>
          ),
        },
        {
          title: 'Result',
          show: ({ state, detail }) => {
            const [tone, sign, words] = STATES[state];
            return (
              <>
                <Chip tone={tone} sign={sign}>
                  {words}
                </Chip>
                {detail !== undefined && <small>{detail}</small>}
              </>
            );
          },
        },
        {
          title: 'Calls',
          show: ({ calls, answered }) => (calls === 0 ? 'none' : `${calls} sent, ${answered} let through`),
        },
        { title: 'Alert after', show: (canary) => <After canary={canary} /> },
      ]}
    />
  );
}

function After({ canary: { state, seconds, alertAt, alert } }: { readonly canary: Canary }) {
  if (seconds === undefined)
    return state === 'undetected' ? 'none within an hour' : state === 'unread' ? 'not known' : '–';
  return (
    <>
      {seconds} s
      <small>
        {alertAt !== undefined && <Time at={alertAt} />} {alert !== undefined && <code>{alert}</code>}
      </small>
    </>
  );
}

function RunNow({ onClose }: { readonly onClose: () => void }) {
  const { api } = useSession();
  return (
    <Ask
      title="Run the canary"
      verb="Run the canary"
      reasonHint="It stands in the log, with your name."
      act={({ reason }) => take(api.POST('/api/posture/canary', { body: { reason } }))}
      onClose={onClose}
    >
      <p>
        It calls 21 times within about a minute: at once, or a little after a full hour, because the detection counts by
        the hour. A rule of its own, with the text of the one that watches, sees it; nobody is called by that alert.
      </p>
    </Ask>
  );
}
