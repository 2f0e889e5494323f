import { useState } from 'react';
import { take } from '../../api.ts';
import { useSession } from '../../session.ts';
import { Ask } from '../ask.tsx';
import { Known } from '../people/known.tsx';
import { Time } from '../time/time.tsx';
import { useHeld } from './use-held.ts';

/** That the app is paused, by whom, why and since when; whoever administers the app ends it here. */
export function PauseNotice() {
  const { api, may } = useSession();
  const [isAsking, setAsking] = useState(false);
  const paused = useHeld()?.paused;
  if (paused === undefined) return null;
  return (
    <section className="notice bad" aria-label="The app is paused">
      <div>
        <p>
          <strong>The app is paused: nothing is cut.</strong> New leavers are contained, and their cases wait.
        </p>
        <p>
          Since <Time at={paused.since} />, by <Known by={paused.by} />: {paused.why}
        </p>
      </div>
      {may.has('administer') && (
        <button type="button" onClick={() => setAsking(true)}>
          End the pause
        </button>
      )}
      {isAsking && (
        <Ask
          title="End the pause"
          verb="End the pause"
          reasonHint="It stands in the log, with your name."
          act={({ reason }) => take(api.DELETE('/api/pause', { body: { reason } }))}
          onClose={() => setAsking(false)}
        >
          <p>
            From now on cases cut again. What was put on hold meanwhile stays on hold until somebody releases it: the
            banner below this one shows how many there are.
          </p>
        </Ask>
      )}
    </section>
  );
}

/** Stops everything but containment, for administrators. */
export function PauseButton() {
  const { api, may } = useSession();
  const [isAsking, setAsking] = useState(false);
  const held = useHeld();
  if (!may.has('administer') || held === undefined || held.paused !== undefined) return null;
  return (
    <>
      <button type="button" className="quiet" onClick={() => setAsking(true)}>
        Pause the app
      </button>
      {isAsking && (
        <Ask
          title="Pause the app"
          verb="Pause the app"
          danger
          reasonHint="Everybody who opens the console reads it, with your name."
          act={({ reason }) => take(api.POST('/api/pause', { body: { reason } }))}
          onClose={() => setAsking(false)}
        >
          <p>
            From now on nothing is cut. Leavers are still contained at the gateway, and every new case waits until the
            pause has ended and somebody releases it. It raises an alert.
          </p>
        </Ask>
      )}
    </>
  );
}
