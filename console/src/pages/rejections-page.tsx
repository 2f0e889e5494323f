import { useQueries } from '@tanstack/react-query';
import { addressOf, setFilter } from '../address.ts';
import { take } from '../api.ts';
import { RejectionCard } from '../parts/rejection-card.tsx';
import { Empty, Fault, Loading } from '../parts/states.tsx';
import { Day, dayBefore } from '../parts/time/day.tsx';
import { Unreadable } from '../parts/unreadable.tsx';
import { useSession } from '../session.ts';

const STATES = ['open', 'retried', 'handled'] as const;
/** Without a day the last week is looked through: what nobody settled must not be out of sight the next morning. */
const DAYS = 7;
const REFRESH_MS = 30_000;

export function RejectionsPage({ query }: { readonly query: URLSearchParams }) {
  const day = query.get('day');
  const given = query.get('state') ?? 'open';
  const state = STATES.find((each) => each === given);
  const days = day === null ? Array.from({ length: DAYS }, (_, back) => dayBefore(back)) : [day];
  return (
    <>
      <div className="heading">
        <h1>Rejections</h1>
      </div>
      <p className="lead">
        What came from HR or Entra and could not become a case. Nothing is lost: it is kept here until somebody settles
        it.
      </p>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          <span>State</span>
          <select value={given} onChange={({ target }) => setFilter('state', target.value)}>
            {STATES.map((each) => (
              <option key={each}>{each}</option>
            ))}
            <option value="all">all</option>
          </select>
        </label>
        <Day day={day ?? dayBefore(0)} shown={day !== null} />
        {day !== null && (
          <button type="button" onClick={() => setFilter('day', '')}>
            The last {DAYS} days
          </button>
        )}
      </form>
      <Listed days={days} state={state} />
    </>
  );
}

function Listed({
  days,
  state,
}: {
  readonly days: readonly string[];
  readonly state: (typeof STATES)[number] | undefined;
}) {
  const { api } = useSession();
  const asked = useQueries({
    queries: days.map((day) => ({
      queryKey: ['rejections', day, state],
      queryFn: () => take(api.GET('/api/rejections', { params: { query: { day, ...(state && { state }) } } })),
      refetchInterval: REFRESH_MS,
    })),
  });
  const known = asked.flatMap(({ data }) => data ?? []);
  const failed = asked.find(({ isError, data }) => isError && data === undefined);
  const rejections = known.flatMap((each) => each.rejections);
  const unreadable = known.flatMap((each) => each.unreadable ?? []);
  const deadLetters = known.flatMap(({ toolCalls: { rejected, notUploaded } }) => [...rejected, ...notUploaded]);
  if (asked.some(({ isPending }) => isPending)) return <Loading what="what was rejected" />;
  return (
    <>
      {failed !== undefined && <Fault error={failed.error} again={() => void failed.refetch()} />}
      {known.some(({ more }) => more) && (
        <p className="panel warn">
          There is more on a day than one answer holds, which is a hundred: whatever sends it sends it again and again.
          Stop it there first.
        </p>
      )}
      <Unreadable title="There is more" what={unreadable} />
      {rejections.length + unreadable.length === 0 && failed === undefined && (
        <Empty title={state === 'open' ? 'Nothing waits for you here' : 'Nothing of this state'}>
          <p>
            {state === 'open' ? `Nothing is open ${spanOf(days)}.` : `There is none ${spanOf(days)}.`}{' '}
            {state !== undefined && (
              <a href={addressOf('/rejections', { state: 'all', ...(days.length === 1 && { day: days[0] }) })}>
                Show all states
              </a>
            )}
          </p>
        </Empty>
      )}
      {rejections.map((rejection) => (
        <RejectionCard key={rejection.id} rejection={rejection} />
      ))}
      {deadLetters.length > 0 && <DeadLetters names={deadLetters} />}
      <p className="heard" role="status" aria-live="polite">
        {rejections.length} rejections
      </p>
    </>
  );
}

function spanOf(days: readonly string[]): string {
  return days.length === 1 ? `on ${days[0]}` : `of the last ${days.length} days`;
}

function DeadLetters({ names }: { readonly names: readonly string[] }) {
  return (
    <details className="panel">
      <summary>
        Dead letters of the audit pipeline: {names.length} {names.length === 1 ? 'blob' : 'blobs'} of tool calls that
        were not uploaded
      </summary>
      <p>
        They lie in the container <code>dead-letter</code> of the app’s storage. A duty uploads again what the log did
        not take; what was rejected has another shape than the table, and is only kept.
      </p>
      <ul className="bullets">
        {names.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
