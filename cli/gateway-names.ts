/** What the gateways are called in each language, by their ids. */
import { gateways } from '../core/gateways/registry.ts';

export const gatewayNames = Object.fromEntries(gateways.map((gateway) => [gateway.id, gateway.names]));
