import * as z from 'zod';
import type { Immutable } from '../../../../shapes/immutable.ts';

/**
 * Where code or an image comes from: GitHub, where owners have ids, or a registry or another forge, where a name is all
 * there is.
 */
const CODE_HOSTS = [
  'github',
  'docker.io',
  'quay.io',
  'registry.gitlab.com',
  'gitlab.com',
  'bitbucket.org',
  'circleci.com',
  'npmjs.com',
  'jsr.io',
  'packagist.org',
] as const;
export type CodeHost = (typeof CODE_HOSTS)[number];

const WAYS = [
  'action',
  'reusable workflow',
  'checkout',
  'image',
  'template',
  'plugin',
  'package',
  'download',
  'mention',
] as const;

/** Somebody's code that a file has run, by its owner. */
export const CodeReferenceSchema = z.strictObject({
  host: z.enum(CODE_HOSTS),
  /** The login, or the namespace at the registry, as it is written. */
  owner: z.string(),
  /** As it stands in the file: `amoreau/deploy@v1`, `ghcr.io/amoreau/tools:2`. */
  written: z.string(),
  how: z.enum(WAYS),
  /** It may be something else than a name at that host: it counts where it is the leaver's, and nowhere else. */
  perhaps: z.exactOptional(z.literal(true)),
  /** Set where the caller hands over all its secrets (`secrets: inherit`). */
  inheritsSecrets: z.exactOptional(z.literal(true)),
});
export type CodeReference = Immutable<z.output<typeof CodeReferenceSchema>>;

/** One way in which a file names foreign code: a row of the table in docs/trust.md. */
export interface Way {
  /** In a few words, for people. */
  readonly what: string;
  /** Lines of a file that name code of `OWNER` in this way; the tests read each. */
  readonly example: string;
  /** The file in which the example stands, where it matters; else a workflow. */
  readonly file?: string;
}

/** `owner/name`, with whatever stands behind it; nothing where the owner is not known before the file runs. */
export function gitHub(
  written: string,
  how: CodeReference['how'],
  more: Pick<CodeReference, 'perhaps' | 'inheritsSecrets'> = {},
): CodeReference[] {
  const owner = /^([a-z\d][\w.-]{0,99})\/[\w.-]/i.exec(written)?.[1];
  return owner === undefined ? [] : [{ host: 'github', owner, written, how, ...more }];
}

/** The first segment of a path at another host. */
export function namespaceAt(host: CodeHost, written: string, how: CodeReference['how']): CodeReference[] {
  const owner = /^@?([a-z\d][\w.-]{0,99})\/[\w.-]/i.exec(written)?.[1];
  return owner === undefined ? [] : [{ host, owner, written, how }];
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

const DOCKER = 'docker://';

/** `[docker://][host/]namespace/name[:tag]`; without a namespace it is one of Docker's own. */
export function imageOf(value: string): CodeReference[] {
  const written = value.trim();
  const image = written.toLowerCase().startsWith(DOCKER) ? written.slice(DOCKER.length) : written;
  const [first = '', ...rest] = image.split('/');
  const hasHost = /[.:]/.test(first) || first.toLowerCase() === 'localhost';
  const [namespace = '', name] = hasHost ? rest : [first, ...rest];
  const host = hasHost ? REGISTRIES.get(first.toLowerCase()) : 'docker.io';
  if (host === undefined || name === undefined || namespace === 'library' || !/^\w[\w.-]*$/.test(namespace)) return [];
  return [{ host, owner: namespace, written, how: 'image' }];
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
