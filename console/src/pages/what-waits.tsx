import type { ReactNode } from 'react';
import type { Case } from '../api.ts';
import { Time } from '../parts/time.tsx';

/** What a case waits for, and whose word that is; told from its row alone. */
export function waitsOf(row: Case): ReactNode {
  const { state, mode, onHold, outcome, startsAt, awaiting = 0 } = row;
  if (onHold !== undefined) return <Waits what="To be released, or taken off" who="an operator" />;
  switch (state) {
    case 'scheduled':
      return (
        <>
          Its day
          {startsAt !== undefined && (
            <small>
              <Time at={startsAt} />
            </small>
          )}
        </>
      );
    case 'failed':
      return <Waits what="To be asked for again" who="an operator" />;
    case 'open':
    case 'running':
      return <Waits what="Nothing" who="it works" />;
    case 'filed':
      if (mode === 'plan') return <Waits what="Nothing" who="it is a plan" />;
      if (awaiting > 0)
        return <Waits what={awaiting === 1 ? '1 decision' : `${awaiting} decisions`} who="an approver" />;
      return outcome === 'attention' || outcome === 'incomplete' ? (
        <Waits what="What its report says is left" who="an operator" />
      ) : (
        'Nothing'
      );
    default:
      return 'Nothing';
  }
}

function Waits({ what, who }: { readonly what: string; readonly who: string }) {
  return (
    <>
      {what}
      <small>{who}</small>
    </>
  );
}
