import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { ApiFault } from '../api-fault.ts';
import { Fault } from './states.tsx';

interface Asked {
  readonly title: string;
  /** What the button says: a verb and its object. */
  readonly verb: string;
  readonly danger?: boolean;
  /** False where what is asked needs no reason. */
  readonly reason?: false;
  readonly reasonHint?: string;
  /** False as long as the fields above the reason lack something. */
  readonly ready?: boolean;
  readonly children?: ReactNode;
  /** Carries it out. `key` is the same for each try of this dialog, so that a repeated click does it once. */
  readonly act: (said: { readonly reason: string; readonly form: FormData; readonly key: string }) => Promise<unknown>;
  readonly onDone?: () => void;
  readonly onClose: () => void;
}

/**
 * Asks before something is changed: what will happen, why, and a button that says it. Stays open with what the API
 * refused; its button is gone once it has worked. All that is shown is read again afterwards; where nobody knows whether
 * it was done, only once the dialog is closed, because what it stands on may be gone by then, and its words with it.
 */
export function Ask({ title, verb, danger, reason, reasonHint, ready = true, children, act, onDone, onClose }: Asked) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const key = useRef(crypto.randomUUID());
  const all = useQueryClient();
  const doing = useMutation({
    mutationFn: (form: FormData) => act({ reason: String(form.get('reason') ?? '').trim(), form, key: key.current }),
    onSuccess: () => {
      onDone?.();
      dialog.current?.close();
    },
    onSettled: (_, error) => (isUncertain(error) ? undefined : all.invalidateQueries()),
  });
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const closed = () => {
    if (isUncertain(doing.error)) void all.invalidateQueries();
    onClose();
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!doing.isPending) doing.mutate(new FormData(event.currentTarget));
  };
  return (
    <dialog ref={dialog} className="ask" aria-labelledby={id} onClose={closed}>
      <form onSubmit={send}>
        <h2 id={id}>{title}</h2>
        {children}
        {reason !== false && (
          <label className="field">
            <span>Reason</span>
            <textarea name="reason" required maxLength={500} rows={3} />
            <small>{reasonHint ?? 'It stands in the report, with your name. Write no secret.'}</small>
          </label>
        )}
        {doing.isError && <Fault error={doing.error} />}
        <div className="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" className={danger === true ? 'danger' : 'primary'} disabled={!ready || doing.isPending}>
            {doing.isPending ? 'Working…' : verb}
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** Whether no answer came, so that nobody knows what was done. */
function isUncertain(error: unknown): boolean {
  return error instanceof ApiFault && error.status === 0;
}
