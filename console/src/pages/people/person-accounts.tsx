import type { Schemas } from '../../api.ts';
import { Chip } from '../../parts/chip.tsx';
import { List } from '../../parts/list/list.tsx';
import { Empty } from '../../parts/states.tsx';
import { Time } from '../../parts/time/time.tsx';

type Who = Schemas['Person'];

/** How far a piece of evidence carries, by the letter of its code. docs/people.md tells what each code is. */
const WORTH: Readonly<Record<string, readonly [tone: 'good' | 'wait' | 'quiet' | 'bad', words: string]>> = {
  P: ['good', 'proved'],
  S: ['wait', 'strong'],
  W: ['quiet', 'weak'],
  X: ['bad', 'contradiction'],
  Y: ['quiet', 'worth less'],
};

const VENDORS = { github: 'GitHub', 'azure-devops': 'Azure DevOps' } as const;

/** The accounts that are remembered as somebody’s, with the evidence for each. */
export function Accounts({ accounts }: Pick<Who, 'accounts'>) {
  if (accounts.length === 0)
    return (
      <Empty title="No account is remembered as theirs">
        <p>A case, or the hourly sweep, remembers accounts that it proved.</p>
      </Empty>
    );
  return (
    <List
      caption="Accounts"
      rows={accounts}
      keyOf={({ vendor, id }) => `${vendor} ${id}`}
      columns={[
        {
          title: 'Account',
          show: ({ vendor, id, login }) => (
            <>
              {VENDORS[vendor]}: <strong>{login ?? id}</strong>
              {login !== undefined && <small>{id}</small>}
            </>
          ),
        },
        {
          title: 'Evidence',
          show: ({ code, source }) => {
            const [tone, words] = WORTH[code[0] ?? ''] ?? ['quiet', ''];
            return (
              <>
                <Chip tone={tone}>{`${code} ${words}`}</Chip>
                <small>{source}</small>
              </>
            );
          },
        },
        { title: 'First seen', show: ({ firstSeen }) => <Time at={firstSeen} /> },
        { title: 'Last seen', show: ({ lastSeen }) => <Time at={lastSeen} /> },
      ]}
    />
  );
}
