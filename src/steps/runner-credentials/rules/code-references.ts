import { parseAllDocuments } from 'yaml';

/** Where code or an image comes from: GitHub, where owners have ids, or a registry, where a name is all there is. */
export type CodeHost = 'github' | 'docker.io' | 'quay.io' | 'registry.gitlab.com';

/** Somebody's code that a file has run, by its owner. */
export interface CodeReference {
  readonly host: CodeHost;
  /** The login, or the namespace at the registry, as it is written. */
  readonly owner: string;
  /** As it stands in the file: `amoreau/deploy@v1`, `ghcr.io/amoreau/tools:2`. */
  readonly written: string;
  readonly how: 'action' | 'reusable workflow' | 'image' | 'template' | 'download';
  /** Set where the caller hands over all its secrets (`secrets: inherit`). */
  readonly inheritsSecrets?: true;
}

/**
 * Whose code a file of CI has run: `uses:` of jobs and steps, images of jobs, services, steps and compose files,
 * templates of Azure pipelines, orbs of CircleCI, base images of a Dockerfile; and addresses of an owner's code or
 * images anywhere in the text, as `run:` lines have them. A file that is no YAML is read line by line. Names that are
 * put together when the file runs (`${{ … }}`) are not known, and stand in no answer.
 * Grammar: docs.github.com/actions (workflow syntax; metadata syntax), learn.microsoft.com/azure/devops/pipelines/yaml-schema
 */
export function codeReferences(path: string, text: string): CodeReference[] {
  const file = path.split('/').at(-1) ?? path;
  const found = /^dockerfile/i.test(file)
    ? baseImages(text)
    : (documentsOf(text)?.flatMap((document) => referencesIn(document)) ?? linesOf(text));
  return distinct([...found, ...addressesIn(text)]);
}

/** Undefined where it is no YAML, or grows when it is read. */
function documentsOf(text: string): unknown[] | undefined {
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false });
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
    return documents.map((document): unknown => document.toJS({ maxAliasCount: 100 }));
  } catch {
    return undefined;
  }
}

/** What is called by each key, wherever it stands: the vendors' files nest alike and differ in depth only. */
function referencesIn(node: unknown): CodeReference[] {
  if (Array.isArray(node)) return node.flatMap(referencesIn);
  if (!isMap(node)) return [];
  const inherits = node.secrets === 'inherit';
  return Object.entries(node).flatMap(([key, value]) => [
    ...(typeof value === 'string' ? ofValue(key, value, inherits) : []),
    ...(key === 'repositories' && Array.isArray(value) ? value.flatMap(templateRepository) : []),
    ...(key === 'orbs' && isMap(value) ? Object.values(value).flatMap(orb) : []),
    ...referencesIn(value),
  ]);
}

function ofValue(key: string, value: string, inherits: boolean): CodeReference[] {
  if (key === 'uses') return usesOf(value, inherits);
  // A job's container may be its image alone; in Azure pipelines it may be the name of one, which has no owner.
  if (key === 'image' || key === 'container') return imageOf(value);
  if (key === 'template') return value.includes('://') ? addressesIn(value) : [];
  return [];
}

/** `resources.repositories` of Azure pipelines: templates come from there. */
function templateRepository(entry: unknown): CodeReference[] {
  if (!isMap(entry) || typeof entry.name !== 'string' || entry.type !== 'github') return [];
  return gitHub(entry.name, 'template');
}

/** `namespace/orb@1.2.3`; a namespace of CircleCI that is called like a login is a hint at most, and has no id. */
function orb(value: unknown): CodeReference[] {
  return typeof value === 'string' ? addressesIn(value) : [];
}

function usesOf(value: string, inherits: boolean): CodeReference[] {
  const written = value.trim();
  if (written.startsWith('.')) return [];
  if (written.startsWith('docker://')) return imageOf(written);
  const called = /\/\.github\/workflows\/[^/]+\.ya?ml@/i.test(written);
  return gitHub(written, called ? 'reusable workflow' : 'action', inherits);
}

function gitHub(written: string, how: CodeReference['how'], inherits = false): CodeReference[] {
  const owner = /^([\w.-]+)\/[\w.-]+/.exec(written)?.[1];
  if (owner === undefined) return [];
  return [{ host: 'github', owner, written, how, ...(inherits ? { inheritsSecrets: true as const } : {}) }];
}

/** `[docker://][host/]namespace/name[:tag]`; without a namespace it is one of Docker's own. */
function imageOf(value: string): CodeReference[] {
  const written = value.trim();
  const [first = '', ...rest] = written.replace(/^docker:\/\//i, '').split('/');
  const hasHost = /[.:]/.test(first) || first.toLowerCase() === 'localhost';
  const [namespace = '', name] = hasHost ? rest : [first, ...rest];
  const host = hasHost ? REGISTRIES.get(first.toLowerCase()) : 'docker.io';
  if (host === undefined || name === undefined || namespace === 'library' || !/^[\w.-]+$/.test(namespace)) return [];
  return [{ host, owner: namespace, written, how: 'image' }];
}

/** Registries whose namespaces people register; everywhere else an image is the host's. */
const REGISTRIES = new Map<string, CodeHost>([
  ['ghcr.io', 'github'],
  ['docker.pkg.github.com', 'github'],
  ['docker.io', 'docker.io'],
  ['index.docker.io', 'docker.io'],
  ['registry-1.docker.io', 'docker.io'],
  ['registry.hub.docker.com', 'docker.io'],
  ['quay.io', 'quay.io'],
  ['registry.gitlab.com', 'registry.gitlab.com'],
]);

function baseImages(text: string): CodeReference[] {
  return [...text.matchAll(/^\s*FROM\s+(?:--\S+\s+)*(\S+)/gim)].flatMap(([, image = '']) => imageOf(image));
}

/** The same keys in a text that is no YAML: templates with placeholders, scripts, files cut by hand. */
function linesOf(text: string): CodeReference[] {
  const pairs = text.matchAll(/(?:^|[\s{,-])["']?(uses|image|container)["']?[ \t]*[:=][ \t]*["']?([^\s"'#,}]+)/gim);
  return [...pairs].flatMap(([, key = '', value = '']) => ofValue(key.toLowerCase(), value, false));
}

/** Addresses under which an owner's code and images are fetched. */
const ADDRESS =
  /(?:(?:www\.|raw\.|codeload\.)?github\.com(?:\/raw)?|(?:raw|gist)\.githubusercontent\.com|gist\.github\.com|ghcr\.io|npm\.pkg\.github\.com)[/:]@?([a-z\d][\w.-]{0,99})\/[\w.-]+|(?:npx|npm i(?:nstall)?|pnpm dlx|bunx)\s+github:([a-z\d][\w-]{0,99})\/[\w.-]+/gi;
/** First segments that are pages of GitHub's and nobody's account. */
const PAGES = new Set([
  'orgs',
  'users',
  'sponsors',
  'marketplace',
  'topics',
  'apps',
  'enterprises',
  'settings',
  'login',
  'repos',
]);

function addressesIn(text: string): CodeReference[] {
  return [...text.matchAll(ADDRESS)].flatMap(([written, one, other]) => {
    const owner = one ?? other ?? '';
    if (PAGES.has(owner.toLowerCase())) return [];
    return [{ host: 'github', owner, written, how: /^ghcr\.io/i.test(written) ? 'image' : 'download' } as const];
  });
}

/** One for each owner and way: a file may call the same action many times. */
function distinct(found: readonly CodeReference[]): CodeReference[] {
  const byWhat = new Map<string, CodeReference>();
  for (const each of found) {
    const key = `${each.host} ${each.owner.toLowerCase()} ${each.written}`;
    const known = byWhat.get(key);
    if (known === undefined || each.inheritsSecrets === true) byWhat.set(key, each);
  }
  return [...byWhat.values()];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
