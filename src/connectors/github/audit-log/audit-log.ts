import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import { ok, type VendorResult } from '../../result.ts';
import { ask } from '../call/ask.ts';
import type { GitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';
import { listByCursor } from '../call/list.ts';

/** That an account registered a self-hosted runner. GitHub documents neither the runner's id nor its name here. */
export const RunnerRegistrationSchema = z.strictObject({
  /** ISO instant. */
  at: z.string(),
  actorId: z.number(),
  runnerId: z.exactOptional(z.number()),
  runnerName: z.exactOptional(z.string()),
  /** `owner/repository` where it was registered there. */
  repository: z.exactOptional(z.string()),
});
export type RunnerRegistration = Readonly<z.output<typeof RunnerRegistrationSchema>>;

/** Milliseconds, as an ISO instant; what no calendar has is a row that cannot be read. */
export const instant = z
  .number()
  .refine((ms) => !Number.isNaN(new Date(ms).getTime()))
  .transform((ms) => new Date(ms).toISOString());
const EventShape = z
  .object({
    '@timestamp': instant,
    actor_id: z.number(),
    runner_id: z.number().nullish(),
    runner_name: z.string().nullish(),
    name: z.string().nullish(),
    repo: z.string().nullish(),
  })
  .transform((row): RunnerRegistration => {
    const runnerName = row.runner_name ?? row.name ?? undefined;
    return {
      at: row['@timestamp'],
      actorId: row.actor_id,
      ...(typeof row.runner_id === 'number' ? { runnerId: row.runner_id } : {}),
      ...(runnerName === undefined ? {} : { runnerName }),
      ...(row.repo ? { repository: row.repo } : {}),
    };
  });

const REGISTERS = ['org.register_self_hosted_runner', 'repo.register_self_hosted_runner'] as const;

/** That an account made or changed a secret: where, what it is called, and when. What it holds nobody can read. */
export interface SecretWriting {
  /** ISO instant. */
  readonly at: string;
  readonly actorId: number;
  /** GitHub documents it for every such event; where it is missing nobody knows which secret it was. */
  readonly name?: string;
  /** `owner/repository`; absent for a secret of the organisation. */
  readonly repository?: string;
  readonly environment?: string;
  /** `actions`; `integration` is Dependabot's or that of codespaces. */
  readonly kind: 'actions' | 'integration';
}

const SecretEvent = z
  .object({
    '@timestamp': instant,
    action: z.string(),
    actor_id: z.number(),
    key: z.string().nullish(),
    repo: z.string().nullish(),
    environment_name: z.string().nullish(),
  })
  .transform(
    (row): SecretWriting => ({
      at: row['@timestamp'],
      actorId: row.actor_id,
      kind: row.action.endsWith('_integration_secret') ? 'integration' : 'actions',
      ...(row.key ? { name: row.key } : {}),
      ...(row.repo ? { repository: row.repo } : {}),
      ...(row.environment_name ? { environment: row.environment_name } : {}),
    }),
  );

const WRITES_SECRETS = [
  ...['org', 'repo', 'environment'].flatMap((where) => [
    `${where}.create_actions_secret`,
    `${where}.update_actions_secret`,
  ]),
  ...['org', 'repo'].flatMap((where) => [`${where}.create_integration_secret`, `${where}.update_integration_secret`]),
];

/**
 * The self-hosted runners that an account registered in the last 180 days, by the organisation's audit log. It is asked
 * by login and compared by id, because a login may be somebody else's by now. Organisations of GitHub Enterprise Cloud
 * alone have this log; others answer 404, as does one whose log cannot be had for another reason. Source: docs.github.com/rest/orgs/orgs, "Get the audit log for an organization".
 */
export function runnerRegistrations(client: GitHubClient, account: Actor): Promise<Listing<RunnerRegistration>> {
  return eventsOf(client, account, { what: 'who registered runners', actions: REGISTERS, item: EventShape });
}

/**
 * The secrets that an account made or changed in the last 180 days, by the same log: GitHub keeps no author with a
 * secret. Names and dates alone are in it.
 * Source: docs.github.com/enterprise-cloud@latest/organizations, "Audit log events for your organization"
 */
export function secretWritings(client: GitHubClient, account: Actor): Promise<Listing<SecretWriting>> {
  return eventsOf(client, account, { what: 'who wrote secrets', actions: WRITES_SECRETS, item: SecretEvent });
}

/** An entry of the log: which it is, and the repositories that it names, as `owner/repository` in small letters. */
export interface LoggedChange {
  readonly id: string;
  /** ISO instant. */
  readonly at: string;
  readonly repositories: readonly string[];
}

const LoggedChangeShape = z
  .object({
    _document_id: z.string(),
    '@timestamp': instant,
    repo: z.union([z.string(), z.array(z.string())]).nullish(),
  })
  .transform(
    ({ _document_id: id, '@timestamp': at, repo }): LoggedChange => ({
      id,
      at,
      repositories: [repo ?? []].flat().map((name) => name.toLowerCase()),
    }),
  );

/**
 * What the organisation's log says since then, whatever was done: variables, environments, runners and workflows that were
 * made, changed or taken away are among it, pushes are not. Source: docs.github.com/enterprise-cloud@latest, "Audit log
 * events for your organization".
 */
export function loggedChanges(client: GitHubClient, since: Date): Promise<Listing<LoggedChange>> {
  return listByCursor(client, changesOf(client), {
    path: '/orgs/{org}/audit-log',
    parameters: parametersOf(client, since),
    id: '_document_id',
    item: LoggedChangeShape,
  });
}

/** So long GitHub keeps an entry; without a day only three months are told. */
const KEPT_MS = 180 * 86_400_000;

/** The newest entry of that log, which a later reading has to hold as well; undefined where it holds none. */
export async function newestLogged(client: GitHubClient, now: Date): Promise<VendorResult<LoggedChange | undefined>> {
  const parameters = parametersOf(client, new Date(now.getTime() - KEPT_MS));
  const read = await ask(client, changesOf(client), z.array(LoggedChangeShape), (octokit) =>
    octokit.request('GET /orgs/{org}/audit-log', { ...parameters, order: 'desc', per_page: 1 }),
  );
  return read.ok ? ok(read.value[0], read.requestId) : read;
}

function changesOf({ installation: { organisation: where } }: GitHubClient): Asked {
  return { what: 'what was changed', where, permission: 'organization_administration=read' };
}

function parametersOf({ installation: { organisation: org } }: GitHubClient, since: Date) {
  return { org, phrase: `created:>=${since.toISOString()}`, include: 'web' } as const;
}

/** An account, under one of its logins. */
export interface Actor {
  readonly id: number;
  readonly login: string;
}

/** What is looked for: certain actions or kinds of action, or everything since a day. */
type Wanted<T> = { readonly what: string; readonly item: z.ZodType<T> } & (
  | { readonly actions: readonly string[]; readonly since?: never }
  | { readonly since: string; readonly actions?: never }
);

/** Events of an account: asked for by login, and compared by number. */
export async function eventsOf<T extends { readonly actorId: number }>(
  client: GitHubClient,
  { id, login }: Actor,
  { what, item, ...wanted }: Wanted<T>,
): Promise<Listing<T>> {
  const org = client.installation.organisation;
  const asked: Asked = { what, where: org, permission: 'organization_administration=read' };
  const questions =
    wanted.actions === undefined
      ? [{ phrase: `actor:${login} created:>=${wanted.since}`, include: 'all' }]
      : wanted.actions.map((action) => ({ phrase: `actor:${login} action:${action}` }));
  const lists = await Promise.all(
    questions.map((question) =>
      listByCursor(client, asked, {
        path: '/orgs/{org}/audit-log',
        parameters: { org, ...question },
        id: '_document_id',
        item,
      }),
    ),
  );
  const items = lists.flatMap((each) => each.items).filter(({ actorId }) => actorId === id);
  const failures = lists.flatMap((each) => each.failure ?? []);
  const failure = failures.find(({ kind }) => kind !== 'not-found') ?? failures[0];
  return failure === undefined ? { items } : { items, failure };
}
