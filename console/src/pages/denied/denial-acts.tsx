import { type Schemas, take } from '../../api.ts';
import { Ask } from '../../parts/ask.tsx';
import { nameOf } from '../../parts/people/person.tsx';
import { Time } from '../../parts/time/time.tsx';
import { useSession } from '../../session.ts';

type Row = Schemas['Denied'];

const HINT = 'It stays in the history of this denial, with your name. Write no secret.';

interface One {
  readonly row: Row;
  readonly onDone: (said: string) => void;
  readonly onClose: () => void;
}

/** Asks whether to let somebody in again. */
export function Release({ row, onDone, onClose }: One) {
  const { api } = useSession();
  const params = { path: { oid: row.oid } };
  return (
    <Ask
      title={`Release ${nameOf(row)}`}
      verb="Release"
      danger
      reasonHint={HINT}
      act={async ({ reason }) => {
        const { list } = await take(api.POST('/api/denied/{oid}/release', { params, body: { reason } }));
        onDone(
          list === 'later'
            ? 'Released. The gateway did not answer: it lets them in within some minutes.'
            : 'Released: the gateway lets them in again.',
        );
      }}
      onClose={onClose}
    >
      <p>
        The gateway lets them in again, with whatever they still hold. What a case cut besides stays cut; undo that on
        the case.
      </p>
    </Ask>
  );
}

/** Asks until when somebody is to stay denied. */
export function Extend({ row, onDone, onClose }: One) {
  const { api } = useSession();
  const params = { path: { oid: row.oid } };
  return (
    <Ask
      title={`Extend the containment of ${nameOf(row)}`}
      verb="Extend"
      reasonHint={HINT}
      act={async ({ reason, form }) => {
        const days = Number(form.get('days'));
        const { list } = await take(api.POST('/api/denied/{oid}/extend', { params, body: { reason, days } }));
        onDone(list === 'failed' ? 'Extended. The gateway’s list is tried again every minute.' : 'Extended.');
      }}
      onClose={onClose}
    >
      {row.byPerson !== undefined && (
        <p>
          It ends <Time at={row.byPerson.until} /> now. An earlier end is refused: that is a release.
        </p>
      )}
      <label className="field">
        <span>Days from now</span>
        <input name="days" type="number" min={1} max={90} defaultValue={7} required />
        <small>The app allows what CONTAIN_DAYS_AT_MOST says. What is to last is a case.</small>
      </label>
    </Ask>
  );
}
