import { addressOf } from '../../address.ts';
import type { Schemas } from '../../api.ts';
import { Chip } from '../../parts/chip.tsx';
import { List } from '../../parts/list/list.tsx';
import { Known } from '../../parts/people/known.tsx';
import { Empty } from '../../parts/states.tsx';
import { Time } from '../../parts/time/time.tsx';

type Who = Schemas['Person'];

const FORCES = {
  waits: ['warn', 'One person’s word'],
  confirmed: ['good', 'Two people’s word'],
  withdrawn: ['quiet', 'Withdrawn'],
} as const;

/** What was answered about whose accounts are somebody’s, and whether it counts. */
export function Answers({ answers }: Pick<Who, 'answers'>) {
  if (answers.length === 0)
    return (
      <Empty title="Nobody has answered anything">
        <p>
          Where a vendor does not say whose an account is, somebody answers it on the case, and another confirms it.
        </p>
      </Empty>
    );
  return (
    <List
      caption="Answers"
      rows={answers.toReversed()}
      keyOf={({ n }) => String(n)}
      columns={[
        {
          title: 'Answer',
          show: ({ n, says, reason, caseId }) => (
            <>
              {caseId === undefined ? n : <a href={addressOf(`/cases/${caseId}`)}>{n}</a>}: {says}
              <small>{reason}</small>
            </>
          ),
        },
        {
          title: 'Stands',
          show: ({ force }) => {
            const [tone, words] = FORCES[force];
            return <Chip tone={tone}>{words}</Chip>;
          },
        },
        { title: 'By', show: ({ by }) => <Known by={by} /> },
        { title: 'At', show: ({ at }) => <Time at={at} /> },
        { title: 'Permits', show: ({ permits }) => permits },
      ]}
    />
  );
}
