import { type CodeReference, gitHub, imageOf, namespaceAt, type Way } from './code-reference.ts';
import { bare, programOf, split, type Word } from './command-words.ts';

interface CommandWay extends Way {
  readonly programs: readonly string[];
  /** What follows the program, each of them words that belong together; left out where the program is enough. */
  readonly verbs?: readonly string[];
  /** Which words name code: the first that is no option, all of them, or the values of these options. */
  readonly words: 'first' | 'all' | readonly string[];
  readonly read: (word: Word) => CodeReference[];
}

/** `owner/name` in the command of a JavaScript package manager is a repository of GitHub; `@scope/name` is a package. */
function javaScript({ word, after }: Word): CodeReference[] {
  if (/^@[a-z\d]/i.test(word)) return namespaceAt('npmjs.com', word, 'package');
  if (PATH_OPTIONS.has(after)) return [];
  // A folder begins with a dot or a slash (npmjs.com/package/npm-package-arg), and what has more slashes is none.
  if (!/^[a-z\d][a-z\d-]{0,99}\/[\w.-]{1,100}(?:#.*)?$/i.test(word)) return [];
  return gitHub(word, 'package', NO_VALUE.has(after) ? {} : { perhaps: true });
}

/** Options of package managers whose value is a folder, a workspace or an address. */
const PATH_OPTIONS = new Set<string | undefined>(
  '-w --workspace --prefix --cwd -c --dir -C --filter -F --registry --cache --userconfig --modules-dir'.split(' '),
);
/** What stands before a word that is nobody’s value: nothing, or an option that takes none. */
const NO_VALUE = new Set<string | undefined>([
  undefined,
  ...(
    '-g --global -D --save-dev -S --save -E --save-exact -O --save-optional -P --save-prod --no-save -y --yes -f --force ' +
    '-q --quiet -s --silent --dev -W --ignore-workspace-root-check --ignore-scripts --legacy-peer-deps --no-audit --no-fund'
  ).split(' '),
]);
const INSTALLS = ['npm', 'pnpm', 'yarn', 'bun', 'cnpm'];

const dockerImage = ({ word }: Word): CodeReference[] => (word.includes('=') ? [] : imageOf(word));
const repository = ({ word }: Word): CodeReference[] =>
  /^[a-z\d][\w-]{0,99}\/[\w.-]{1,100}(?:[@#:].*)?$/i.test(word) ? gitHub(word, 'download') : [];

/** Commands that name foreign code by an owner alone, without an address. */
export const COMMAND_WAYS: readonly CommandWay[] = [
  {
    what: 'a package manager of JavaScript that installs a repository',
    example: 'run: npm i -g OWNER/x#v1',
    programs: INSTALLS,
    verbs: ['i', 'install', 'add', 'in', 'global add', 'update', 'up'],
    words: 'all',
    read: javaScript,
  },
  {
    what: 'a package manager of JavaScript that runs a repository',
    example: 'run: npm exec OWNER/x -- --help',
    programs: INSTALLS,
    verbs: ['exec', 'x', 'dlx', 'init', 'create'],
    words: 'first',
    read: javaScript,
  },
  {
    what: '`npx` and its like of a repository',
    example: 'run: npx --yes OWNER/x deploy',
    programs: ['npx', 'bunx', 'pnpx'],
    words: 'first',
    read: javaScript,
  },
  {
    what: '`npx` with the package as an option',
    example: 'run: npx --package=OWNER/x deploy',
    programs: ['npx', 'bunx', 'pnpx', ...INSTALLS],
    words: ['-p', '--package'],
    read: ({ word }) => javaScript({ word }),
  },
  {
    what: 'GitHub’s command line: a clone or an extension',
    example: 'run: gh extension install OWNER/gh-x',
    programs: ['gh'],
    verbs: ['repo clone', 'repo fork', 'repo sync', 'extension install', 'ext install', 'extensions install'],
    words: 'first',
    read: repository,
  },
  {
    what: 'GitHub’s command line: what it downloads from a repository',
    example: 'run: gh release download v1 -R OWNER/x',
    programs: ['gh'],
    verbs: ['release download', 'run download', 'release view'],
    words: ['-R', '--repo'],
    read: repository,
  },
  {
    what: 'GitHub’s command line: a call of the API',
    example: 'run: gh api repos/OWNER/x/tarball > x.tgz',
    programs: ['gh'],
    verbs: ['api'],
    words: 'all',
    read: ({ word }) => {
      const [, path = ''] = /^\/?repos\/(.+)/.exec(word) ?? [];
      return gitHub(path, 'download');
    },
  },
  {
    what: 'a tap of Homebrew',
    example: 'run: brew tap OWNER/tools',
    programs: ['brew'],
    verbs: ['tap'],
    words: 'first',
    read: repository,
  },
  {
    what: 'a formula of such a tap',
    example: 'run: brew install OWNER/tools/x',
    programs: ['brew'],
    verbs: ['install', 'reinstall', 'upgrade'],
    words: 'all',
    read: ({ word }) => (/^[^/]+\/[^/]+\/[^/]+$/.test(word) ? gitHub(word, 'package') : []),
  },
  {
    what: 'an image that a script runs or pulls',
    example: 'run: docker run --rm ghcr.io/OWNER/x',
    programs: ['docker', 'podman', 'nerdctl', 'buildah'],
    verbs: ['run', 'pull', 'create', 'container run', 'container create', 'image pull', 'from'],
    words: 'all',
    read: dockerImage,
  },
  {
    what: 'what fetches a repository or its release',
    example: 'run: npx degit OWNER/x',
    programs: ['degit', 'tiged', 'giget', 'eget'],
    words: 'first',
    read: repository,
  },
  {
    what: 'the same with the repository as an option',
    example: 'run: ubi --project OWNER/x --in /usr/local/bin',
    programs: ['ubi'],
    words: ['-p', '--project'],
    read: repository,
  },
  {
    what: 'a package of Composer, whose vendor is a hint',
    example: 'run: composer require OWNER/x',
    programs: ['composer'],
    verbs: ['require', 'create-project', 'global require'],
    words: 'all',
    read: ({ word }) => namespaceAt('packagist.org', word, 'package'),
  },
];

const BY_PROGRAM = Map.groupBy(
  COMMAND_WAYS.flatMap((way) => way.programs.map((program) => ({ program, way }))),
  ({ program }) => program,
);
/** So many programs are read in one command, and so many words of each: a text costs no more than its length. */
const [PROGRAMS, WORDS] = [8, 200];

/** Whose code the commands of a text fetch, wherever they stand: scripts of YAML, Dockerfiles, Jenkinsfiles. */
export function commandsIn(text: string): CodeReference[] {
  const commands = text.replace(/\\\r?\n/g, ' ').split(/[\n;|&()`]/);
  return commands.flatMap((command) => {
    const words = command.split(/\s/).map(bare);
    const known = words.filter((word) => word !== '');
    const programs = known.flatMap((word, at) => {
      const ways = BY_PROGRAM.get(programOf(word));
      return ways === undefined ? [] : [{ ways, at }];
    });
    return programs
      .slice(0, PROGRAMS)
      .flatMap(({ ways, at }) => readCommand(ways, split(known.slice(at + 1, at + 1 + WORDS))));
  });
}

interface Program {
  readonly program: string;
  readonly way: CommandWay;
}

function readCommand(ways: readonly Program[], given: readonly Word[]): CodeReference[] {
  return ways.flatMap(({ program, way }) => {
    const plain = given.filter(({ word }) => !word.startsWith('-'));
    const [first = '', second = ''] = plain.map(({ word }) => word);
    const verb = way.verbs?.find((each) => each === first || each === `${first} ${second}`);
    if (way.verbs !== undefined && verb === undefined) return [];
    const behind = plain.slice(verb === undefined ? 0 : verb.split(' ').length);
    return chosen(way.words, given, behind).flatMap((word) =>
      way.read(word).map((found) => ({ ...found, written: [program, verb, word.word].filter(Boolean).join(' ') })),
    );
  });
}

function chosen(which: CommandWay['words'], given: readonly Word[], behind: readonly Word[]): Word[] {
  if (which === 'all') return [...behind];
  if (which === 'first') {
    // What follows an option may be its value, so that the next one is the first.
    const sure = behind.findIndex(({ after }) => NO_VALUE.has(after));
    return behind.slice(0, sure === -1 ? behind.length : sure + 1);
  }
  return given.filter(({ after }) => which.some((option) => option === after));
}
