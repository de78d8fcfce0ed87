/** What the statements of this version's gateways look like, as their folders say. */
import { gateways } from '../core/gateways/registry.ts';
import { profilesOf } from '../core/reconcile/profiles.ts';

export const statementProfiles = profilesOf(gateways);
