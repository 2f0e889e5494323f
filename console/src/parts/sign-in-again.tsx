import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../session.ts';
import { noteSignedOut } from '../signed-out.ts';

/** Asks to sign in again, in a window of its own, so that what is on the page and typed into it stays. */
export function SignInAgain({ why }: { readonly why: string }) {
  const { me } = useSession();
  const all = useQueryClient();
  const [state, setState] = useState<'asks' | 'waits' | 'failed' | 'done'>('asks');
  const begin = async () => {
    setState('waits');
    try {
      await me.again('window');
    } catch {
      setState('failed');
      return;
    }
    noteSignedOut(undefined);
    setState('done');
    await all.invalidateQueries();
  };
  if (state === 'done') return <p role="status">You are signed in again. Carry on.</p>;
  return (
    <div className="state bad" role="alert">
      <h2>Sign in again</h2>
      <p>{why}</p>
      {state === 'failed' && (
        <p>
          The window did not sign you in: it was closed, or the browser does not allow windows for this page. Try once
          more, or <strong>leave this page</strong> to sign in, which loses what you typed.
        </p>
      )}
      <div className="buttons">
        {state === 'failed' && (
          <button type="button" onClick={() => void me.again('leave')}>
            Leave this page
          </button>
        )}
        <button type="button" className="primary" disabled={state === 'waits'} onClick={() => void begin()}>
          {state === 'waits' ? 'Look at the other window…' : 'Sign in again'}
        </button>
      </div>
    </div>
  );
}
