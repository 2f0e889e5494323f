import { type Column, tableOf } from '../terminal/table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { addressOf } from './address.ts';
import { answerOf, type Client, makeClient } from './client.ts';
import { tokens } from './sign-in.ts';

/** What a command works with. */
export interface Session {
  readonly terminal: Terminal;
  readonly json: boolean;
  /** The API, as whoever signs in at the first call. */
  readonly api: Client;
  /** Prints what the API answered, as JSON or as `written` says it to a person. */
  show(value: unknown, written: () => string): void;
  /** The same for rows. */
  showTable<Row>(value: unknown, rows: readonly Row[], columns: readonly Column<Row>[]): void;
}

/** What is said for every command. */
interface Everywhere {
  readonly json: boolean;
  readonly url: string | undefined;
  readonly 'device-code': boolean;
}

/** Opens a session. Nothing is asked, of the network or of anybody, before the API is. */
export function openSession(terminal: Terminal, everywhere: Everywhere, version: string): Session {
  const { json, url, 'device-code': deviceCode } = everywhere;
  let api: Client | undefined;
  const open = (): Client => {
    const address = addressOf(url ?? terminal.env.MCP_OFFBOARDING_URL);
    const anybody = makeClient({ address, terminal, version });
    const settings = () => answerOf(anybody.GET('/api/sign-in-settings'));
    return makeClient({ address, terminal, version, token: tokens(terminal, settings, deviceCode) });
  };
  const show = (value: unknown, written: () => string): void =>
    terminal.print(json ? `${JSON.stringify(value, undefined, 2)}\n` : written());
  return {
    terminal,
    json,
    get api() {
      api ??= open();
      return api;
    },
    show,
    showTable: (value, rows, columns) => {
      show(value, () => tableOf(rows, columns, terminal.width));
      // An empty answer says so, where it does not disturb a program.
      if (!json && rows.length === 0) terminal.tell('There is none.');
    },
  };
}
