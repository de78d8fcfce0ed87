/** Who may do what: one table, from the least that a role may do to the most. */
import { message, type Message } from '../contract/messages.ts';
import type { Role } from '../contract/types.ts';

const ranks: Readonly<Record<Role, number>> = { cashier: 1, supervisor: 2, owner: 3 };

/**
 * The least role for each act that is approved or refused. Whoever has less asks someone who has it for a PIN or a badge. Selling,
 * and what belongs to a sale, is whoever's who is signed in, and no act of its own.
 */
const leastRoles = {
  refundUpToLimit: 'cashier',
  refundAboveLimit: 'supervisor',
  /** Another till's order, whatever the amount (CASES 38). */
  refundForeign: 'supervisor',
  recordOutsideRefund: 'supervisor',
  /** A number looked up in the gateway's portal (CASES 22). */
  enterGatewayRef: 'supervisor',
  openShift: 'cashier',
  closeShift: 'cashier',
  countDrawer: 'cashier',
  payIn: 'cashier',
  payOut: 'supervisor',
  /** With nothing to book: counted on X and Z. */
  openDrawer: 'cashier',
  /** Cash sums and the expected drawer, before the count. */
  showExpected: 'supervisor',
  export: 'supervisor',
  reconcile: 'supervisor',
  /** A person's word about an outcome (CASES 17). */
  settle: 'owner',
  people: 'owner',
  settings: 'owner',
} as const satisfies Readonly<Record<string, Role>>;

export type Act = keyof typeof leastRoles;

export const acts = Object.keys(leastRoles) as readonly Act[];

export function leastRole(act: Act): Role {
  return leastRoles[act];
}

export function mayDo(role: Role, act: Act): boolean {
  return ranks[role] >= ranks[leastRole(act)];
}

/** What is said where somebody of this role must approve. */
export function approvalMessage(role: Role): Message {
  switch (role) {
    case 'cashier':
      return message('approvalCashier');
    case 'supervisor':
      return message('approvalSupervisor');
    case 'owner':
      return message('approvalOwner');
  }
}
