import { useState } from 'react';
import { addressOf } from '../address.ts';
import { type Schemas, take } from '../api.ts';
import { useSession } from '../session.ts';
import { Ask } from './ask.tsx';
import { Chip } from './chip.tsx';
import { Payload } from './payload.tsx';
import { Known } from './people/known.tsx';
import { Time } from './time/time.tsx';

type Rejection = Schemas['Rejection'];

const FROM: Readonly<Record<string, string>> = { 'hr-queue': 'A message of HR', 'entra-event': 'An event of Entra' };
const STATES = { open: ['warn', 'Open'], retried: ['good', 'Run again'], handled: ['quiet', 'Handled'] } as const;
/** What came of running it again. */
const RESULTS: Readonly<Record<Rejection['retries'][number]['result'], string>> = {
  opened: 'a case was opened',
  merged: 'it joined a case that was there',
  duplicate: 'its case was there already',
  'on-hold': 'its case is on hold',
  'carried-out': 'it took back what it was to take back',
  rejected: 'it was rejected again',
};

/** What could not become a case: why, what came, and what was done about it. */
export function RejectionCard({ rejection }: { readonly rejection: Rejection }) {
  const { may } = useSession();
  const [asking, setAsking] = useState<'retry' | 'handled'>();
  const { id, trigger, reason, received, length, state, canRetry, retries, handled } = rejection;
  const [tone, words] = STATES[state];
  return (
    <article className="panel rejection" aria-label={`Rejection ${id}`}>
      <div className="heading">
        <h2>{FROM[trigger] ?? trigger}</h2>
        <Chip tone={tone}>{words}</Chip>
        <small>
          <code>{id}</code>
        </small>
      </div>
      <p>{reason}</p>
      <Payload text={received} length={length} />
      {retries.map(({ at, by, reason: why, result, caseId, why: said }) => (
        <p key={at}>
          Run again <Time at={at} /> by <Known by={by} /> ({why}): {RESULTS[result]}
          {caseId !== undefined && (
            <>
              , <a href={addressOf(`/cases/${caseId}`)}>the case</a>
            </>
          )}
          .{said !== undefined && ` ${said}`}
        </p>
      ))}
      {handled !== undefined && (
        <p>
          Handled <Time at={handled.at} /> by <Known by={handled.by} />: {handled.reason}
        </p>
      )}
      {state === 'open' && !canRetry && (
        <p className="hint">
          It cannot be run again: the message itself has faults, or it was no request. HR corrects it and sends it under
          a new message id; then mark this one as handled.
        </p>
      )}
      {may.has('operate') && state === 'open' && (
        <div className="buttons">
          <button type="button" onClick={() => setAsking('handled')}>
            Mark as handled
          </button>
          {canRetry && (
            <button type="button" className="primary" onClick={() => setAsking('retry')}>
              Run it again
            </button>
          )}
        </div>
      )}
      {asking === 'retry' && <Retry id={id} onClose={() => setAsking(undefined)} />}
      {asking === 'handled' && <Handled id={id} onClose={() => setAsking(undefined)} />}
    </article>
  );
}

interface One {
  readonly id: string;
  readonly onClose: () => void;
}

function Retry({ id, onClose }: One) {
  const { api } = useSession();
  return (
    <Ask
      title="Run the message again"
      verb="Run it again"
      act={({ reason }) => take(api.POST('/api/rejections/{id}/retry', { params: { path: { id } }, body: { reason } }))}
      onClose={onClose}
    >
      <p>
        It is delivered once more, with what it said and by the settings of now: it opens a case, joins one, or is
        rejected again. Mend first what it was rejected for, such as the employee id in Entra.
      </p>
    </Ask>
  );
}

function Handled({ id, onClose }: One) {
  const { api } = useSession();
  return (
    <Ask
      title="Mark as handled"
      verb="Mark as handled"
      reasonHint="Say what you did instead. It is kept with your name."
      act={({ reason }) =>
        take(api.POST('/api/rejections/{id}/handled', { params: { path: { id } }, body: { reason } }))
      }
      onClose={onClose}
    >
      <p>It leaves the list of what is open. Nobody is offboarded by this.</p>
    </Ask>
  );
}
