import { addressOf, setFilter } from '../../address.ts';
import { Chip } from '../../parts/chip.tsx';
import { Known } from '../../parts/people/known.tsx';
import { Empty } from '../../parts/states.tsx';
import { Time } from '../../parts/time/time.tsx';
import { PointView } from './point.tsx';
import { SaveRun } from './save-run.tsx';
import type { History } from './weeks.ts';
import {
  type Assessed,
  countsOf,
  FILTERS,
  headlineOf,
  isWorse,
  type Run,
  STANDINGS,
  type Standing,
  standingOf,
  TRIGGERS,
} from './words.ts';
import { Year } from './year.tsx';

interface Shown {
  readonly run: Run;
  readonly query: URLSearchParams;
  /** Of the last run: how it was in the weeks before. */
  readonly history?: History | undefined;
}

/** A run as it was filed: how many points stand how, and each point; what is worse than before comes first. */
export function RunShown({ run, query, history }: Shown) {
  const { checks, idleExceptions, overlongExceptions = [] } = run;
  const wanted = FILTERS.find((each) => each === query.get('status'));
  const shown = wanted === undefined ? checks : checks.filter((each) => standingOf(each) === wanted);
  const worse = shown.filter(isWorse);
  const others = shown.filter((each) => !isWorse(each));
  const linked = query.get('point');
  return (
    <>
      <p className="lead">{headlineOf(checks)}</p>
      <Facts run={run} />
      <Counts checks={checks} wanted={wanted} />
      {worse.length > 0 && (
        <Points title="Worse than before" points={worse} run={run} linked={linked} history={history} />
      )}
      {others.length > 0 && (
        <Points
          title={worse.length > 0 ? 'The other points' : 'The points'}
          points={others}
          run={run}
          linked={linked}
          history={history}
        />
      )}
      {shown.length === 0 && (
        <Empty title={`No point of this run: ${STANDINGS[wanted ?? 'fail'][2]}`}>
          <p>
            <button type="button" onClick={() => setFilter('status', '')}>
              Show all points
            </button>
          </p>
        </Empty>
      )}
      {idleExceptions.length > 0 && (
        <section className="panel warn">
          <h2>Exceptions that may go</h2>
          <p>
            Nothing that they accept fails in this run. Where no point is unknown and none may fail more, it was mended:
            take their entries out of <code>posture_exceptions</code>: <Ids of={idleExceptions} />
          </p>
        </section>
      )}
      {overlongExceptions.length > 0 && (
        <section className="panel warn">
          <h2>Exceptions that accept nothing</h2>
          <p>
            They are for longer than 180 days. Shorten their entries in <code>posture_exceptions</code>:{' '}
            <Ids of={overlongExceptions} />
          </p>
        </section>
      )}
      {history !== undefined && <Year history={history} />}
      <SaveRun runId={run.runId} />
    </>
  );
}

function Ids({ of }: { readonly of: readonly string[] }) {
  return of.map((id, at) => (
    <span key={id}>
      {at > 0 && ', '}
      <code>{id}</code>
    </span>
  ));
}

function Facts({ run: { runId, at, finishedAt, trigger, by, before } }: Pick<Shown, 'run'>) {
  return (
    <dl className="facts panel">
      <dt>Run</dt>
      <dd>
        <code>{runId}</code>
      </dd>
      <dt>Read</dt>
      <dd>
        <Time at={at} />, filed <Time at={finishedAt} />
      </dd>
      <dt>Began by</dt>
      <dd>
        {TRIGGERS[trigger]}
        {by !== undefined && (
          <>
            , <Known by={by} />
          </>
        )}
      </dd>
      <dt>Compared with</dt>
      <dd>
        {before === undefined ? (
          'nothing: it is the first run'
        ) : (
          <a href={addressOf('/posture/diff', { from: before, to: runId })}>the run before, {before}</a>
        )}
      </dd>
    </dl>
  );
}

interface Counted {
  readonly checks: readonly Assessed[];
  readonly wanted: Standing | undefined;
}

/** How many points stand how; each number narrows the list to its points, and the address says so. */
function Counts({ checks, wanted }: Counted) {
  const counts = countsOf(checks);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame of its own
    <div className="counts" role="group" aria-label="Show points by their status">
      <button type="button" aria-pressed={wanted === undefined} onClick={() => setFilter('status', '')}>
        <b>{checks.length}</b> All points
      </button>
      {FILTERS.filter((each) => counts[each] > 0 || each === wanted).map((each) => {
        const [tone, sign, words] = STANDINGS[each];
        return (
          <button
            key={each}
            type="button"
            className={`standing-${tone}`}
            aria-pressed={wanted === each}
            onClick={() => setFilter('status', wanted === each ? '' : each)}
          >
            <b>{counts[each]}</b> <span aria-hidden="true">{sign}</span> {words}
          </button>
        );
      })}
    </div>
  );
}

interface Listed extends Pick<Shown, 'history'> {
  readonly title: string;
  readonly points: readonly Assessed[];
  readonly run: Run;
  readonly linked: string | null;
}

function Points({ title, points, run, linked, history }: Listed) {
  return (
    <section aria-label={title}>
      <div className="heading">
        <h2>{title}</h2>
        <Chip tone="quiet">{points.length === 1 ? '1 point' : `${points.length} points`}</Chip>
      </div>
      <ol className="points">
        {points.map((point) => (
          <PointView
            key={point.check}
            point={point}
            at={run.at}
            history={history}
            opened={linked === point.check || point.failures.some(({ id }) => id === linked)}
          />
        ))}
      </ol>
    </section>
  );
}
