import { useEffect, useState } from 'react';
import { useSilentSince } from '../connection.ts';
import { useNewVersion } from '../new-version.ts';
import { useSession } from '../session.ts';
import { isAtWork, SignedOutFault, useSignedOut } from '../signed-out.ts';
import { HeldNotice } from './held/held.tsx';
import { PauseNotice } from './held/pause.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import { Time } from './time/time.tsx';

/** What whoever uses the console has to know on every page, the most urgent first. */
export function Notices() {
  const { denied, may } = useSession();
  return (
    <div className="notices">
      <SignedOutNotice />
      <Silent />
      {denied && (
        <p className="notice bad">
          The gateway refuses you: you are on the deny list. You can look, and you can decide nothing. Ask a colleague.
        </p>
      )}
      {may.has('read') && (
        <>
          <PauseNotice />
          <HeldNotice />
        </>
      )}
      <NewVersion />
    </div>
  );
}

/** Goes to sign in at once where nothing on the page would be lost, and comes back to its address; asks otherwise. */
function SignedOutNotice() {
  const { me } = useSession();
  const why = useSignedOut();
  useEffect(() => {
    if (why !== 'ended') return undefined;
    const leave = () => {
      if (document.visibilityState === 'visible' && !isAtWork()) void me.again('leave');
    };
    leave();
    // A page in the background waits until somebody looks at it.
    document.addEventListener('visibilitychange', leave);
    return () => document.removeEventListener('visibilitychange', leave);
  }, [why, me]);
  return why === undefined ? null : <SignInAgain why={new SignedOutFault(why).message} />;
}

/** That what is shown is old. */
function Silent() {
  const since = useSilentSince();
  return (
    <div role="status" aria-live="polite">
      {since !== undefined && (
        <p className="notice warn">
          <span>
            The app has not answered since <Time at={since.toISOString()} />. What you see was read before; this page
            asks again by itself.
          </span>
        </p>
      )}
    </div>
  );
}

function NewVersion() {
  const isNew = useNewVersion();
  const [isLater, setLater] = useState(false);
  return (
    <div role="status" aria-live="polite">
      {isNew && !isLater && (
        <p className="notice">
          <span>A newer version of the console is there. Reload when it suits you; what you typed would be lost.</span>
          <button type="button" onClick={() => location.reload()}>
            Reload
          </button>
          <button type="button" className="quiet" onClick={() => setLater(true)}>
            Later
          </button>
        </p>
      )}
    </div>
  );
}
