import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { take } from '../../../api.ts';
import { Scroll } from '../../../parts/list/scroll.tsx';
import { nameOf } from '../../../parts/people/person.tsx';
import { Fault, Loading } from '../../../parts/states.tsx';
import { useSession } from '../../../session.ts';
import { AskOnce, type Seen } from '../answers/asking.tsx';

type Cut = NonNullable<ReturnType<typeof useCut>['data']>['cut'][number];

function useCut(caseId: string) {
  const { api } = useSession();
  return useQuery({
    queryKey: ['cut', caseId],
    queryFn: () => take(api.GET('/api/cases/{id}/restore', { params: { path: { id: caseId } } })),
    gcTime: 0,
    // What was looked at is what is undone: a list that changed beneath the reader would be another report's.
    staleTime: 'static',
  });
}

/** Gives back what the case cut, whole or by finding. What cannot be given back is said first. */
export function Undo({ seen, close }: { readonly seen: Seen; readonly close: () => void }) {
  const { api } = useSession();
  const { row } = seen;
  const asked = useCut(row.caseId);
  const [isWhole, setWhole] = useState(false);
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const cut = asked.data?.cut ?? [];
  const byApp = cut.filter(({ by }) => by === 'app');
  const toggle = (id: string, isIn: boolean) =>
    setIds((before) => new Set(isIn ? [...before, id] : [...before].filter((each) => each !== id)));
  const what = isWhole ? { all: true as const } : { findings: [...ids] };
  return (
    <AskOnce
      title={`Undo what the case of ${nameOf(row)} cut`}
      verb={verbOf(isWhole, ids.size)}
      danger
      ready={asked.isSuccess && (isWhole || ids.size > 0)}
      act={({ reason }) => {
        const body: RestoreBody = { reason, revision: asked.data?.revision ?? 0, ...what };
        return take(api.POST('/api/cases/{id}/restore', { params: { path: { id: row.caseId } }, body }));
      }}
      onClose={close}
    >
      {asked.isPending && <Loading what="what was cut" />}
      {asked.isError && <Fault error={asked.error} again={() => void asked.refetch()} />}
      {asked.isSuccess && (
        <>
          <NotBack cut={cut} />
          <fieldset className="choices">
            <legend>What is given back</legend>
            <label className="check">
              <input type="radio" name="what" checked={!isWhole} onChange={() => setWhole(false)} />
              Some of it; the gateway goes on refusing them
            </label>
            <label className="check">
              <input type="radio" name="what" checked={isWhole} onChange={() => setWhole(true)} />
              The whole case, which was about the wrong person or at the wrong time: they are let in again at once
            </label>
          </fieldset>
          {!isWhole && (
            <fieldset className="choices">
              <legend>{byApp.length === 0 ? 'The app can undo nothing of it' : 'What the app can undo'}</legend>
              {byApp.length > 1 && (
                <label className="check">
                  <input
                    type="checkbox"
                    checked={byApp.every(({ findingId }) => ids.has(findingId))}
                    onChange={({ target }) =>
                      setIds(new Set(target.checked ? byApp.map(({ findingId }) => findingId) : []))
                    }
                  />
                  <strong>Select all {byApp.length}</strong>
                </label>
              )}
              {byApp.map(({ findingId, what: done }) => (
                <label key={findingId} className="check">
                  <input
                    type="checkbox"
                    checked={ids.has(findingId)}
                    onChange={({ target }) => toggle(findingId, target.checked)}
                  />
                  {done}
                </label>
              ))}
            </fieldset>
          )}
        </>
      )}
    </AskOnce>
  );
}

function verbOf(isWhole: boolean, count: number): string {
  if (isWhole) return 'Undo all and let them in';
  if (count === 0) return 'Give it back';
  return count === 1 ? 'Give 1 access path back' : `Give ${count} access paths back`;
}

type RestoreBody = {
  reason: string;
  revision: number;
  findings?: string[];
  all?: true;
};

function NotBack({ cut }: { readonly cut: readonly Cut[] }) {
  const not = cut.filter(({ by }) => by !== 'app');
  if (not.length === 0) return null;
  return (
    <div className="note warn">
      <h3>What the app cannot undo: {not.length}</h3>
      <Scroll label="What the app cannot undo">
        <ul className="ruled">
          {not.map(({ findingId, what, undo }) => (
            <li key={findingId}>
              {what} <span className="meta">{undo}</span>
            </li>
          ))}
        </ul>
      </Scroll>
    </div>
  );
}
