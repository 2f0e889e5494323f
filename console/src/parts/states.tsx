import { type ReactNode, useEffect, useState } from 'react';
import { ApiFault } from '../api.ts';
import { type Right, ROLES_FOR, useSession } from '../session.ts';
import { SignedOutFault } from '../signed-out.ts';
import { SignInAgain } from './sign-in-again.tsx';

/** What failed, on which resource, and what to do: as the API says it. */
export function Fault({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  if (error instanceof SignedOutFault) return <SignInAgain why={error.message} />;
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

/** After so long whoever waits is told that it is not usual. */
const SLOW_MS = 8_000;

export function Loading({ what }: { readonly what: string }) {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="state" role="status" aria-live="polite">
      <span className="spinner" aria-hidden="true" /> Loading {what}…
      {isSlow && <p>The app takes longer than usual. This goes on by itself.</p>}
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

/** For whoever follows the address of a page that is not for their roles. */
export function NeedsRole({ title, right }: { readonly title: string; readonly right: Right }) {
  const { me } = useSession();
  return (
    <div className="state">
      <h1>{title} needs another role</h1>
      <p>
        You are signed in as {me.upn}. This page takes {ROLES_FOR[right]}; an administrator assigns it in Entra, under
        Enterprise applications, this app, Users and groups. Then sign out and in again.
      </p>
    </div>
  );
}

/** For whoever is signed in and may see nothing but their own. */
export function NoPermission() {
  const { me } = useSession();
  return (
    <div className="state">
      <h1>You have no role here</h1>
      <p>
        You are signed in as {me.upn}. To see cases you need the role Offboarding.Read; an administrator assigns it in
        Entra, under Enterprise applications, this app, Users and groups. Then sign out and in again.
      </p>
      <p>
        Without a role you see what is yours:{' '}
        <a href="#/exposure">what of your own would still work if you left today</a>.
      </p>
    </div>
  );
}
