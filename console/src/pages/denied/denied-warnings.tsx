import { useState } from 'react';
import { addressOf } from '../../address.ts';
import { type Schemas, take } from '../../api.ts';
import { Ask } from '../../parts/ask.tsx';
import { endsSoon } from '../../parts/held/denied-words.ts';
import { useSession } from '../../session.ts';

type Row = Schemas['Denied'];

/** From here on people have time to make room, as the app's own alert counts. */
const NEARLY_FULL = 0.8;

interface Answer {
  readonly rows: readonly Row[];
  readonly blocked?: string;
  readonly room?: { readonly taken: number; readonly of: number };
}

/** What needs somebody’s attention in the deny list as a whole. */
export function Warnings({ rows, blocked, room }: Answer) {
  const { may } = useSession();
  const [isAsking, setAsking] = useState(false);
  const soon = rows.filter(endsSoon).length;
  const unreadable = rows.filter(({ state }) => state === 'unreadable').length;
  const share = room === undefined ? 0 : room.taken / room.of;
  return (
    <>
      {blocked !== undefined && (
        <section className="panel bad">
          <h2>Nothing is taken off the gateway’s list</h2>
          <p>{blocked}</p>
          <p>Recover the table from its backup. Where it is right as it is, accept it.</p>
          {may.has('operate') && (
            <button type="button" className="danger" onClick={() => setAsking(true)}>
              Accept the table as it is
            </button>
          )}
        </section>
      )}
      {room !== undefined && share >= NEARLY_FULL && (
        <section className={`panel ${share >= 1 ? 'bad' : 'warn'}`}>
          <h2>{share >= 1 ? 'The list is full' : `The list is ${Math.round(share * 100)} % full`}</h2>
          <p>
            {room.taken} of {room.of} places are taken. Add a name to <code>deny_list_named_values</code> of{' '}
            <code>gateway_settings</code> and apply; release whoever need not be denied any more.
          </p>
        </section>
      )}
      {unreadable > 0 && (
        <p className="panel warn">
          {unreadable === 1 ? 'A row cannot be read' : `${unreadable} rows cannot be read`}: a newer release wrote it,
          or somebody edited it. Whom it names stays as they are.
        </p>
      )}
      {soon > 0 && (
        <p className="panel warn">
          {soon === 1 ? 'One containment ends' : `${soon} containments end`} within a day: then the gateway lets them in
          again, and nobody is asked. <a href={addressOf('/denied', { show: 'soon' })}>Extend or let them end</a>
        </p>
      )}
      {room !== undefined && share < NEARLY_FULL && (
        <p className="hint">
          {room.taken} of {room.of} places of the gateway’s list are taken.
        </p>
      )}
      {isAsking && <Accept onClose={() => setAsking(false)} />}
    </>
  );
}

function Accept({ onClose }: { readonly onClose: () => void }) {
  const { api } = useSession();
  return (
    <Ask
      title="Accept the table as it is"
      verb="Accept the table"
      danger
      reasonHint="It stands in the log, with your name."
      act={({ reason }) => take(api.POST('/api/denied/accept', { body: { reason } }))}
      onClose={onClose}
    >
      <p>
        From now on the gateway’s list is written from this table again. Whoever is on the list and in no row stays
        denied and gets a row; whoever a row says is released is taken off. A table from an old backup denies again
        whoever was released since: look at the rows before.
      </p>
    </Ask>
  );
}
