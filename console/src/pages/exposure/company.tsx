import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { take } from '../../api.ts';
import { Ask } from '../../parts/ask.tsx';
import { List } from '../../parts/list/list.tsx';
import { Empty, Fault, Loading } from '../../parts/states.tsx';
import { Time } from '../../parts/time/time.tsx';
import { useSession } from '../../session.ts';
import { BANDS, type Company, KINDS, peopleOf } from './words.ts';
import { whyNot } from './yours.tsx';

const LIVE_MS = 5_000;
const LONGEST_MS = 30 * 60_000;

/** Figures of the whole firm: nobody is named, and small numbers are not said. */
export function CompanyFigures() {
  const { api, may } = useSession();
  const [isAsking, setAsking] = useState(false);
  /** What was read before is not waited for. */
  const [since, setSince] = useState<string>();
  const asked = useQuery({
    queryKey: ['exposure'],
    queryFn: () => take(api.GET('/api/exposure')).catch(whyNot),
    refetchInterval: ({ state: { data } }) => (isAwaited(data, since) ? LIVE_MS : false),
  });
  const { data } = asked;
  const isReading = isAwaited(data, since);
  return (
    <section aria-labelledby="company">
      <div className="heading">
        <h2 id="company">The firm</h2>
        {may.has('operate') && data !== 'off' && data !== undefined && (
          <button type="button" className="button" disabled={isReading} onClick={() => setAsking(true)}>
            {isReading ? 'It is being read' : 'Read it now'}
          </button>
        )}
      </div>
      <p role="status" aria-live="polite">
        {isReading && (
          <>
            <span className="spinner" aria-hidden="true" /> What everybody holds is being read. What stands here was
            read before.
          </>
        )}
      </p>
      {asked.isPending ? (
        <Loading what="the figures" />
      ) : data === undefined ? (
        <Fault error={asked.error} again={() => void asked.refetch()} />
      ) : data === 'off' ? (
        <Empty title="Figures of the firm are not made here">
          <p>
            The setting <code>EXPOSURE</code> does not name <code>company</code>. Agree on it with whoever represents
            the staff, then turn it on: docs/operations/exposure.md says what to agree on.
          </p>
        </Empty>
      ) : data === 'none' ? (
        <Empty title="Nothing was read yet">
          <p>It is read once a week, in the night to Monday.</p>
        </Empty>
      ) : (
        <Figures company={data} />
      )}
      {isAsking && <ReadNow onBegun={setSince} onClose={() => setAsking(false)} />}
    </section>
  );
}

function isAwaited(data: Company | 'off' | 'none' | undefined, since: string | undefined): boolean {
  // Whatever became of a reading that takes longer, nobody waits here for it.
  if (since === undefined || data === 'off' || Date.now() - Date.parse(since) > LONGEST_MS) return false;
  return typeof data !== 'object' || data.readAt < since;
}

function Figures({ company: { readAt, state, bands, kinds, trend, notRead } }: { readonly company: Company }) {
  return (
    <>
      <p className="lead">
        {state === 'exact' ? 'All was read' : 'Not all could be read: people may hold more than is counted here'},{' '}
        <Time at={readAt} />. A number below 5 is withheld, so that nobody is known by it; and so is any number from
        which it could be worked out. There is no total for the same reason.
      </p>
      <div className="tables">
        <List
          caption="People by how much of theirs would work on"
          rows={bands}
          keyOf={({ band }) => band}
          columns={[
            { title: 'Of theirs would work on', show: ({ band }) => capital(BANDS[band]) },
            { title: 'People', show: (cell) => <Cell of={cell} /> },
          ]}
        />
        <List
          caption="People by what of theirs would work on"
          rows={kinds}
          keyOf={({ kind }) => kind}
          columns={[
            { title: 'What would work on', show: ({ kind }) => KINDS[kind] },
            { title: 'People', show: (cell) => <Cell of={cell} /> },
          ]}
        />
      </div>
      <NotRead gaps={notRead} />
      <Trend trend={trend} />
    </>
  );
}

/** What nobody’s list is read from is no fault: what there is to do, if anything, stands in the sentence. */
function NotRead({ gaps }: { readonly gaps: Company['notRead'] }) {
  if (gaps.length === 0) return null;
  return (
    <section className="panel warn">
      <h3>Not read</h3>
      <ul className="bullets">
        {gaps.map(({ reason, source, detail, missingPermission }) => (
          <li key={`${reason} ${source} ${detail}`}>
            {detail}
            {missingPermission !== undefined && (
              <>
                {' '}
                Missing: <code>{missingPermission}</code>.
              </>
            )}{' '}
            <small>
              <code>{source}</code>
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Cell({ of }: { readonly of: { readonly people: number | null } }) {
  return <span className={of.people === null ? 'withheld' : undefined}>{peopleOf(of)}</span>;
}

function Trend({ trend }: Pick<Company, 'trend'>) {
  if (trend.length === 0) return null;
  return (
    <details className="panel">
      <summary>How it was before: {trend.length === 1 ? '1 reading' : `${trend.length} readings`}</summary>
      <List
        caption="People by how much of theirs would work on, by day of the reading, the newest first"
        rows={trend.toReversed()}
        keyOf={({ day }) => day}
        columns={[
          {
            title: 'Day (UTC)',
            show: ({ day, state }) => (
              <>
                {day}
                {state === 'at-least' && <small>not all was read</small>}
              </>
            ),
          },
          ...Object.entries(BANDS).map(([band, words]) => ({
            title: capital(words),
            show: ({ bands }: Company['trend'][number]) => {
              const cell = bands.find((each) => each.band === band);
              return cell === undefined ? 'not known' : <Cell of={cell} />;
            },
          })),
        ]}
      />
    </details>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

interface Asking {
  readonly onBegun: (at: string) => void;
  readonly onClose: () => void;
}

function ReadNow({ onBegun, onClose }: Asking) {
  const { api } = useSession();
  return (
    <Ask
      title="Read now what everybody holds"
      verb="Read it now"
      reasonHint="It stands in the log, with your name."
      act={async ({ reason }) => onBegun((await take(api.POST('/api/exposure', { body: { reason } }))).at)}
      onClose={onClose}
    >
      <p>It changes nothing, takes some minutes, and replaces what was read before.</p>
    </Ask>
  );
}
