import { CliError } from '../exit-codes.ts';

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** Where the app is, without a path at its end. */
export function addressOf(url: string | undefined): string {
  if (url === undefined || url === '')
    throw new CliError('usage', 'Where is the app? Set MCP_OFFBOARDING_URL, or say --url https://….');
  const parsed = URL.parse(url);
  if (parsed === null || !['https:', 'http:'].includes(parsed.protocol) || parsed.username !== '')
    throw new CliError('usage', 'The address of the app is not one such as https://app.example.');
  // What is sent there is an access token.
  if (parsed.protocol === 'http:' && !LOOPBACK.includes(parsed.hostname))
    throw new CliError(
      'usage',
      'The address of the app begins with http://, where others can read your token: say https://.',
    );
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '').replace(/\/api$/, '')}`;
}
