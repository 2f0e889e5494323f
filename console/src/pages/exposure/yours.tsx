import { useQuery } from '@tanstack/react-query';
import { ApiFault, isProblem, take } from '../../api.ts';
import { Chip } from '../../parts/chip.tsx';
import { Command } from '../../parts/command.tsx';
import { isWeb, Outside } from '../../parts/link.tsx';
import { Empty, Fault, Loading } from '../../parts/states.tsx';
import { Time } from '../../parts/time/time.tsx';
import { useSession } from '../../session.ts';
import { type Own, ownHeadline, type Path, REMEDIES } from './words.ts';

/** What of the reader’s own would still work after they left, and how to mend it: for everybody, with a role or without. */
export function Yours() {
  const { api } = useSession();
  const asked = useQuery({
    queryKey: ['exposure', 'me'],
    queryFn: () => take(api.GET('/api/exposure/me')).catch(whyNot),
  });
  const { data } = asked;
  return (
    <section aria-labelledby="yours">
      <h2 id="yours">Yours</h2>
      {asked.isPending ? (
        <Loading what="your list" />
      ) : data === undefined ? (
        <Fault error={asked.error} again={() => void asked.refetch()} />
      ) : data === 'off' ? (
        <Empty title="Your list is not made here">
          <p>
            The firm has not turned it on: the setting <code>EXPOSURE</code> does not name <code>own</code>. Ask whoever
            runs the app.
          </p>
        </Empty>
      ) : data === 'none' ? (
        <Empty title="Nothing was read yet">
          <p>It is read once a week, in the night to Monday. Come back then.</p>
        </Empty>
      ) : (
        <List own={data} />
      )}
    </section>
  );
}

/** `off`: the setting says so. `none`: nothing was read yet. */
export function whyNot(error: unknown): 'off' | 'none' {
  if (isProblem(error, 'exposure-off')) return 'off';
  if (error instanceof ApiFault && error.status === 404) return 'none';
  throw error;
}

function List({ own }: { readonly own: Own }) {
  const { surviving, state, paths, readAt, notRead } = own;
  const lasting = paths.filter(({ survives }) => survives);
  const ending = paths.filter(({ survives }) => !survives);
  const tone = surviving > 0 ? 'bad' : state === 'exact' ? 'good' : 'warn';
  return (
    <>
      <div className={`panel tone ${tone}`}>
        <h3>{ownHeadline(own)}</h3>
        <p>
          Read <Time at={readAt} />. The app shows this list to you alone.
        </p>
      </div>
      <NotRead all={notRead} />
      {lasting.length > 0 && (
        <ul className="paths" aria-label="What would work on">
          {lasting.map((path) => (
            <PathView key={path.id} path={path} />
          ))}
        </ul>
      )}
      {ending.length > 0 && (
        <details className="panel">
          <summary>
            {ending.length === 1
              ? 'One thing that would end by itself'
              : `${ending.length} things that would end by themselves`}
          </summary>
          <ul className="paths">
            {ending.map((path) => (
              <PathView key={path.id} path={path} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function NotRead({ all }: { readonly all: Own['notRead'] }) {
  if (all.length === 0) return null;
  return (
    <section className="panel warn">
      <h3>There may be more</h3>
      <ul className="bullets">
        {all.map(({ source, detail }) => (
          <li key={`${source} ${detail}`}>{detail}</li>
        ))}
      </ul>
    </section>
  );
}

function PathView({ path: { id, title, where, survives, why, remedy } }: { readonly path: Path }) {
  const [tone, words, means] = REMEDIES[remedy.class];
  return (
    <li id={id} className="path">
      <div className="heading">
        <h3>{title}</h3>
        {survives && <Chip tone={tone}>{words}</Chip>}
      </div>
      <p>
        <code>{where}</code>
      </p>
      <p>{why}</p>
      <p className="todo">{remedy.todo}</p>
      {remedy.command !== undefined && <Command text={remedy.command} />}
      {isWeb(remedy.link) && (
        <p>
          <Outside href={remedy.link}>Open where it is</Outside>
        </p>
      )}
      {survives && <p className="meta">{means}</p>}
    </li>
  );
}
