import { Chip } from '../../../parts/chip.tsx';
import { Command } from '../../../parts/command.tsx';
import { isWeb, Outside } from '../../../parts/link.tsx';
import { Pairs } from '../../../parts/pairs.tsx';
import { Severity } from '../../../parts/severity.tsx';
import { Time } from '../../../parts/time/time.tsx';
import { AcceptButton, RevokeButton } from '../acts/accept.tsx';
import type { Choice } from '../acts/decide.tsx';
import type { Rights } from '../acts/rights.ts';
import { AnswerOwner } from '../answers/answer-dialog.tsx';
import { type Finding, type Remedy, remedyOf, stepTitle } from '../report.ts';
import { Who } from '../who.tsx';
import { Status } from './labels.tsx';
import type { ToDo } from './things.ts';

interface Shown {
  readonly finding: Finding;
  readonly toDo: ToDo | undefined;
  readonly rights: Rights;
  /** Whether a link led here. */
  readonly marked: boolean;
  readonly choice: Choice | undefined;
  /** Absent where the reader decides nothing about it. */
  readonly choose?: (choice: Choice | undefined) => void;
  /** The title of the finding that this is another way to close. */
  readonly insteadOf: string | undefined;
}

/** One finding: how it stands, what is to be done and by what means; why, and on what evidence, on demand. */
export function FindingView({ finding, toDo, rights, marked, choice, choose, insteadOf }: Shown) {
  const { id, title, severity, status, resource, reason } = finding;
  const remedy = remedyOf(finding);
  const link = toDo?.link ?? resource.url;
  return (
    <li id={id} tabIndex={-1} className={`finding${marked ? ' marked' : ''}`} aria-labelledby={`${id}-title`}>
      <div className="what">
        <p>
          <Severity is={severity} /> <Status is={status} />
          {finding.incident === true && <Chip tone="bad">incident</Chip>}
        </p>
        <h4 id={`${id}-title`}>{title}</h4>
        {insteadOf !== undefined && <p className="meta">Goes with: {insteadOf}</p>}
        {remedy !== undefined ? <RemedyLines remedy={remedy} status={status} /> : <p>{toDo?.text ?? reason}</p>}
        {finding.residual !== undefined && (
          <p className="meta">
            Over by itself <Time at={finding.residual.until} />: {finding.residual.why}
          </p>
        )}
        {finding.accepted !== undefined && (
          <p className="meta">
            Accepted until <Time at={finding.accepted.until} /> by <Who by={finding.accepted.by} />:{' '}
            {finding.accepted.reason}
          </p>
        )}
        {toDo?.command !== undefined && <Command text={toDo.command} />}
        <div className="means">
          {isWeb(link) && <Outside href={link}>Open {resource.name ?? resource.type}</Outside>}
          <AcceptButton finding={finding} rights={rights} />
          <RevokeButton finding={finding} rights={rights} />
          <AnswerOwner finding={finding} rights={rights} />
        </div>
        <details>
          <summary>Why, and the evidence</summary>
          <p>{reason}</p>
          <EvidenceOf finding={finding} />
        </details>
      </div>
      {choose !== undefined && <Choices id={id} choice={choice} choose={choose} />}
    </li>
  );
}

function RemedyLines({ remedy, status }: { readonly remedy: Remedy; readonly status: Finding['status'] }) {
  const { what, undo, impact = [] } = remedy;
  const stops = impact.filter(({ perhaps }) => perhaps !== true);
  const mayStop = impact.filter(({ perhaps }) => perhaps);
  const isOver = status === 'done' || status === 'nothing-to-do';
  return (
    <>
      <p>{what}</p>
      {!isOver && <Stops verb="It stops" all={stops} />}
      {!isOver && <Stops verb="It may stop" all={mayStop} />}
      <p className="meta">Undo: {undo}</p>
    </>
  );
}

function Stops({ verb, all }: { readonly verb: string; readonly all: NonNullable<Remedy['impact']> }) {
  if (all.length === 0) return null;
  return (
    <p className="stops">
      <strong>{verb}</strong>{' '}
      {all.map(({ what, link }, at) => (
        <span key={what}>
          {at > 0 && ', '}
          <Outside href={link}>{what}</Outside>
        </span>
      ))}
      .
    </p>
  );
}

function Choices({
  id,
  choice,
  choose,
}: {
  readonly id: string;
  readonly choice: Choice | undefined;
  readonly choose: (choice: Choice | undefined) => void;
}) {
  const box = (is: Choice, words: string) => (
    <label className={`check ${is}`}>
      <input
        type="checkbox"
        checked={choice === is}
        onChange={({ target }) => choose(target.checked ? is : undefined)}
        aria-describedby={`${id}-title`}
      />
      {words}
    </label>
  );
  return (
    <fieldset className="decision">
      <legend className="heard">Decision</legend>
      {box('approve', 'Approve')}
      {box('reject', 'Reject')}
    </fieldset>
  );
}

function EvidenceOf({ finding }: { readonly finding: Finding }) {
  const { id, step, resource, evidence, readBack } = finding;
  return (
    <dl className="facts evidence">
      <dt>Finding</dt>
      <dd>
        <code>{id}</code>, {stepTitle(step)}
      </dd>
      <dt>Resource</dt>
      <dd>
        {resource.system}, {resource.type}: <code>{resource.id}</code>
      </dd>
      {readBack !== undefined && (
        <>
          <dt>Read back</dt>
          <dd>
            {readBack.state === 'gone' ? 'gone' : readBack.state === 'present' ? 'still there' : 'could not be checked'}
            , <Time at={readBack.checkedAt} /> {readBack.detail}
          </dd>
        </>
      )}
      <Pairs of={evidence} />
    </dl>
  );
}
