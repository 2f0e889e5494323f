import type { ReactNode } from 'react';
import { ApiFault } from '../api.ts';
import { useSession } from '../session.ts';

/** What failed, on which resource, and what to do: as the API says it. */
export function Fault({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const problem = error instanceof ApiFault ? error.problem : {};
  const detail = error instanceof Error ? error.message : String(error);
  return (
    <div className="state bad" role="alert">
      <h2>{problem.title ?? 'It could not be read'}</h2>
      <p>{detail}</p>
      {problem.errors !== undefined && problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((each) => (
            <li key={`${each.pointer}${each.parameter}${each.detail}`}>
              {each.pointer !== undefined || each.parameter !== undefined ? (
                <code>{each.pointer ?? each.parameter}</code>
              ) : null}{' '}
              {each.detail}
            </li>
          ))}
        </ul>
      )}
      {problem.whatToDo !== undefined && <p>{problem.whatToDo}</p>}
      {again !== undefined && (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

export function Loading({ what }: { readonly what: string }) {
  return (
    <div className="state" role="status" aria-live="polite">
      <span className="spinner" aria-hidden="true" /> Loading {what}…
    </div>
  );
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** For whoever is signed in and may see nothing. */
export function NoPermission() {
  const { me } = useSession();
  return (
    <div className="state">
      <h1>You have no role here</h1>
      <p>
        You are signed in as {me.upn}. To see cases you need the role Offboarding.Read; an administrator assigns it in
        Entra, under Enterprise applications, this app, Users and groups. Then sign out and in again.
      </p>
    </div>
  );
}
