/** `node conformance/run.ts ID [--until-broken]`: a line per broken rule, last a sum; ends with 1 where one is broken. */
import process from 'node:process';
import { rules, subjectOf } from './suite.ts';

const [id = '', option] = process.argv.slice(2);
const subject = await subjectOf(id);
let broken = 0;
for (const { name, check } of rules) {
  const found = await problemsOf(() => check(subject));
  if (found.length === 0) continue;
  broken += 1;
  print({ rule: name, found: found.slice(0, 20), more: Math.max(0, found.length - 20) });
  if (option === '--until-broken') break;
}
print({ gateway: id, rules: rules.length, broken });
process.exitCode = broken === 0 ? 0 : 1;

/** A check that throws is broken too: the folder threw, or had no answer to give. */
async function problemsOf(check: () => Promise<readonly string[]> | readonly string[]): Promise<readonly string[]> {
  try {
    return await check();
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
