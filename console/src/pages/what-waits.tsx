import type { ReactNode } from 'react';
import type { Case } from '../api.ts';
import { Time } from '../parts/time/time.tsx';

/** What a case waits for, and whose word that is; told from its row alone. */
export function waitsOf(row: Case): ReactNode {
  const { state, mode, onHold, outcome, startsAt, awaiting = 0, incident } = row;
  if (onHold !== undefined) return <Waits what="To be looked at, and started" who="for an operator" />;
  switch (state) {
    case 'scheduled':
      return <Waits what="Its day" who={startsAt === undefined ? '' : <Time at={startsAt} />} />;
    case 'failed':
      return <Waits what="To be asked for again" who="for an operator" />;
    case 'open':
    case 'running':
      return <Waits what="Nothing" who="it works" />;
    case 'filed':
      if (mode === 'plan') return <Waits what="Nothing by itself" who="it is a plan: nothing was cut" />;
      if (awaiting > 0)
        return (
          <Waits
            what={awaiting === 1 ? '1 decision' : `${awaiting} decisions`}
            who={incident ? 'for an approver; the incident, for an operator' : 'for an approver'}
          />
        );
      return outcome === 'clear' || outcome === 'residual' ? (
        'Nothing'
      ) : (
        <Waits what="What its report says is left" who="for an operator" />
      );
    default:
      return 'Nothing';
  }
}

function Waits({ what, who }: { readonly what: string; readonly who: ReactNode }) {
  return (
    <div>
      {what}
      <small>{who}</small>
    </div>
  );
}
