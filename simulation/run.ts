/** Runs the simulation by itself, for the planted bugs: `node simulation/run.ts --payments 1000 --seed 7 --until-broken`. */
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

const options = { payments: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' }, timeline: { type: 'boolean', default: false }, 'until-broken': { type: 'boolean', default: false } } as const;
const { values } = parseArgs({ options });
const { digest: _digest, ...summary } = await simulate({
  payments: Number(values.payments),
  seed: Number(values.seed),
  untilBroken: values['until-broken'],
  onBroken: ({ timeline, ...broken }) => {
    process.stdout.write(`${JSON.stringify(broken)}\n`);
    if (values.timeline && timeline.length > 0) process.stderr.write(`${timeline.join('\n')}\n`);
  },
});
process.stdout.write(`${JSON.stringify(summary)}\n`);
process.exitCode = summary.brokenRules === 0 ? 0 : 1;
