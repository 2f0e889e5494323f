import { useState } from 'react';
import { take } from '../../../api.ts';
import { nameOf } from '../../../parts/people/person.tsx';
import { Time } from '../../../parts/time/time.tsx';
import { useSession } from '../../../session.ts';
import { AskOnce, asSeen, type Seen } from '../answers/asking.tsx';

interface Dialog {
  readonly seen: Seen;
  readonly close: () => void;
}

const paramsOf = (seen: Seen) => ({ path: { id: seen.row.caseId }, header: asSeen(seen) });

export function StartNow({ seen, close }: Dialog) {
  const { api } = useSession();
  const { row } = seen;
  return (
    <AskOnce
      title={`Start the case of ${nameOf(row)} now?`}
      verb="Start the case"
      danger={row.mode === 'apply'}
      act={({ reason }) => take(api.POST('/api/cases/{id}/start', { params: paramsOf(seen), body: { reason } }))}
      onClose={close}
    >
      <p>
        {row.mode === 'apply'
          ? 'The gateway refuses them at once, and what is theirs for certain is cut, before their day.'
          : 'It is a plan: everything is read, and nothing is cut.'}
      </p>
    </AskOnce>
  );
}

export function CancelStart({ seen, close }: Dialog) {
  const { api } = useSession();
  return (
    <AskOnce
      title={`Cancel the case of ${nameOf(seen.row)}?`}
      verb="Cancel the case"
      danger
      act={({ reason }) => take(api.POST('/api/cases/{id}/cancel', { params: paramsOf(seen), body: { reason } }))}
      onClose={close}
    >
      <p>It does not start by itself any more. If they leave all the same, somebody opens a new case.</p>
    </AskOnce>
  );
}

export function MoveStart({ seen, close }: Dialog) {
  const { api } = useSession();
  const { startsAt, lastDay } = seen.row;
  const [by, setBy] = useState<'day' | 'instant'>('day');
  const [value, setValue] = useState(lastDay ?? '');
  const choose = (next: typeof by, at = '') => {
    setBy(next);
    setValue(at);
  };
  return (
    <AskOnce
      title={`Let the case of ${nameOf(seen.row)} wait for another day`}
      verb="Move the case"
      ready={value !== ''}
      act={({ reason }) => {
        const to = by === 'day' ? { lastDay: value } : { when: new Date(value).toISOString() };
        return take(api.POST('/api/cases/{id}/reschedule', { params: paramsOf(seen), body: { ...to, reason } }));
      }}
      onClose={close}
    >
      {startsAt !== undefined && (
        <p>
          It starts at <Time at={startsAt} /> so far.
        </p>
      )}
      <fieldset className="choices">
        <legend>When it is to start</legend>
        <label className="check">
          <input type="radio" name="by" checked={by === 'day'} onChange={() => choose('day', lastDay)} />
          At the end of the last day
        </label>
        <label className="check">
          <input type="radio" name="by" checked={by === 'instant'} onChange={() => choose('instant')} />
          At an instant, in your time
        </label>
      </fieldset>
      <label className="field">
        <span>{by === 'day' ? 'Last day' : 'Instant'}</span>
        <input
          key={by}
          type={by === 'day' ? 'date' : 'datetime-local'}
          required
          value={value}
          onChange={({ target }) => setValue(target.value)}
        />
      </label>
    </AskOnce>
  );
}

/** One case on hold, by a request for its person: that names nobody else. */
export function ReleaseOne({ seen: { row }, close }: Dialog) {
  const { api } = useSession();
  const { oid, mode, userPrincipalName } = row;
  return (
    <AskOnce
      title={`Start the case of ${nameOf(row)}?`}
      verb={mode === 'apply' ? 'Start and cut' : 'Start the plan'}
      danger={mode === 'apply'}
      act={({ reason, key }) => {
        const confirmed = userPrincipalName === undefined ? {} : { confirmUserPrincipalName: userPrincipalName };
        const params = { header: { 'idempotency-key': key } };
        return take(api.POST('/api/cases', { params, body: { oid, mode, reason, ...confirmed } }));
      }}
      onClose={close}
    >
      <p>Make sure that this is who leaves:</p>
      <dl className="facts">
        <dt>Name</dt>
        <dd>{nameOf(row)}</dd>
        <dt>Account</dt>
        <dd>
          <code>{userPrincipalName ?? 'not known'}</code>
        </dd>
        <dt>Object id</dt>
        <dd>
          <code>{oid}</code>
        </dd>
      </dl>
    </AskOnce>
  );
}
