import { addressOf } from '../../address.ts';
import { nameOf, Person } from '../../parts/person.tsx';
import type { Became, Filled } from './asked-for.ts';

/** What was sent, as long as the app has not said what became of it. */
export function Sent({ filled: { people, way, reason } }: { readonly filled: Filled }) {
  return (
    <section className="panel" role="status" aria-live="polite">
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

/** What became of each person; `again` where nothing is left to be done. */
export function Results({ became, again }: { readonly became: readonly Became[]; readonly again?: () => void }) {
  const Heading = again !== undefined ? 'h1' : 'h2';
  return (
    <section className="panel" role="status">
      <Heading>{became.length === 1 ? 'Recorded' : `Recorded for ${became.length} people`}</Heading>
      <ul className="became">
        {became.map(({ person, caseId, state = '', status, words }) => (
          <li key={person.oid}>
            <strong>
              <Person {...person} />
            </strong>{' '}
            {words ?? (
              <>
                {status === 201 ? (STATES[state] ?? state) : `There was a case already (${STATES[state] ?? state})`}:{' '}
                {caseId !== undefined && <a href={addressOf(`/cases/${caseId}`)}>the case</a>}
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
