import { type CodeReference, gitHub, imageOf, isMap, namespaceAt, type Way } from './code-reference.ts';

/** A key of a file and what stands there. */
interface At {
  readonly value: unknown;
  /** What the key stands in. */
  readonly parent: Readonly<Record<string, unknown>>;
  /** Of the file, from the root. */
  readonly path: string;
}

interface KeyWay extends Way {
  readonly keys: readonly string[];
  readonly read: (at: At) => CodeReference[];
}

/**
 * Keys under which the vendors' files name foreign code, wherever they stand: the files nest alike and differ in depth.
 * Grammar: docs.github.com/actions (workflow syntax; metadata syntax), learn.microsoft.com/azure/devops/pipelines/yaml-schema,
 * docs.gitlab.com/ci/yaml, circleci.com/docs/configuration-reference, support.atlassian.com/bitbucket-cloud (pipes),
 * docs.travis-ci.com (import), buildkite.com/docs/plugins, docs.cloud.google.com/build (steps).
 */
export const KEY_WAYS: readonly KeyWay[] = [
  {
    what: 'an action, a reusable workflow, an image of a step',
    example: 'jobs:\n  a:\n    steps:\n      - uses: OWNER/deploy@v1',
    keys: ['uses'],
    read: ({ value, parent }) => strings(value).flatMap((each) => usesOf(each, parent.secrets === 'inherit')),
  },
  {
    what: 'a checkout of a repository, and what else a step is given as one',
    example:
      'jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v6\n        with:\n          repository: OWNER/tools',
    keys: ['with'],
    read: ({ value, parent }) => (isMap(value) ? repositoryGiven(value, parent.uses) : []),
  },
  {
    what: 'a checkout of a repository in a file that is no YAML',
    example: 'jobs: [\n  with:\n    repository: OWNER/tools',
    keys: ['repository'],
    read: ({ value, parent }) =>
      Object.keys(parent).length > 0
        ? []
        : strings(value).flatMap((each) => gitHub(each, 'checkout', { perhaps: true })),
  },
  {
    what: 'an image of a job, a service, a step, a container of Azure pipelines',
    example: 'jobs:\n  a:\n    container: ghcr.io/OWNER/tools:2',
    // A job's container may be its image alone; in Azure pipelines it may be the name of one, which has no owner.
    keys: ['image', 'container'],
    read: ({ value }) => [...strings(value), ...namesIn(value)].flatMap(imageOf),
  },
  {
    what: 'a service of GitLab',
    example: 'test:\n  services:\n    - name: ghcr.io/OWNER/db:1',
    file: '.gitlab-ci.yml',
    keys: ['services'],
    read: ({ value }) =>
      Array.isArray(value) ? value.flatMap((each) => [...strings(each), ...namesIn(each)].flatMap(imageOf)) : [],
  },
  {
    what: 'a repository of Azure pipelines, for templates and checkouts',
    example: 'resources:\n  repositories:\n    - repository: t\n      type: github\n      name: OWNER/templates',
    file: 'azure-pipelines.yml',
    keys: ['repositories'],
    read: ({ value }) => maps(value).flatMap(azureRepository),
  },
  {
    what: 'a package of GitHub in Azure pipelines',
    example: 'resources:\n  packages:\n    - package: p\n      type: Npm\n      connection: gh\n      name: OWNER/p',
    file: 'azure-pipelines.yml',
    keys: ['packages'],
    read: ({ value }) =>
      maps(value).flatMap(({ package: alias, name }) =>
        typeof alias === 'string' && typeof name === 'string' ? gitHub(name, 'package') : [],
      ),
  },
  {
    what: 'an orb of CircleCI',
    example: 'orbs:\n  tools: OWNER/tools@1.2.3',
    file: '.circleci/config.yml',
    keys: ['orbs'],
    read: ({ value }) =>
      isMap(value)
        ? Object.values(value).flatMap((each) =>
            strings(each).flatMap((orb) => namespaceAt('circleci.com', orb, 'plugin')),
          )
        : [],
  },
  {
    what: 'a pipe of Bitbucket',
    example: 'pipelines:\n  default:\n    - step:\n        script:\n          - pipe: docker://OWNER/pipe:1',
    file: 'bitbucket-pipelines.yml',
    keys: ['pipe'],
    read: ({ value }) =>
      strings(value).flatMap((each) =>
        each.startsWith('docker://') ? imageOf(each) : namespaceAt('bitbucket.org', each, 'plugin'),
      ),
  },
  {
    what: 'an include of GitLab: a project or a component',
    example: 'include:\n  - project: OWNER/templates\n    file: /ci.yml',
    file: '.gitlab-ci.yml',
    keys: ['include'],
    read: ({ value }) =>
      [value].flat().flatMap((each) => {
        if (!isMap(each)) return [];
        const component = strings(each.component).map((one) => one.slice(one.indexOf('/') + 1));
        return [...strings(each.project), ...component].flatMap((one) => namespaceAt('gitlab.com', one, 'template'));
      }),
  },
  {
    what: 'an import of Travis CI',
    example: 'import:\n  - source: OWNER/ci:shared.yml@v1',
    file: '.travis.yml',
    keys: ['import'],
    read: ({ value }) =>
      [value]
        .flat()
        .flatMap((each) => [...strings(each), ...strings(isMap(each) ? each.source : undefined)])
        .flatMap((each) => gitHub(each, 'template')),
  },
  {
    what: 'a plugin of Buildkite',
    example: 'steps:\n  - plugins:\n      - OWNER/tools#v1: ~',
    file: '.buildkite/pipeline.yml',
    keys: ['plugins'],
    read: ({ value }) =>
      [value]
        .flat()
        .flatMap((each) => (isMap(each) ? Object.keys(each) : strings(each)))
        .filter((each) => each.includes('#'))
        .flatMap((each) => gitHub(each, 'plugin')),
  },
  {
    what: 'a step of Google Cloud Build',
    example: 'steps:\n  - name: ghcr.io/OWNER/tools',
    file: 'cloudbuild.yaml',
    keys: ['steps'],
    read: ({ value, path }) =>
      /(?:^|\/)cloudbuild[^/]*$/i.test(path) ? maps(value).flatMap(namesIn).flatMap(imageOf) : [],
  },
];

const BY_KEY = new Map(KEY_WAYS.flatMap((way) => way.keys.map((key) => [key, way] as const)));
/** The keys of the table. */
export const KEYS: readonly string[] = [...BY_KEY.keys()];

/** What a key names. */
export function codeUnder(key: string, at: At): CodeReference[] {
  return BY_KEY.get(key)?.read(at) ?? [];
}

function usesOf(value: string, inherits: boolean): CodeReference[] {
  if (value.startsWith('docker://')) return imageOf(value);
  const called = /\/\.github\/workflows\/[^/]+\.ya?ml@/i.test(value);
  return gitHub(value, called ? 'reusable workflow' : 'action', inherits ? { inheritsSecrets: true } : {});
}

/**
 * A repository among what a step is given. That of a checkout is one of GitHub; what other steps do with theirs is not
 * known. Of an expression only the names that stand in it are.
 */
function repositoryGiven(given: Readonly<Record<string, unknown>>, uses: unknown): CodeReference[] {
  const [action = ''] = strings(uses).flatMap((each) => each.split('@'));
  const checkout = /checkout/i.test(action);
  const named = ['repository', 'repo'].flatMap((key) => strings(given[key]));
  const owned = [given.repo, given.repository, given.repositories].flatMap(strings);
  const pairs = strings(given.owner).flatMap((owner) => owned.map((name) => `${owner}/${name}`));
  return [...named, ...pairs].flatMap((each) => {
    if (each.includes('${{')) {
      const literals = each.match(/'[^'\n]{1,200}'/g) ?? [];
      return literals.flatMap((literal) => gitHub(literal.slice(1, -1), 'checkout', { perhaps: true }));
    }
    return gitHub(each, 'checkout', checkout ? {} : { perhaps: true });
  });
}

function azureRepository({ name, type }: Readonly<Record<string, unknown>>): CodeReference[] {
  if (typeof name !== 'string') return [];
  if (type === 'github') return gitHub(name, 'template');
  return type === 'bitbucket' ? namespaceAt('bitbucket.org', name, 'template') : [];
}

function strings(value: unknown): string[] {
  return typeof value === 'string' ? [value.trim()] : [];
}

function namesIn(value: unknown): string[] {
  return isMap(value) ? strings(value.name) : [];
}

function maps(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}
