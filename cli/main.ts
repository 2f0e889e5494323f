#!/usr/bin/env node
import { offboard } from './offboard.ts';
import { processTerminal } from './terminal/process-terminal.ts';
import { VERSION } from './version.ts';

const terminal = processTerminal();
const code = await offboard(process.argv.slice(2), terminal, VERSION);
// Not process.exit: what was written to a pipe may not be through yet.
process.exitCode = code;
