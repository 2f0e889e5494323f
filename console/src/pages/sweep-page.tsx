import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { addressOf } from '../address.ts';
import { type Schemas, take } from '../api.ts';
import { Chip } from '../parts/chip.tsx';
import { List } from '../parts/list/list.tsx';
import { KnownPerson } from '../parts/people/known.tsx';
import { Empty, Fault, Loading } from '../parts/states.tsx';
import { Progress } from '../parts/sweep-progress.tsx';
import { Time } from '../parts/time/time.tsx';
import { useSession } from '../session.ts';

type Report = Schemas['SweepReport'];
type Found = Report['orphaned'][number];

const LIVE_MS = 1_000;

/** What became of a leaver, and what that means. */
const RESULTS: Readonly<
  Record<Found['result'], readonly [tone: 'wait' | 'warn' | 'bad' | 'quiet', words: string, means: string]>
> = {
  opened: ['wait', 'Case opened', 'They have left, and still have what stands here.'],
  reopened: ['wait', 'Case reopened', 'The report of their case does not tell of this.'],
  'on-hold': ['warn', 'On hold', 'More people left than is usual; somebody has to release it.'],
  known: ['quiet', 'Known', 'There is a case of this leaving already.'],
  returned: ['quiet', 'Came back', 'The person works here again.'],
  refused: ['bad', 'Refused', 'A protected account, or no person.'],
  unreadable: ['bad', 'Not readable', 'The directory did not answer; the next sweep looks again.'],
};
const KINDS: Readonly<Record<Found['credentials'][number]['kind'], string>> = {
  'delegated-grant': 'delegated grant',
  'fine-grained-token': 'fine-grained token',
  'sso-credential': 'token or key authorised for single sign-on',
  'token-in-repository': 'token in a repository’s secrets or variables',
  'token-on-machine': 'token that a machine says it holds',
  schedule: 'schedule that runs as them',
};

export function SweepPage({ id }: { readonly id: string }) {
  const { api } = useSession();
  const asked = useQuery({
    queryKey: ['sweep', id],
    queryFn: () => take(api.GET('/api/sweeps/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LIVE_MS : false),
  });
  return (
    <>
      <p className="crumbs">
        <a href="#/sweeps">Sweeps</a>
      </p>
      <div className="heading">
        <h1>Sweep</h1>
        {asked.data !== undefined && <State state={asked.data.state} />}
      </div>
      {asked.isPending ? (
        <Loading what="the sweep" />
      ) : asked.data === undefined ? (
        <Fault error={asked.error} again={() => void asked.refetch()} />
      ) : (
        <Shown sweep={asked.data} />
      )}
    </>
  );
}

function State({ state }: { readonly state: Schemas['Sweep']['state'] }) {
  const [tone, words] = (
    { running: ['wait', 'Goes on'], filed: ['quiet', 'Filed'], failed: ['bad', 'Failed'] } as const
  )[state];
  return <Chip tone={tone}>{words}</Chip>;
}

function Shown({ sweep }: { readonly sweep: Schemas['Sweep'] & { readonly report?: Report } }) {
  const { report, progress, state, sweepId } = sweep;
  return (
    <>
      <dl className="facts panel">
        <dt>Sweep</dt>
        <dd>
          <code>{sweepId}</code>
        </dd>
        {report !== undefined && <ReportFacts report={report} />}
      </dl>
      {state === 'running' && (
        <section className="panel" aria-label="How far it is">
          <Progress progress={progress} />
        </section>
      )}
      {state === 'failed' && (
        <Empty title="It ended without a report">
          <p>
            The app’s log says why, under the sweep’s id. The next one begins at the full hour and reads everything.
          </p>
        </Empty>
      )}
      {report !== undefined && <ReportShown report={report} />}
    </>
  );
}

function ReportFacts({ report: { at, finishedAt, looked } }: { readonly report: Report }) {
  return (
    <>
      <dt>Ran</dt>
      <dd>
        <Time at={at} /> to <Time at={finishedAt} />
      </dd>
      <dt>Looked at</dt>
      <dd>
        {looked.people} people who have left, {looked.credentials} credentials, of which {looked.unlinked} belong to
        accounts that nobody is linked to
      </dd>
    </>
  );
}

function ReportShown({ report: { orphaned, faults, coverage } }: { readonly report: Report }) {
  const gaps = coverage.filter(({ state }) => state !== 'complete' && state !== 'exempt');
  return (
    <>
      {(faults.length > 0 || gaps.length > 0) && (
        <section className="panel warn">
          <h2>It could not read everything</h2>
          <p>Who left may have been missed there.</p>
          <ul className="bullets">
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
            {gaps.map(({ source, state, detail, missingPermission }) => (
              <li key={source}>
                <code>{source}</code>: {state}. {detail}{' '}
                {missingPermission !== undefined && `It wants ${missingPermission}.`}
              </li>
            ))}
          </ul>
        </section>
      )}
      {orphaned.length === 0 ? (
        <Empty title="It found nobody">
          <p>Whoever has left has nothing that this sweep reads.</p>
        </Empty>
      ) : (
        <List
          caption="Leavers that the sweep found"
          rows={orphaned}
          keyOf={({ oid }) => oid}
          columns={[
            { title: 'Leaver', show: (found) => <KnownPerson {...found} /> },
            { title: 'What became of it', show: (found) => <Became found={found} /> },
            { title: 'What they still have', show: ({ credentials }) => <Credentials credentials={credentials} /> },
            {
              title: 'Case',
              show: ({ caseId, mode }): ReactNode =>
                caseId === undefined ? (
                  'none'
                ) : (
                  <a href={addressOf(`/cases/${caseId}`)}>{mode === 'plan' ? 'a plan' : 'the case'}</a>
                ),
            },
          ]}
        />
      )}
      <Coverage coverage={coverage} />
    </>
  );
}

function Became({ found: { result, why } }: { readonly found: Found }) {
  const [tone, words, means] = RESULTS[result];
  return (
    <>
      <Chip tone={tone}>{words}</Chip>
      <small>{why ?? means}</small>
    </>
  );
}

/** So many are named; a leaver of ten years may have hundreds, and the case has them all. */
const MOST = 5;

function Credentials({ credentials }: Pick<Found, 'credentials'>) {
  return (
    <ul>
      {credentials.slice(0, MOST).map(({ kind, source, id }) => (
        <li key={`${kind} ${source} ${id}`}>
          {KINDS[kind]}: <code>{id}</code>
          <small>{source}</small>
        </li>
      ))}
      {credentials.length > MOST && <li>and {credentials.length - MOST} more, in the case</li>}
    </ul>
  );
}

function Coverage({ coverage }: Pick<Report, 'coverage'>) {
  if (coverage.length === 0) return null;
  return (
    <details className="panel">
      <summary>What it read: {coverage.length} sources</summary>
      <ul className="bullets">
        {coverage.map(({ source, state, looked }) => (
          <li key={source}>
            <code>{source}</code>: {state}, {looked.count}
            {looked.asked !== undefined && ` of ${looked.asked}`} {looked.unit}
          </li>
        ))}
      </ul>
    </details>
  );
}
