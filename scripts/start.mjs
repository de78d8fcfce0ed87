/** `npm start`: the till in Electron, or in a browser where no Electron runtime can be had. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { electronRuntime } from './electron.mjs';
import { nodeExecutable, prepare, projectFolder, say } from './prepare.mjs';

const given = process.argv.slice(2);

try {
  await prepare();
  await start();
} catch (error) {
  say(error.message);
  process.exit(1);
}

async function start() {
  const runtime = hasDisplay() ? await electronRuntime() : { kind: 'none', why: 'There is no display (DISPLAY and WAYLAND_DISPLAY are not set)' };
  if (runtime.kind === 'none') {
    say(`${runtime.why}; the till opens in a browser instead. Open this address on this machine:`);
    run(nodeExecutable(), [join(projectFolder, 'dist', 'cli', 'till.js'), 'serve', ...given]);
    return;
  }
  run(runtime.program, [...sandboxFlags(), projectFolder, ...given]);
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Chromium refuses to start its sandbox as root. */
function sandboxFlags() {
  if (process.platform !== 'linux' || process.getuid() !== 0) return [];
  say('Running as root: Electron starts without its sandbox (--no-sandbox). Use an ordinary user at the counter.');
  return ['--no-sandbox'];
}

function run(program, args) {
  const child = spawn(program, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    say(`${program} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
