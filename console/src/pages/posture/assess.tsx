import { useState } from 'react';
import { addressOf, goTo } from '../../address.ts';
import { take } from '../../api.ts';
import { Ask } from '../../parts/ask.tsx';
import { useSession } from '../../session.ts';

/** Has the checklist assessed now, and goes to the run, which is followed until it is filed. */
export function Assess() {
  const { may } = useSession();
  const [isAsking, setAsking] = useState(false);
  if (!may.has('operate')) return null;
  return (
    <>
      <button type="button" className="button" onClick={() => setAsking(true)}>
        Assess now
      </button>
      {isAsking && <AssessNow onClose={() => setAsking(false)} />}
    </>
  );
}

function AssessNow({ onClose }: { readonly onClose: () => void }) {
  const { api } = useSession();
  return (
    <Ask
      title="Assess the checklist now"
      verb="Assess now"
      reasonHint="It stands in the log, with your name."
      act={async ({ reason }) => {
        const { runId } = await take(api.POST('/api/posture', { body: { reason } }));
        goTo(addressOf(`/posture/${runId}`));
      }}
      onClose={onClose}
    >
      <p>
        It reads everything that the checklist rests on, what is otherwise read once a week as well, and files what it
        found. It changes nothing, and takes some minutes.
      </p>
    </Ask>
  );
}
