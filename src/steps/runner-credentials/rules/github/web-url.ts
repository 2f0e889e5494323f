/** Where people look at what the API calls `https://api.<host>`: the same host without `api`. */
export function webUrl(apiEndpoint: string, path: string): string {
  const url = new URL(apiEndpoint);
  return `https://${url.host.replace(/^api\./, '')}${path}`;
}
