import type { Schemas } from '../api.ts';
import { Time } from './time/time.tsx';

/** How far a sweep is: what it does, and each source that it counts. */
export function Progress({ progress: { doing, ends, sources } }: Pick<Schemas['Sweep'], 'progress'>) {
  return (
    <div role="status" aria-live="polite">
      <p>
        <span className="spinner" aria-hidden="true" /> {doing === undefined ? 'It begins…' : `It is ${doing}.`}
        {ends !== undefined && !Number.isNaN(Date.parse(ends)) && (
          <>
            {' '}
            Everything is read at about <Time at={ends} />.
          </>
        )}
      </p>
      <ul className="progress">
        {sources.map(({ source, done, of, unit }) => (
          <li key={source}>
            <code>{source}</code>
            {typeof of === 'number' ? <progress value={done} max={Math.max(of, 1)} aria-label={source} /> : <span />}
            <span>{typeof of === 'number' ? `${done} of ${of} ${unit}` : `${done} ${unit} so far`}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
