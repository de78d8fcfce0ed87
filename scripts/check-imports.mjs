/** Checks the import directions of the house; fails too when it saw no modules, because then it checked nothing. */
import { cruise } from 'dependency-cruiser';
import { existsSync } from 'node:fs';
import configuration from '../.dependency-cruiser.mjs';

const rooms = ['core', 'adapters', 'native-bridge', 'host', 'electron', 'browser-host', 'cli', 'renderer', 'simulator', 'simulation', 'conformance'];
const result = await cruise(rooms.filter((room) => existsSync(room)), { ...configuration.options, ruleSet: configuration, validate: true });
const { summary, modules } = result.output;
const seen = modules.filter((module) => rooms.some((room) => module.source.startsWith(`${room}/`)));
const withImports = seen.filter((module) => module.dependencies.length > 0);

for (const violation of summary.violations) {
  console.error(`${violation.rule.name}: ${violation.from} -> ${violation.to}`);
}
for (const room of rooms) {
  if (!seen.some((module) => module.source.startsWith(`${room}/`))) {
    console.error(`no module of ${room}/ was seen`);
    process.exitCode = 1;
  }
}
if (seen.length < 100 || withImports.length < seen.length / 2) {
  console.error(`only ${seen.length} modules, ${withImports.length} with imports, were seen: the check is blind`);
  process.exitCode = 1;
}
if (summary.error > 0) process.exitCode = 1;
console.log(`imports: ${seen.length} modules, ${summary.error} violations`);
