/** `till simulator`: the gateways on loopback, for testers and for playing both sides of the counter. */
import { startSimulator } from '../simulator/index.ts';
import { exitCodes } from './exit.ts';
import { portOf } from './port.ts';
import type { Output } from './output.ts';

export async function simulatorCommand(options: { readonly port?: string }, output: Output, interrupted: Promise<void>): Promise<number> {
  const simulator = await startSimulator({ port: portOf(options.port) });
  const { gateways, vendor, codes, phoneUrl: phone } = simulator;
  const announced = { gateways, vendor, codes, phone };
  output.line(announced, JSON.stringify(announced));
  await interrupted;
  await simulator.close();
  return exitCodes.done;
}
