import { addressOf } from '../../address.ts';
import { nameOf, Person } from '../../parts/people/person.tsx';
import type { Became, Filled } from './asked-for.ts';

/** What was sent, as long as the app has not said what became of it. */
export function Sent({ filled: { people, way, reason } }: { readonly filled: Filled }) {
  return (
    <section className="panel" role="status" aria-live="polite" data-at-work="">
      <h1>
        <span className="spinner" aria-hidden="true" /> {way === 'contain' ? 'Containing' : 'Opening'}{' '}
        {people.length === 1 ? 'it' : `${people.length} of them`}…
      </h1>
      <p>
        It was sent, and is not sent twice: looking people up in Entra can take a moment. What becomes of each stands
        here as soon as the app answers.
      </p>
      <ul className="became">
        {people.map((person) => (
          <li key={person.oid}>
            <strong>{nameOf(person)}</strong> <span className="chip quiet">Pending</span>
            <small>{reason}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

const STATES: Readonly<Record<string, string>> = {
  scheduled: 'Scheduled',
  open: 'Opened',
  running: 'Running',
  filed: 'Filed before',
};

/** Nothing is called done that is on hold, or that the gateway or Entra has not taken. */
function headingOf(done: number, open: number): string {
  if (open > 0) return open === 1 && done === 0 ? 'It is not done yet' : `${done} of them are done, ${open} not yet`;
  return done === 1 ? 'Recorded' : `Recorded for ${done} people`;
}

/** What became of each person; `again` where nothing is left to be done. */
export function Results({ became, again }: { readonly became: readonly Became[]; readonly again?: () => void }) {
  const Heading = again !== undefined ? 'h1' : 'h2';
  const done = became.filter(({ isOpen }) => isOpen !== true).length;
  return (
    <section className="panel" role="status" data-at-work="">
      <Heading>{headingOf(done, became.length - done)}</Heading>
      <ul className="became">
        {became.map(({ person, caseId, state = '', status, words, onHold }) => (
          <li key={person.oid}>
            <strong>
              <Person {...person} />
            </strong>{' '}
            {words ?? (
              <>
                {onHold !== undefined
                  ? 'On hold, nothing was done'
                  : status === 201
                    ? (STATES[state] ?? state)
                    : `There was a case already (${STATES[state] ?? state})`}
                : {caseId !== undefined && <a href={addressOf(`/cases/${caseId}`)}>the case</a>}
                {onHold !== undefined && <small>{onHold}</small>}
              </>
            )}
          </li>
        ))}
      </ul>
      {again !== undefined && (
        <div className="buttons">
          <a className="button" href="#/cases">
            All cases
          </a>
          <button type="button" onClick={again}>
            Somebody else
          </button>
        </div>
      )}
    </section>
  );
}
