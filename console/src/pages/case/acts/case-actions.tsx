import type { Case } from '../../../api.ts';
import { take } from '../../../api.ts';
import { nameOf } from '../../../parts/people/person.tsx';
import { useSession } from '../../../session.ts';
import { AskOnce, asSeen, type Seen, useAsking } from '../answers/asking.tsx';
import type { Rights } from './rights.ts';
import { Undo } from './undo.tsx';

/** Sections that a long page has below its first screen. */
const SECTIONS = ['Findings', 'Answers', 'Timeline', 'Downloads'] as const;

/** Ways down the page, and what an operator does with a filed case as a whole. */
export function CaseActions({ row, rights }: { readonly row: Case; readonly rights: Rights }) {
  const { ask } = useAsking();
  const isFiled = row.state === 'filed';
  return (
    <div className="actions">
      {row.report !== undefined && (
        <nav aria-label="On this page">
          {SECTIONS.map((title) => (
            <button key={title} type="button" className="quiet" onClick={() => jumpTo(title.toLowerCase())}>
              {title}
            </button>
          ))}
        </nav>
      )}
      {isFiled && rights.operate && (
        <>
          <button type="button" onClick={() => ask((seen, close) => <ReadAgain {...{ seen, close }} />)}>
            Read again…
          </button>
          {row.mode === 'apply' && (
            <button type="button" onClick={() => ask((seen, close) => <Undo {...{ seen, close }} />)}>
              Undo…
            </button>
          )}
        </>
      )}
    </div>
  );
}

/** The hash is the router’s, so that no anchor leads there. */
function jumpTo(id: string): void {
  const heading = document.getElementById(id);
  heading?.scrollIntoView({ block: 'start' });
  heading?.closest<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true });
}

function ReadAgain({ seen, close }: { readonly seen: Seen; readonly close: () => void }) {
  const { api } = useSession();
  const { row } = seen;
  return (
    <AskOnce
      title={`Read the case of ${nameOf(row)} again?`}
      verb="Read it again"
      reasonHint="It stands in the log, with your name. Write no secret."
      act={({ reason }) => {
        const params = { path: { id: row.caseId }, header: asSeen(seen) };
        return take(api.POST('/api/cases/{id}/recheck', { params, body: { reason } }));
      }}
      onClose={close}
    >
      <p>
        Everything is read anew
        {row.mode === 'apply' ? ', what needs no decision is cut,' : ''} and the next report is filed. What was given
        back stays given back.
      </p>
    </AskOnce>
  );
}
