import { Chip } from '../../parts/chip.tsx';
import { Command } from '../../parts/command.tsx';
import { isWeb, Outside } from '../../parts/link.tsx';
import { Pairs } from '../../parts/pairs.tsx';
import { Severity } from '../../parts/severity.tsx';
import { Time } from '../../parts/time/time.tsx';
import { useSession } from '../../session.ts';
import { exceptionBlock } from './exception-block.ts';
import type { Failure } from './words.ts';

interface Shown {
  readonly failure: Failure;
  readonly modules: readonly string[];
}

/** One thing that fails: what is wrong, and what to do by which means; the evidence and the exception on demand. */
export function FailureView({ failure, modules }: Shown) {
  const { id, says, reason, severity, resource, since, change, accepted, remedy } = failure;
  return (
    <li id={id} className="failure">
      <h3>{says}</h3>
      <p className="meta">
        <Severity is={severity} /> · since <Time at={since} />
        {change === 'new-fail' && (
          <>
            {' '}
            · <strong>new</strong>
          </>
        )}
      </p>
      {change === 'exception-expired' && (
        <p>
          <Chip tone="bad">Exception expired</Chip> The firm accepts it no longer: its last day has passed, or the entry
          is gone.
        </p>
      )}
      {accepted !== undefined && (
        <p className="note warn">
          Accepted until {accepted.until} by {accepted.by}: {accepted.reason} It covers <code>{reason}</code>.
        </p>
      )}
      <p className="todo">{remedy.todo}</p>
      {remedy.command !== undefined && <Command text={remedy.command} />}
      <p className="means">
        {isWeb(remedy.link) && <Outside href={remedy.link}>Open it in the portal</Outside>}
        {modules.length > 0 && (
          <span className="meta">
            {modules.length === 1 ? 'Module' : 'Modules'}{' '}
            {modules.map((module, at) => (
              <span key={module}>
                {at > 0 && ', '}
                <code>{module}</code>
              </span>
            ))}
          </span>
        )}
      </p>
      <EvidenceOf failure={failure} />
      <details>
        <summary>{accepted === undefined ? 'Accept it for a while' : 'Change how long it is accepted'}</summary>
        <Accept failure={failure} />
      </details>
      <p className="meta">
        <code>{id}</code>, at <code>{resource}</code>
      </p>
    </li>
  );
}

function EvidenceOf({ failure: { reason, evidence } }: Pick<Shown, 'failure'>) {
  return (
    <details>
      <summary>The evidence</summary>
      <dl className="facts evidence">
        <dt>Reason</dt>
        <dd>
          <code>{reason}</code>
        </dd>
        <dt>Read from</dt>
        <dd>
          <code>{evidence.resource}</code>
        </dd>
        <dt>By</dt>
        <dd>
          <code>{evidence.call}</code>
        </dd>
        {evidence.hash !== undefined && (
          <>
            <dt>Hash</dt>
            <dd>
              <code>{evidence.hash}</code>
            </dd>
          </>
        )}
        <Pairs of={evidence.shows ?? {}} />
      </dl>
    </details>
  );
}

function Accept({ failure }: Pick<Shown, 'failure'>) {
  const { me } = useSession();
  return (
    <>
      <p>
        Add this entry to the variable <code>posture_exceptions</code> of your Terraform, say why, and have it reviewed
        like any change. The point still fails, with “accepted until”; more than 180 days are not taken. What begins to
        fail there for another reason than <code>covers</code> names stays open.
      </p>
      <Command text={exceptionBlock(failure, me.upn, new Date())} name="the entry" />
    </>
  );
}
