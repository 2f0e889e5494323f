import { useState } from 'react';
import { take } from '../../../api.ts';
import { Scroll } from '../../../parts/list/scroll.tsx';
import { useSession } from '../../../session.ts';
import { AskOnce, asSeen, type Seen, useAsking } from '../answers/asking.tsx';
import { type Finding, remedyOf } from '../report.ts';

export type Choice = 'approve' | 'reject';

interface Bar {
  readonly decidable: readonly Finding[];
  readonly choices: ReadonlyMap<string, Choice>;
  readonly choose: (ids: readonly string[], choice: Choice | undefined) => void;
  readonly planHash: string | undefined;
  readonly isEmergency: boolean;
}

/** What the reader has ticked so far, all of it at once, and the button that asks for the reason. */
export function DecideBar({ decidable, choices, choose, planHash, isEmergency }: Bar) {
  const { ask } = useAsking();
  const waiting = decidable.filter(({ status }) => status === 'awaiting-decision').map(({ id }) => id);
  const chosen = (choice: Choice) => decidable.filter(({ id }) => choices.get(id) === choice);
  const [approve, reject] = [chosen('approve'), chosen('reject')];
  const left = waiting.length - waiting.filter((id) => choices.has(id)).length;
  const decide = () =>
    ask((seen, close) => (
      <Decide
        {...{ seen, approve, reject, planHash: planHash ?? '', isEmergency, close }}
        onDone={() => choose([...choices.keys()], undefined)}
      />
    ));
  return (
    <fieldset className="decide-bar" aria-label="Decide">
      <p aria-live="polite">
        <b>{approve.length}</b> to approve, <b>{reject.length}</b> to reject, <b>{left}</b> left as they are
      </p>
      <div className="buttons">
        {waiting.length > 1 && (
          <>
            <button type="button" onClick={() => choose(waiting, 'approve')}>
              Approve all {waiting.length}
            </button>
            <button type="button" onClick={() => choose(waiting, 'reject')}>
              Reject all {waiting.length}
            </button>
          </>
        )}
        {choices.size > 0 && (
          <button type="button" onClick={() => choose([...choices.keys()], undefined)}>
            Clear
          </button>
        )}
        <button
          type="button"
          className="primary"
          disabled={approve.length + reject.length === 0 || planHash === undefined}
          onClick={decide}
        >
          Decide…
        </button>
      </div>
    </fieldset>
  );
}

interface Deciding {
  readonly seen: Seen;
  readonly approve: readonly Finding[];
  readonly reject: readonly Finding[];
  readonly planHash: string;
  readonly isEmergency: boolean;
  readonly close: () => void;
  readonly onDone: () => void;
}

function Decide({ seen, approve, reject, planHash, isEmergency, close, onDone }: Deciding) {
  const { api } = useSession();
  const [isTrue, setTrue] = useState(false);
  const ids = (findings: readonly Finding[]) => findings.map(({ id }) => id);
  const verb = [
    ...(approve.length > 0 ? [`Approve ${approve.length}`] : []),
    ...(reject.length > 0 ? [`${approve.length > 0 ? 'reject' : 'Reject'} ${reject.length}`] : []),
  ].join(', ');
  return (
    <AskOnce
      title={isEmergency ? 'Decide in an emergency' : 'Decide'}
      verb={verb}
      danger={approve.length > 0}
      ready={!isEmergency || isTrue}
      act={({ reason }) =>
        take(
          api.POST('/api/cases/{id}/decisions', {
            params: { path: { id: seen.row.caseId }, header: asSeen(seen) },
            body: {
              planHash,
              approve: ids(approve),
              reject: ids(reject),
              reason,
              ...(isEmergency && { emergency: true as const }),
            },
          }),
        )
      }
      onDone={onDone}
      onClose={close}
    >
      <TwoWays approve={approve} />
      <Decided title={`Approved, and carried out at once: ${approve.length}`} findings={approve} />
      <Decided title={`Rejected, and left as it is: ${reject.length}`} findings={reject} />
      {isEmergency && (
        <label className="check">
          <input type="checkbox" checked={isTrue} onChange={({ target }) => setTrue(target.checked)} />
          No approver can decide now. Everybody who is told of the case hears that I did.
        </label>
      )}
    </AskOnce>
  );
}

function TwoWays({ approve }: { readonly approve: readonly Finding[] }) {
  const ids = new Set(approve.map(({ id }) => id));
  const twice = approve.filter(({ closedWith }) => closedWith !== undefined && ids.has(closedWith));
  if (twice.length === 0) return null;
  return (
    <p className="note warn">
      Of {twice.length === 1 ? 'one thing' : `${twice.length} things`} you approve more than one remedy. Where they are
      alternatives, one is enough: {twice.map(({ title }) => title).join('; ')}.
    </p>
  );
}

function Decided({ title, findings }: { readonly title: string; readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <Scroll label={title}>
        <ul className="ruled">
          {findings.map((finding) => (
            <li key={finding.id}>{remedyOf(finding)?.what ?? finding.title}</li>
          ))}
        </ul>
      </Scroll>
    </div>
  );
}
