import type { Report } from '../report.ts';
import { stepTitle } from '../report.ts';

/** What could not be read, or not to its end: access may remain unseen there. */
export function Unread({ report }: { readonly report: Report }) {
  const lines = report.steps.flatMap(({ step, coverage }) =>
    coverage
      .filter(({ state }) => state === 'partial' || state === 'denied' || state === 'unavailable')
      .map((each) => ({ step, ...each })),
  );
  const stopped = report.steps.filter(({ run }) => run !== 'ran');
  if (lines.length + stopped.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="unread">
      <h2 id="unread">Could not be read</h2>
      <ul className="ruled">
        {stopped.map(({ step, failures }) => (
          <li key={step}>
            <strong>{stepTitle(step)}</strong> {failures[0]?.message ?? 'did not run.'}
          </li>
        ))}
        {lines.map(({ source, state, detail, missingPermission }) => (
          <li key={source}>
            <code>{source}</code> ({state}) {detail}
            {missingPermission !== undefined && (
              <>
                {' '}
                Missing permission: <code>{missingPermission}</code>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
