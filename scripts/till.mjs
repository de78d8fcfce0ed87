/** `npm run --silent till -- <command>`: the command line of the till under a Node that is new enough. */
import { spawn } from 'node:child_process';
import module from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeExecutable, prepare, projectFolder, say } from './prepare.mjs';

/** better-sqlite3 asks for it. */
const oldestNode = 22;
const unavailable = 69;

try {
  await prepare();
} catch (error) {
  say(error.message);
  process.exit(unavailable);
}

const program = join(projectFolder, 'dist', 'cli', 'till.js');
if (Number(process.versions.node.split('.')[0]) >= oldestNode) {
  process.argv[1] = program;
  // What V8 made of the program last time: a third of its start.
  module.enableCompileCache?.(join(projectFolder, '.cache', 'compiled'));
  await import(pathToFileURL(program).href);
} else {
  runWithNewNode();
}

function runWithNewNode() {
  const child = spawn(nodeExecutable(), [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends its signals to both; one that was sent to us alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    say(`Node ${oldestNode} or newer could not be started: ${error.message}`);
    process.exit(unavailable);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
