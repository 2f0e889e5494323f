import { useState } from 'react';
import { addressOf } from '../../address.ts';
import { take } from '../../api.ts';
import { useSession } from '../../session.ts';
import { Ask } from '../ask.tsx';
import { Time } from '../time/time.tsx';
import { useHeld } from './use-held.ts';

type Held = NonNullable<ReturnType<typeof useHeld>>['held'][number];

/** A trigger as the subject of a sentence. */
const TRIGGER_WORDS: Readonly<Record<Held['trigger'], string>> = {
  'entra-event': 'deletions in Entra',
  'hr-queue': 'messages of HR',
  api: 'requests of people',
  sweep: 'the sweep',
  'lifecycle-workflow': 'lifecycle workflows',
};

/** A line for every trigger whose cases wait for somebody, with what keeps them and their release. */
export function HeldNotice() {
  const answer = useHeld();
  const [said, setSaid] = useState('');
  return (
    <>
      {(answer?.held ?? []).map((held) => (
        <OneHeld
          key={`${held.heldBy} ${held.trigger}`}
          held={held}
          isPaused={answer?.paused !== undefined}
          onReleased={setSaid}
        />
      ))}
      <p className={said === '' ? 'heard' : 'notice'} role="status" aria-live="polite">
        {said !== '' && (
          <>
            <span>{said}</span>
            <button type="button" className="quiet" onClick={() => setSaid('')}>
              Dismiss
            </button>
          </>
        )}
      </p>
    </>
  );
}

interface One {
  readonly held: Held;
  readonly isPaused: boolean;
  readonly onReleased: (said: string) => void;
}

function OneHeld({ held: { heldBy, trigger, cases, since, why }, isPaused, onReleased }: One) {
  const { api, may } = useSession();
  const [isAsking, setAsking] = useState(false);
  const number = cases === 1 ? '1 case' : `${cases} cases`;
  const from = `${number} from ${TRIGGER_WORDS[trigger]}`;
  return (
    <section className="notice warn" aria-label={`On hold: ${from}`}>
      <div>
        <p>
          <strong>
            {from} {cases === 1 ? 'is' : 'are'} on hold
          </strong>{' '}
          since <Time at={since} />.{' '}
          {heldBy === 'paused' ? 'The app was paused.' : 'More people left than is usual here within an hour.'}{' '}
          <a href={addressOf('/cases', { onHold: 'true', trigger })}>Look at them</a>
        </p>
        <details>
          <summary>Why, as the newest of them says it</summary>
          <p>{why}</p>
        </details>
      </div>
      {may.has('operate') && !isPaused && (
        <button type="button" onClick={() => setAsking(true)}>
          Release {cases === 1 ? 'it' : `all ${cases}`}
        </button>
      )}
      {isAsking && (
        <Ask
          title={`Release ${from}`}
          verb={`Release ${number}`}
          danger
          reasonHint="It stands in each case and its report, with your name. Write no secret."
          act={async ({ reason }) =>
            onReleased(resultOf(await take(api.POST('/api/held/release', { body: { reason, heldBy, trigger } }))))
          }
          onClose={() => setAsking(false)}
        >
          <p>
            Each person is looked up again first: who came back, or is protected, is not started. The others are
            offboarded in the mode of their case. Look at the list before: a wrong export looks like a mass leaving.
          </p>
          <p>
            <a href={addressOf('/cases', { onHold: 'true', trigger })} target="_blank" rel="noreferrer">
              Open the list in another tab
            </a>
          </p>
        </Ask>
      )}
    </section>
  );
}

interface Released {
  readonly started: number;
  readonly notStarted: number;
  readonly left: number;
  readonly why?: string;
}

function resultOf({ started, notStarted, left, why }: Released): string {
  if (why !== undefined) return `None was started. ${why}`;
  const skipped = notStarted === 0 ? '' : ` ${notStarted} not started: they came back or are protected.`;
  const rest = left === 0 ? '' : ` ${left} left for want of time: release again.`;
  return `${started} started.${skipped}${rest}`;
}
