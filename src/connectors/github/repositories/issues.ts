import * as z from 'zod';
import { failed, ok, type VendorResult } from '../../result.ts';
import type { GitHubSettings } from '../../settings.ts';
import { ask } from '../call/ask.ts';
import { gitHubClient } from '../call/client.ts';
import type { Asked } from '../call/failure.ts';
import { list } from '../call/list.ts';

export interface WantedIssue {
  /** Stands invisibly in the body; an open issue that carries it is updated instead of a second one opened. */
  readonly marker: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly labels: readonly string[];
}

export interface OpenIssue {
  readonly url: string;
  readonly number: number;
}

const IssueShape = z.object({
  number: z.number(),
  html_url: z.string(),
  body: z.string().nullish(),
  pull_request: z.unknown().optional(),
});

/** GitHub's limit of an issue's body, in characters. */
const MAX_BODY = 65_536;
const CUT = '\n\n… The report goes on; this issue holds as much of it as GitHub lets an issue hold.\n';

/** Has an issue opened once; `create` gets whether somebody may have opened it before and died. */
export type OpenOnce = (
  create: (lookAgain: boolean) => Promise<VendorResult<OpenIssue>>,
) => Promise<VendorResult<OpenIssue>>;

/**
 * Opens the issue in the security repository, or brings the one with its marker up to date. GitHub takes no
 * idempotency key, so two that find none at the same moment need `once`.
 */
export async function upsertIssue(
  settings: GitHubSettings,
  wanted: WantedIssue,
  once: OpenOnce,
): Promise<VendorResult<OpenIssue>> {
  const [owner = '', repo = ''] = settings.SECURITY_REPOSITORY.split('/');
  const connected = await gitHubClient(settings, 'remover', owner);
  if (!connected.ok) return connected;
  const client = connected.value;
  const asked: Asked = {
    what: 'the issue of a case',
    where: settings.SECURITY_REPOSITORY,
    permission: 'issues=write',
    repository: true,
  };
  const comment = `<!-- ${wanted.marker} -->`;
  const content = { title: wanted.title, body: bodyOf(wanted.body, comment), labels: [...wanted.labels] };

  const find = async (): Promise<VendorResult<number | undefined>> => {
    const open = await list(
      client,
      { ...asked, permission: 'issues=read' },
      {
        path: '/repos/{owner}/{repo}/issues',
        parameters: { owner, repo, state: 'open', labels: wanted.labels.join(',') },
        id: 'number',
        item: IssueShape,
      },
    );
    const known = open.items.find(({ body, pull_request }) => pull_request === undefined && body?.includes(comment));
    // Without the whole list, a second issue might be opened for the same case.
    return known === undefined && open.failure !== undefined ? failed(open.failure) : ok(known?.number);
  };
  const file = async (number: number | undefined): Promise<VendorResult<OpenIssue>> => {
    const filed = await ask(client, asked, IssueShape, (octokit) =>
      number === undefined
        ? octokit.rest.issues.create({ owner, repo, ...content })
        : octokit.rest.issues.update({ owner, repo, issue_number: number, ...content }),
    );
    return filed.ok ? ok({ url: filed.value.html_url, number: filed.value.number }, filed.requestId) : filed;
  };

  const found = await find();
  if (!found.ok) return found;
  if (found.value !== undefined) return file(found.value);
  return once(async (lookAgain) => {
    const again = lookAgain ? await find() : found;
    return again.ok ? file(again.value) : again;
  });
}

function bodyOf(markdown: string, comment: string): string {
  const whole = `${markdown}\n\n${comment}\n`;
  if (whole.length <= MAX_BODY) return whole;
  const end = `${CUT}\n${comment}\n`;
  return markdown.slice(0, MAX_BODY - end.length) + end;
}
