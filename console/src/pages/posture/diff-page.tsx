import { useQuery } from '@tanstack/react-query';
import { addressOf } from '../../address.ts';
import { type Schemas, take } from '../../api.ts';
import { Chip } from '../../parts/chip.tsx';
import { Empty, Fault, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session.ts';
import { When } from './run-page.tsx';
import { CHANGE_MEANS, CHANGES, type Failure, isWorse, STANDINGS, type Status } from './words.ts';

type Differs = Schemas['PostureDiff']['checks'][number];

/** How the later of two runs differs from the earlier one. */
export function DiffPage({ query }: { readonly query: URLSearchParams }) {
  const { api } = useSession();
  const from = query.get('from') ?? '';
  const to = query.get('to') ?? '';
  const isAsked = from !== '' && to !== '';
  const asked = useQuery({
    queryKey: ['posture diff', from, to],
    queryFn: () => take(api.GET('/api/posture/diff', { params: { query: { from, to } } })),
    enabled: isAsked,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <p className="crumbs">
        <a href="#/posture">Posture</a> · <a href="#/posture/runs">All runs</a>
      </p>
      <div className="heading">
        <h1>Two runs compared</h1>
      </div>
      {!isAsked ? (
        <Empty title="Which two runs?">
          <p>
            <a href="#/posture/runs">Choose them from the runs of a month</a>
          </p>
        </Empty>
      ) : (
        <>
          <dl className="facts panel">
            <dt>The earlier run</dt>
            <dd>
              <RunLink id={from} />
            </dd>
            <dt>The later run</dt>
            <dd>
              <RunLink id={to} />
            </dd>
          </dl>
          {asked.isPending ? (
            <Loading what="what differs" />
          ) : asked.isError ? (
            <Fault error={asked.error} again={() => void asked.refetch()} />
          ) : (
            <Differences checks={asked.data.checks} />
          )}
        </>
      )}
    </>
  );
}

function RunLink({ id }: { readonly id: string }) {
  return (
    <a href={addressOf(`/posture/${id}`)}>
      <When id={id} />
    </a>
  );
}

function Differences({ checks }: { readonly checks: readonly Differs[] }) {
  const differ = checks.filter(isOther);
  const ordered = [...differ.filter(isWorse), ...differ.filter((each) => !isWorse(each))];
  const rest = checks.length - differ.length;
  return (
    <>
      {differ.length === 0 ? (
        <Empty title="Nothing differs">
          <p>Every point stands as it did, and what fails is the same.</p>
        </Empty>
      ) : (
        <ul className="points">
          {ordered.map((each) => (
            <Difference key={each.check} of={each} />
          ))}
        </ul>
      )}
      {differ.length > 0 && rest > 0 && (
        <p className="hint">{rest === 1 ? 'One other point stands' : `${rest} other points stand`} as before.</p>
      )}
    </>
  );
}

function isOther({ before, after, fails, gone, change }: Differs): boolean {
  return before !== after || fails.length > 0 || gone.length > 0 || CHANGES[change] !== undefined;
}

function Difference({
  of: { check, title, before, after, change, fails, stillFails, gone },
}: {
  readonly of: Differs;
}) {
  const word = CHANGES[change];
  return (
    <li className={`point difference ${word?.[0] ?? 'quiet'}`} id={check}>
      <h2>{title}</h2>
      <p>
        {before === undefined ? <Chip tone="quiet">Not assessed</Chip> : <Stood as={before} />}{' '}
        <span aria-hidden="true">→</span>
        <span className="heard">then</span> <Stood as={after} />{' '}
        {word !== undefined && <Chip tone={word[0]}>{word[1]}</Chip>}
      </p>
      <p className="meta">{CHANGE_MEANS[change].replace('in the run before', 'in the earlier run')}</p>
      <Failures title="Fails newly" failures={fails} />
      <Failures
        title={isWhole(after) ? 'Fails no more' : 'Not found any more: mended, or out of the later run’s sight'}
        failures={gone}
      />
      {stillFails.length > 0 && (
        <p className="meta">
          {stillFails.length === 1 ? '1 failure stands' : `${stillFails.length} failures stand`} in both.
        </p>
      )}
    </li>
  );
}

/** Of what holds, all was read; of what fails, perhaps half. */
function isWhole(after: Status): boolean {
  return after === 'pass' || after === 'not-applicable';
}

function Stood({ as }: { readonly as: Status }) {
  const [tone, sign, words] = STANDINGS[as];
  return (
    <Chip tone={tone} sign={sign}>
      {words}
    </Chip>
  );
}

function Failures({ title, failures }: { readonly title: string; readonly failures: readonly Failure[] }) {
  if (failures.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className="bullets">
        {failures.map(({ id, says, resource }) => (
          <li key={id}>
            {says}
            <small className="meta">
              {' '}
              <code>{id}</code>, <code>{resource}</code>
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}
