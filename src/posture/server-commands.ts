/**
 * What starts an MCP server, in a command line or a file of a pipeline: names of packages, images and commands. Defender
 * is asked by the same words (kql/posture/workstation-servers.kql).
 */
export const SERVER_COMMAND =
  /modelcontextprotocol|mcp[-_.]?server|server[-_.]mcp|fastmcp|(^|[^a-z0-9])mcp-[a-z]|[-_]mcp([^a-z0-9_-]|$)/;

/** Whether a text starts an MCP server. */
export function startsServer(text: string): boolean {
  return SERVER_COMMAND.test(text.toLowerCase());
}
