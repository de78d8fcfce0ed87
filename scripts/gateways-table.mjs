/** Writes docs/gateways.md: every call, word and deviation of the five documents. Run it where its test says that it is stale. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewaysPage } from '../conformance/gateways-page.ts';

writeFileSync(join(import.meta.dirname, '..', 'docs', 'gateways.md'), await gatewaysPage());
