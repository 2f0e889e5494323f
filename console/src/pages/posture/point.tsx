import { useEffect, useRef, useState } from 'react';
import { Chip } from '../../parts/chip.tsx';
import { Pairs } from '../../parts/pairs.tsx';
import { Severity } from '../../parts/severity.tsx';
import { Time } from '../../parts/time/time.tsx';
import { FailureView } from './failure.tsx';
import { GapList } from './gaps.tsx';
import { type History, holdsSince } from './weeks.ts';
import {
  type Assessed,
  briefOf,
  CHANGE_MEANS,
  CHANGES,
  type Failure,
  failsSince,
  STANDINGS,
  standingOf,
} from './words.ts';

/** So many failures are shown at once: of a point that fails by days there may be a month of them. */
const MOST = 5;

interface Shown {
  readonly point: Assessed;
  /** When the run was made: what is read weekly was judged before. */
  readonly at: string;
  readonly history?: History | undefined;
  /** Whether a link led here. */
  readonly opened: boolean;
}

/** One point of the checklist: how it stands in a line, and all that is known of it on demand. */
export function PointView({ point, at, opened, history }: Shown) {
  const [isOpen, setOpen] = useState(opened);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (opened) row.current?.scrollIntoView({ block: 'start' });
  }, [opened]);
  const [tone, sign, words] = STANDINGS[standingOf(point)];
  const change = CHANGES[point.change];
  const since = failsSince(point);
  return (
    <li ref={row} className={`point ${tone}`} id={point.check}>
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <span className="number">
            <span className="heard">Point </span>
            {point.point}
          </span>
          <span className="standing">
            <Chip tone={tone} sign={sign}>
              {words}
            </Chip>
          </span>
          <span className="title">
            <strong>{point.title}</strong>
            <small>
              {briefOf(point)}
              {since !== undefined && (
                <>
                  {' '}
                  · since <Time at={since} />
                </>
              )}
              {point.status === 'pass' && history !== undefined && <Held history={history} check={point.check} />}
              {point.at !== at && (
                <>
                  {' '}
                  · judged <Time at={point.at} />, in the weekly reading
                </>
              )}
            </small>
          </span>
          {change !== undefined && (
            <span className="change">
              <Chip tone={change[0]}>{change[1]}</Chip>
            </span>
          )}
        </summary>
        {isOpen && <Inside point={point} />}
      </details>
    </li>
  );
}

function Held({ history, check }: { readonly history: History; readonly check: string }) {
  const since = holdsSince(history, check);
  if (since === undefined) return null;
  const { monday, longer } = since;
  return ` · holds since the week of ${monday}${longer ? ', or longer' : ''}`;
}

function Inside({ point }: Pick<Shown, 'point'>) {
  const { change, severity, subjects, failures, gaps, modules, at } = point;
  const [most, setMost] = useState(MOST);
  return (
    <div className="inside">
      <p className="meta">
        <Severity is={severity} /> · {subjects} judged · read <Time at={at} /> · {CHANGE_MEANS[change]}
      </p>
      {failures.length > 0 && (
        <ul className="failures" aria-label="What fails">
          {inOrder(failures)
            .slice(0, most)
            .map((failure) => (
              <FailureView key={failure.id} failure={failure} modules={modules} />
            ))}
        </ul>
      )}
      {failures.length > most && (
        <p>
          <button type="button" onClick={() => setMost(failures.length)}>
            Show the other {failures.length - most}
          </button>
        </p>
      )}
      <GapList gaps={gaps} beside={failures.length > 0} />
      <RestsOn point={point} />
    </div>
  );
}

/** What is new, or not accepted any more, comes first; what is accepted, last. */
function inOrder(failures: readonly Failure[]): readonly Failure[] {
  const rank = ({ change, accepted }: Failure) => (accepted !== undefined ? 2 : change === 'still-failing' ? 1 : 0);
  return failures.toSorted((one, other) => rank(one) - rank(other) || (one.resource < other.resource ? -1 : 1));
}

/** What a judgement rests on, also where nothing fails. */
function RestsOn({ point: { shows, evidence, check, version } }: Pick<Shown, 'point'>) {
  return (
    <details>
      <summary>What it rests on</summary>
      <dl className="facts evidence">
        <dt>Check</dt>
        <dd>
          <code>{check}</code>, version {version}
        </dd>
        <Pairs of={shows} />
      </dl>
      {evidence.length > 0 && (
        <ul className="bullets evidence">
          {evidence.map(({ resource, call, hash }) => (
            <li key={`${resource} ${call}`}>
              <code>{resource}</code> by <code>{call}</code>
              {hash !== undefined && (
                <>
                  , hash <code>{hash}</code>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
