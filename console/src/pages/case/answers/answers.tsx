import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Schemas, take } from '../../../api.ts';
import { Chip } from '../../../parts/chip.tsx';
import { Outside } from '../../../parts/link.tsx';
import { Fault } from '../../../parts/states.tsx';
import { Time } from '../../../parts/time/time.tsx';
import { useSession } from '../../../session.ts';
import type { Rights } from '../acts/rights.ts';
import { Who } from '../who.tsx';
import { GiveAnswer, whatCameOfIt } from './answer-dialog.tsx';
import { AskOnce, useAsking } from './asking.tsx';

type Answer = Schemas['Answer'];

const FORCE = {
  waits: { tone: 'warn', children: 'waits for a second person' },
  confirmed: { tone: 'good', children: 'confirmed' },
  withdrawn: { tone: 'quiet', children: 'withdrawn' },
} as const;

/** What people answered about the person, and what each answer comes to by now. */
export function Answers({ caseId, rights }: { readonly caseId: string; readonly rights: Rights }) {
  const { api } = useSession();
  const { ask } = useAsking();
  const [came, setCame] = useState<string>();
  const asked = useQuery({
    queryKey: ['answers', caseId],
    queryFn: () => take(api.GET('/api/cases/{id}/answers', { params: { path: { id: caseId } } })),
    refetchInterval: 10_000,
  });
  const answers = asked.data?.answers ?? [];
  return (
    <section className="panel" aria-labelledby="answers" tabIndex={-1}>
      <div className="heading">
        <h2 id="answers">Answers</h2>
        {rights.operate && (
          <button
            type="button"
            className="end"
            onClick={() => ask((seen, close) => <GiveAnswer {...{ seen, close, onAnswered: setCame }} />)}
          >
            Answer a question…
          </button>
        )}
      </div>
      <p role="status" className="note-line">
        {came}
      </p>
      {asked.isError && <Fault error={asked.error} again={() => void asked.refetch()} />}
      {asked.isSuccess && answers.length === 0 && (
        <p className="meta">
          Nobody answered anything about this person: which account is theirs, that they have none, when the last day
          was.
        </p>
      )}
      <ul className="ruled">
        {answers.map((answer) => (
          <AnswerView key={answer.n} caseId={caseId} answer={answer} rights={rights} onSaid={setCame} />
        ))}
      </ul>
    </section>
  );
}

interface Shown {
  readonly caseId: string;
  readonly answer: Answer;
  readonly rights: Rights;
  readonly onSaid: (words: string) => void;
}

function AnswerView({ caseId, answer, rights, onSaid }: Shown) {
  const { oid } = useSession();
  const { ask } = useAsking();
  const { n, says, permits, force, by, at, reason, evidenceUrl, confirmed, withdrawn } = answer;
  const isOwn = by.toLowerCase() === oid.toLowerCase();
  const word = (is: 'confirm' | 'withdraw') => ask((_, close) => <Word {...{ caseId, answer, is, close, onSaid }} />);
  return (
    <li className="answer">
      <p>
        <Chip {...FORCE[force]} /> <strong>{says}</strong>
      </p>
      <p>Counts as {permits}.</p>
      <p className="meta">
        Answer {n}, by <Who by={by} /> <Time at={at} />: {reason}{' '}
        {evidenceUrl !== undefined && <Outside href={evidenceUrl}>Where it is written</Outside>}
      </p>
      {confirmed !== undefined && <Said verb="Confirmed" {...confirmed} />}
      {withdrawn !== undefined && <Said verb="Withdrawn" {...withdrawn} />}
      <div className="means">
        {force === 'waits' && rights.confirm && !isOwn && (
          <button type="button" onClick={() => word('confirm')}>
            Confirm…
          </button>
        )}
        {force === 'waits' && isOwn && <span className="meta">You gave it, so somebody else confirms it.</span>}
        {force !== 'withdrawn' && rights.operate && (
          <button type="button" className="quiet" onClick={() => word('withdraw')}>
            Withdraw…
          </button>
        )}
      </div>
    </li>
  );
}

function Said({
  verb,
  by,
  at,
  reason,
}: {
  readonly verb: string;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}) {
  return (
    <p className="meta">
      {verb} by <Who by={by} /> <Time at={at} />: {reason}
    </p>
  );
}

interface Saying {
  readonly caseId: string;
  readonly answer: Answer;
  readonly is: 'confirm' | 'withdraw';
  readonly close: () => void;
  readonly onSaid: (words: string) => void;
}

function Word({ caseId, answer, is, close, onSaid }: Saying) {
  const { api } = useSession();
  const path = { id: caseId, n: String(answer.n) };
  return (
    <AskOnce
      title={is === 'confirm' ? 'Stand by this answer?' : 'Withdraw this answer?'}
      verb={is === 'confirm' ? 'Confirm it' : 'Withdraw it'}
      danger={is === 'confirm'}
      act={async ({ reason }) => {
        const asked = { params: { path }, body: { reason } };
        const given =
          is === 'confirm'
            ? await take(api.POST('/api/cases/{id}/answers/{n}/confirm', asked))
            : await take(api.POST('/api/cases/{id}/answers/{n}/withdraw', asked));
        onSaid(whatCameOfIt(given));
      }}
      onClose={close}
    >
      <p>
        <strong>{answer.says}</strong>
      </p>
      <p>
        {is === 'confirm'
          ? 'You are the second person: what rests on it is carried out on your word and theirs.'
          : 'Nothing further rests on it, and a running case stops cutting. What was cut before stays cut.'}
      </p>
    </AskOnce>
  );
}
