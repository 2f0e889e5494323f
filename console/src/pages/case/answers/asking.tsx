import { type ComponentProps, createContext, type ReactNode, useContext, useRef, useState } from 'react';
import { ApiFault, type Case } from '../../../api.ts';
import { Ask } from '../../../parts/ask.tsx';

/** The case as it was looked at. */
export interface Seen {
  readonly row: Case;
  /** ETag of the answer that showed it. */
  readonly tag?: string;
}

interface Asking {
  readonly seen: Seen;
  /** Shows a dialog. It stands beside the page, which may change beneath it while somebody reads. */
  readonly ask: (dialog: (seen: Seen, close: () => void) => ReactNode) => void;
}

const AskingContext = createContext<Asking | undefined>(undefined);

export function useAsking(): Asking {
  const asking = useContext(AskingContext);
  if (asking === undefined) throw new Error('outside of a case');
  return asking;
}

/** Holds the dialog of a case that is open, with what was looked at when it was opened. */
export function AskingAbout({ seen, children }: { readonly seen: Seen; readonly children: ReactNode }) {
  const [shown, show] = useState<ReactNode>();
  const ask: Asking['ask'] = (dialog) => show(dialog(seen, () => show(undefined)));
  return (
    <AskingContext value={{ seen, ask }}>
      {children}
      {shown}
    </AskingContext>
  );
}

type Asked = ComponentProps<typeof Ask>;

/**
 * Asks, and gives up where the case has changed since the dialog was opened: what it says is not what would be done any
 * more, so that its button stays closed and the reader looks again.
 */
export function AskOnce({ act, ready = true, children, ...asked }: Asked) {
  const [isOld, setOld] = useState(false);
  const isUnder = useRef(false);
  return (
    <Ask
      {...asked}
      ready={ready && !isOld}
      act={async (said) => {
        if (isUnder.current) return undefined;
        isUnder.current = true;
        try {
          return await act(said);
        } catch (error) {
          isUnder.current = false;
          if (error instanceof ApiFault && CHANGED.test(error.problem.type ?? '')) setOld(true);
          throw error;
        }
      }}
    >
      {children}
      {isOld && (
        <p className="hint" role="status">
          The case has changed since you opened this. It was read again: close this dialog and look at what it says now.
        </p>
      )}
    </Ask>
  );
}

const CHANGED = /:(?:changed|not-scheduled)$/;

/** The header that keeps an action from what has changed since it was looked at. */
export function asSeen({ tag }: Seen): { readonly 'if-match'?: string } {
  return tag === undefined ? {} : { 'if-match': tag };
}
