/** `npm test`: everything that is checked, from a fresh clone, and one line at the end that counts it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { prepare, nodeExecutable, projectFolder } from './prepare.mjs';
import { installTestTools } from './test-tools.mjs';

const resultsFolder = join(projectFolder, '.cache', 'test');
const counts = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const skips = [];
const caseTests = new Map();
const sessions = new Set();
/** Who is answered first when the processor is short: each is the niceness of its sessions. */
const ranks = { front: 0, between: 10, back: 19 };
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => endSessions(signal));

await prepare({ build: true });
installTestTools();
rmSync(resultsFolder, { recursive: true, force: true });
mkdirSync(resultsFolder, { recursive: true });

const display = await startDisplay();
// Windows and screens wait for most of their time, but must be answered at once: a keyboard scanner is told by its pace. Commands
// wait too, for gateways. What only needs the processor fills the pauses of both. Slow frames are counted last, with the machine to
// themselves.
await Promise.all([windows(), vitest('commands', ranks.between), calculations()]);
await vitest('scrolling');
display?.kill();
printCases();
printEnd();

async function windows() {
  await vitest('e2e');
  await vitest('screens');
}

async function calculations() {
  await check('types', [bin('typescript', 'bin/tsc'), '-p', 'tsconfig.json']);
  await check('types of the screens', [bin('typescript', 'bin/tsc'), '-p', 'tsconfig.browser.json']);
  await check('types of the end-to-end tests', [bin('typescript', 'bin/tsc'), '-p', 'tsconfig.e2e.json']);
  await check('lint', [bin('oxlint', 'bin/oxlint'), '--type-aware', '--deny-warnings']);
  await check('import directions', ['scripts/check-imports.mjs']);
  await check('unused files and dependencies', [bin('knip', 'bin/knip.js')]);
  await vitest('unit', ranks.back);
  // Two histories' worlds need one core each. A fresh seed at every run finds what a fixed one can't; a failure prints it with
  // the command that replays it.
  await Promise.all([simulate('a fixed seed', 20261121), simulate('a fresh seed', Date.now() % 1_000_000_007)]);
  await vitest('pictures', ranks.back, ['--maxConcurrency=4']);
}

function simulate(name, seed) {
  return check(`25,000 simulated payments, ${name}`, ['scripts/till.mjs', 'simulate', '--payments', '25000', '--seed', String(seed)]);
}

/** A display of our own for the Electron window, where the machine has none; null where there is one or none can be had. */
async function startDisplay() {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY || !existsSync('/usr/bin/Xvfb')) return null;
  const display = spawn('/usr/bin/Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise((resolve) => {
    display.stdio[3].once('data', (text) => resolve(String(text).trim()));
    display.once('exit', () => resolve(null));
  });
  if (number === null) return null;
  process.env.DISPLAY = `:${number}`;
  return display;
}

/** Runs one check that is green or red as a whole; each needs the processor alone. */
async function check(name, commandLine) {
  const began = Date.now();
  const result = await run(commandLine, process.env, ranks.back);
  const ok = result.status === 0;
  count(ok ? 'passed' : 'failed', name);
  console.log(`${ok ? 'ok' : 'FAILED'}  ${name} (${seconds(began)})`);
  if (!ok) console.log(endsOf(`${result.stdout}${result.stderr}`));
}

/** Runs Node with these arguments and gives what it printed. */
async function run(commandLine, env, rank) {
  const child = rank > ranks.front ? spawnStandingBack(commandLine, env, rank) : spawn(nodeExecutable(), commandLine, { cwd: projectFolder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (text) => (printed[name] += text));
  const status = await new Promise((resolve) => child.once('close', resolve));
  return { status, ...printed };
}

/** Leaves the machine to whoever else needs it. On Linux that takes a session of its own (stand-back.sh), which must then be ended by name. */
function spawnStandingBack(commandLine, env, rank) {
  const isLinux = process.platform === 'linux';
  const [program, ...given] = isLinux ? ['sh', join(projectFolder, 'scripts', 'stand-back.sh'), String(rank), nodeExecutable(), ...commandLine] : [nodeExecutable(), ...commandLine];
  const child = spawn(program, given, { cwd: projectFolder, env: { ...env, SCANTILL_TESTS_RANK: String(rank) }, stdio: ['ignore', 'pipe', 'pipe'], detached: isLinux });
  if (child.pid === undefined) return child;
  if (isLinux) {
    sessions.add(child.pid);
    child.once('close', () => sessions.delete(child.pid));
  } else setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  return child;
}

/** Ended by hand, nothing goes on in the background. */
function endSessions(signal) {
  for (const pid of sessions) {
    try {
      process.kill(-pid, signal);
    } catch {
      // It has just ended by itself.
    }
  }
  process.exit(1);
}

/** The beginning of a long output too: a broken rule stands there with its seed, and the history that led to it behind it. */
function endsOf(output) {
  const lines = output.trimEnd().split('\n');
  return (lines.length <= 80 ? lines : [...lines.slice(0, 20), `... ${lines.length - 80} lines ...`, ...lines.slice(-60)]).join('\n');
}

/** Runs one vitest project and counts its tests by its own report. */
async function vitest(project, rank = ranks.front, options = []) {
  const began = Date.now();
  const report = join(resultsFolder, `${project}.json`);
  const result = await run([bin('vitest', 'vitest.mjs'), 'run', '--project', project, '--reporter=json', `--outputFile=${report}`, '--reporter=dot', ...options], { ...process.env, FORCE_COLOR: '0' }, rank);
  const tests = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  if (tests === null || tests.numTotalTests === 0) {
    count('failed', `${project} tests did not run`);
    console.log(`FAILED  ${project} tests did not run\n${result.stdout}${result.stderr}`.slice(-6000));
    return;
  }
  for (const file of tests.testResults) {
    for (const test of file.assertionResults) record(test, file.name);
    if (file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')) {
      count('failed', `${file.name}: ${file.message.split('\n')[0]}`);
    }
  }
  const green = result.status === 0;
  console.log(`${green ? 'ok' : 'FAILED'}  ${project} tests: ${tests.numPassedTests} of ${tests.numTotalTests} (${seconds(began)})`);
  if (!green) console.log(`${result.stdout}${result.stderr}`.split('\n').filter((line) => !/^[·.x]*$/.test(line.trim())).slice(-120).join('\n'));
  if (!green && tests.numFailedTests === 0 && failures.length === 0) count('failed', `${project}: the run ended with an error outside its tests`);
}

function record(test, file) {
  const outcome = test.status === 'passed' ? 'passed' : test.status === 'failed' ? 'failed' : 'skipped';
  count(outcome, `${test.fullName} (${file.replace(`${projectFolder}/`, '')})`);
  for (const [, number] of test.title.matchAll(/\bcases? (\d+)\b/gi)) {
    caseTests.set(Number(number), (caseTests.get(Number(number)) ?? 0) + (outcome === 'passed' ? 1 : 0));
  }
}

/** The decided cases: which have a test here, and which wait for what. */
function printCases() {
  const later = JSON.parse(readFileSync(join(projectFolder, 'docs', 'cases-later.json'), 'utf8'));
  const covered = [...caseTests.keys()].filter((number) => caseTests.get(number) > 0).sort((left, right) => left - right);
  console.log(`\ncases covered: ${covered.map((number) => `${number} (${caseTests.get(number)})`).join(', ')}`);
  for (const [number, why] of Object.entries(later)) console.log(`case ${number} left to later${caseTests.has(Number(number)) ? ' in part' : ''}: ${why}`);
  for (let number = 1; number <= 40; number += 1) {
    if (!caseTests.get(number) && later[number] === undefined) count('failed', `case ${number} has neither a test nor a reason to wait`);
  }
}

function printEnd() {
  if (skips.length > 0) console.log(`\nskipped:\n${skips.map((name) => `  ${name}`).join('\n')}`);
  if (failures.length > 0) console.log(`\nfailed:\n${failures.map((name) => `  ${name}`).join('\n')}`);
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exit(counts.failed > 0 ? 1 : 0);
}

function count(outcome, name) {
  counts[outcome] += 1;
  if (outcome === 'failed') failures.push(name);
  if (outcome === 'skipped') skips.push(name);
}

function bin(packageName, path) {
  return join(projectFolder, 'node_modules', packageName, path);
}

function seconds(began) {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}
