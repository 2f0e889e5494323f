import { addressOf } from '../../address.ts';
import type { Case } from '../../api.ts';
import { Time } from '../../parts/time/time.tsx';
import type { Rights } from './acts/rights.ts';
import { CancelStart, MoveStart, ReleaseOne, StartNow } from './acts/schedule-dialogs.tsx';
import { useAsking } from './answers/asking.tsx';

/** What a case that has no report waits for, or why there is none, and what can be done about it. */
export function StatePanel({ row, rights }: { readonly row: Case; readonly rights: Rights }) {
  switch (row.state) {
    case 'scheduled':
      return <Scheduled row={row} rights={rights} />;
    case 'open':
      return row.onHold === undefined ? <Starts /> : <Held row={row} rights={rights} />;
    case 'refused':
      return (
        <section className="panel tone bad" aria-labelledby="state">
          <h2 id="state">The case was refused: nothing was done</h2>
          <p>{row.refusal ?? 'No reason was recorded.'}</p>
        </section>
      );
    case 'cancelled':
      return (
        <section className="panel tone quiet" aria-labelledby="state">
          <h2 id="state">The case was cancelled before it began: nothing was done</h2>
          <p>{row.cancellation ?? 'No reason was recorded.'}</p>
          <NewCase row={row} rights={rights} words="Open a new case for this person" />
        </section>
      );
    case 'failed':
      return <Failed row={row} rights={rights} />;
    default:
      return null;
  }
}

interface Panel {
  readonly row: Case;
  readonly rights: Rights;
}

function Scheduled({ row, rights }: Panel) {
  const { ask } = useAsking();
  const { startsAt, lastDay, onHold } = row;
  return (
    <section className={`panel tone ${onHold === undefined ? 'wait' : 'warn'}`} aria-labelledby="state">
      <h2 id="state">
        {startsAt === undefined ? (
          'Waits for its day'
        ) : (
          <>
            Starts by itself at <Time at={startsAt} />
          </>
        )}
      </h2>
      <p>
        Nothing was done so far{lastDay === undefined ? '' : `; the last day is ${lastDay}`}. The person works as before
        until then.
      </p>
      {onHold !== undefined && <p>{onHold}</p>}
      {rights.operate && (
        <div className="buttons start">
          <button
            type="button"
            className="primary"
            onClick={() => ask((seen, close) => <StartNow {...{ seen, close }} />)}
          >
            Start now…
          </button>
          <button type="button" onClick={() => ask((seen, close) => <MoveStart {...{ seen, close }} />)}>
            Move to another day…
          </button>
          <button
            type="button"
            className="danger"
            onClick={() => ask((seen, close) => <CancelStart {...{ seen, close }} />)}
          >
            Cancel the case…
          </button>
        </div>
      )}
    </section>
  );
}

function Starts() {
  return (
    <section className="panel tone wait" aria-labelledby="state">
      <h2 id="state">
        <span className="spinner" aria-hidden="true" /> The case is about to start
      </h2>
      <p>This page shows each step as soon as it runs.</p>
    </section>
  );
}

function Held({ row, rights }: Panel) {
  const { ask } = useAsking();
  return (
    <section className="panel tone warn" aria-labelledby="state">
      <h2 id="state">On hold: nothing is cut before somebody starts it</h2>
      <p>
        {row.onHold}
        {row.contained === 'done' && ' The gateway refuses them meanwhile.'}
      </p>
      {rights.operate && (
        <div className="buttons start">
          <button
            type="button"
            className="primary"
            onClick={() => ask((seen, close) => <ReleaseOne {...{ seen, close }} />)}
          >
            Start this case…
          </button>
        </div>
      )}
    </section>
  );
}

function Failed({ row, rights }: Panel) {
  const { failure, attempts = [], attemptAt } = row;
  return (
    <section className="panel tone bad" aria-labelledby="state">
      <h2 id="state">The case broke without a report: what it cut is cut, and the rest stands</h2>
      <p>{failure ?? attempts.at(-1)?.why ?? 'The log of the app says why.'}</p>
      {attemptAt === undefined ? (
        <NewCase row={row} rights={rights} words="Open a new case for this person" />
      ) : (
        <p>
          It is tried again at <Time at={attemptAt} />.
        </p>
      )}
    </section>
  );
}

/** Leads to the form of a new case, filled in. */
export function NewCase({ row, rights, words }: Panel & { readonly words: string }) {
  if (!rights.operate) return null;
  return (
    <p className="buttons start">
      <a className="button primary" href={addressOf('/new', { oid: row.oid, mode: 'apply' })}>
        {words}
      </a>
    </p>
  );
}
