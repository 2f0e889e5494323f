import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { operations } from '../../../cli/api/schema.d.ts';
import { addressOf } from '../address.ts';
import { take } from '../api.ts';
import { Chip } from '../parts/chip.tsx';
import { List } from '../parts/list/list.tsx';
import { SearchFilter } from '../parts/list/search-filter.tsx';
import { Payload } from '../parts/payload.tsx';
import { Known } from '../parts/people/known.tsx';
import { Empty, Fault, Loading } from '../parts/states.tsx';
import { Day, dayBefore } from '../parts/time/day.tsx';
import { Time } from '../parts/time/time.tsx';
import { useSession } from '../session.ts';

type Entry = operations['listPrivilegedCalls']['responses'][200]['content']['application/json']['calls'][number];

/** A call, with what was answered; without, where the app died in between, or the answer is of the next day. */
interface Call extends Entry {
  readonly answered?: Entry;
}

const REFRESH_MS = 15_000;
const PAGE = 50;

export function AuditPage({ query }: { readonly query: URLSearchParams }) {
  const { api } = useSession();
  const day = query.get('day') ?? dayBefore(0);
  const asked = useQuery({
    queryKey: ['privileged-calls', day],
    queryFn: () => take(api.GET('/api/privileged-calls', { params: { query: { day } } })),
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <div className="heading">
        <h1>Audit</h1>
      </div>
      <p className="lead">
        Who had the app change what: an entry before each call, and one with what was answered. Entries are added and
        never changed.
      </p>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <SearchFilter query={query} placeholder="Object id, operation, path or reason" />
        <Day day={day} shown />
      </form>
      {asked.isPending ? (
        <Loading what="the audit" />
      ) : asked.data === undefined ? (
        <Fault error={asked.error} again={() => void asked.refetch()} />
      ) : (
        <>
          {asked.data.more && (
            <p className="panel warn">
              The day has more entries than are shown here: read the table <code>privileged</code> for all of them.
            </p>
          )}
          <Calls entries={asked.data.calls} search={query.get('search') ?? ''} day={day} />
        </>
      )}
    </>
  );
}

interface Chosen {
  readonly entries: readonly Entry[];
  readonly search: string;
  readonly day: string;
}

function Calls({ entries, search, day }: Chosen) {
  const [most, setMost] = useState(PAGE);
  const wanted = search.trim().toLowerCase();
  const calls = joined(entries).filter((call) => textOf(call).includes(wanted));
  if (calls.length === 0)
    return (
      <Empty title={wanted === '' ? 'Nobody changed anything on this day' : 'No call matches'}>
        {wanted !== '' && (
          <p>
            <a href={addressOf('/audit', { day })}>Show all calls of the day</a>
          </p>
        )}
      </Empty>
    );
  return (
    <>
      <List
        caption={`Calls of ${day}, the newest first`}
        rows={calls.slice(0, most)}
        keyOf={({ id }) => id}
        columns={[
          {
            title: 'Who',
            show: ({ caller, clientId }) => (
              <>
                <Known by={caller} />
                <small>
                  through <code>{clientId}</code>
                </small>
              </>
            ),
          },
          { title: 'When', show: ({ at }) => <Time at={at} /> },
          {
            title: 'What',
            show: ({ operation, path, body }) => (
              <>
                <code>{operation}</code>
                <small>{path}</small>
                {body !== undefined && <Payload text={body} />}
              </>
            ),
          },
          { title: 'Answer', show: (call) => <Answer call={call} /> },
        ]}
      />
      {calls.length > most && (
        <button type="button" className="more" onClick={() => setMost(most + PAGE)}>
          Show more of {calls.length}
        </button>
      )}
      <p className="heard" role="status" aria-live="polite">
        {calls.length} calls
      </p>
    </>
  );
}

function Answer({ call: { answered } }: { readonly call: Call }) {
  const status = answered?.status;
  if (status === undefined) return <Chip tone="warn">No answer on record</Chip>;
  if (status < 300) return <Chip tone="good">{`Done (${status})`}</Chip>;
  return (
    <Chip tone={status < 500 ? 'quiet' : 'bad'}>{status < 500 ? `Refused (${status})` : `Failed (${status})`}</Chip>
  );
}

/** The newest first, each with its answer. */
function joined(entries: readonly Entry[]): Call[] {
  const answers = new Map(entries.filter(({ entry }) => entry === 'answered').map((each) => [each.id, each]));
  return entries
    .filter(({ entry }) => entry === 'asked')
    .map((asked) => {
      const answered = answers.get(asked.id);
      return { ...asked, ...(answered !== undefined && { answered }) };
    })
    .toReversed();
}

function textOf({ caller, operation, path, body }: Entry): string {
  return [caller, operation, path, body].join('\n').toLowerCase();
}
