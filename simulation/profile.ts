/** How bad a history's day is: which faults can happen in it, and how often. */
import type { SeededRandom } from './random.ts';

/** Every fault has its probability per occasion; 0 turns it off. */
export interface Profile {
  readonly network: {
    readonly refused: number;
    readonly connectTimeout: number;
    readonly lostBefore: number;
    readonly lostAfter: number;
    readonly lateArrival: number;
    readonly slowAnswer: number;
    readonly proxyError: number;
    readonly garbage: number;
    readonly cut: number;
    readonly wrongAmount: number;
    readonly wrongReference: number;
    readonly repeatedRequest: number;
    /** Outages per hour: for a while nothing is reached, or nothing comes back. */
    readonly outagesPerHour: number;
  };
  readonly process: { readonly killChance: number; readonly killsPerHour: number; readonly quitsPerHour: number; readonly longDown: number; readonly terminalChange: number };
  readonly disk: { readonly fullPerHour: number; /** How likely an older copy of the journal comes back after a death. */ readonly restores: number };
  readonly clock: { readonly jumpsPerHour: number };
  readonly printer: { readonly trouble: number };
  readonly gateway: {
    /** The payer must type a password. */
    readonly password: number;
    readonly declines: number;
    /** The gateway can't say what became of the payment. */
    readonly unsure: number;
    readonly serverError: number;
    /** A payment is not visible to queries at first. */
    readonly invisible: number;
    readonly reversalTrouble: number;
    /** The gateway says that no money moved, and then money moves. */
    readonly takesBackItsWord: number;
    /** A refund is slow, fails, or nobody knows. */
    readonly refundTrouble: number;
    /** Refunds by somebody in the gateway's portal, per hour. */
    readonly portalRefundsPerHour: number;
    /** The gateway tells of a changed order by itself. */
    readonly notices: number;
    /** Notices that are untrue, forged or of nothing, per hour. */
    readonly liesPerHour: number;
    /** All access tokens end at once, per request. */
    readonly revocations: number;
  };
  readonly people: { readonly impatient: number; readonly mistakes: number };
}

const calm: Profile = {
  network: {
    refused: 0.004, connectTimeout: 0.002, lostBefore: 0.004, lostAfter: 0.006, lateArrival: 0.001, slowAnswer: 0.01, proxyError: 0.004, garbage: 0.002,
    cut: 0.002, wrongAmount: 0.001, wrongReference: 0.001, repeatedRequest: 0.001, outagesPerHour: 0,
  },
  process: { killChance: 0, killsPerHour: 0, quitsPerHour: 0.2, longDown: 0.1, terminalChange: 0 },
  disk: { fullPerHour: 0, restores: 0 },
  clock: { jumpsPerHour: 0 },
  printer: { trouble: 0.02 },
  gateway: { password: 0.2, declines: 0.08, unsure: 0.01, serverError: 0.005, invisible: 0.03, reversalTrouble: 0.1, takesBackItsWord: 0, refundTrouble: 0.1, portalRefundsPerHour: 0.2, notices: 0.5, liesPerHour: 2, revocations: 0.002 },
  people: { impatient: 0.2, mistakes: 0.1 },
};

const badNetwork: Profile = {
  ...calm,
  network: {
    refused: 0.03, connectTimeout: 0.02, lostBefore: 0.05, lostAfter: 0.07, lateArrival: 0.03, slowAnswer: 0.06, proxyError: 0.04, garbage: 0.02,
    cut: 0.02, wrongAmount: 0.02, wrongReference: 0.02, repeatedRequest: 0.01, outagesPerHour: 2,
  },
};

const crashes: Profile = {
  ...badNetwork,
  network: { ...calm.network, lostAfter: 0.03, lateArrival: 0.01, refused: 0.02 },
  process: { killChance: 0.006, killsPerHour: 2, quitsPerHour: 1, longDown: 0.1, terminalChange: 0 },
  printer: { trouble: 0.1 },
};

const badGateway: Profile = {
  ...calm,
  gateway: { password: 0.4, declines: 0.15, unsure: 0.08, serverError: 0.06, invisible: 0.15, reversalTrouble: 0.5, takesBackItsWord: 0.02, refundTrouble: 0.5, portalRefundsPerHour: 2, notices: 0.5, liesPerHour: 12, revocations: 0.03 },
  people: { impatient: 0.4, mistakes: 0.2 },
};

const badMachine: Profile = {
  ...calm,
  process: { killChance: 0.002, killsPerHour: 1, quitsPerHour: 2, longDown: 0.1, terminalChange: 0.2 },
  disk: { fullPerHour: 6, restores: 0.3 },
  clock: { jumpsPerHour: 6 },
  printer: { trouble: 0.3 },
  people: { impatient: 0.3, mistakes: 0.4 },
};

const everything: Profile = {
  network: badNetwork.network,
  process: { ...crashes.process, killChance: 0.004, killsPerHour: 1.5 },
  disk: { fullPerHour: 2, restores: 0.15 },
  clock: { jumpsPerHour: 2 },
  printer: { trouble: 0.2 },
  gateway: badGateway.gateway,
  people: badMachine.people,
};

const profiles = { calm, badNetwork, crashes, badGateway, badMachine, everything };
export type ProfileName = keyof typeof profiles;

/** The kind of day that a history has. */
export function drawProfile(random: SeededRandom): { readonly name: ProfileName; readonly profile: Profile } {
  const name = random.weighted({ calm: 2, badNetwork: 2, crashes: 2, badGateway: 2, badMachine: 1, everything: 2 });
  return { name, profile: profiles[name] };
}

/** After closing time nothing fails any more: what is open must come to its end. */
export const faultless: Profile = {
  network: {
    refused: 0, connectTimeout: 0, lostBefore: 0, lostAfter: 0, lateArrival: 0, slowAnswer: 0, proxyError: 0, garbage: 0, cut: 0, wrongAmount: 0,
    wrongReference: 0, repeatedRequest: 0, outagesPerHour: 0,
  },
  process: { killChance: 0, killsPerHour: 0, quitsPerHour: 0, longDown: 0, terminalChange: 0 },
  disk: { fullPerHour: 0, restores: 0 },
  clock: { jumpsPerHour: 0 },
  printer: { trouble: 0 },
  gateway: { password: 0, declines: 0, unsure: 0, serverError: 0, invisible: 0, reversalTrouble: 0, takesBackItsWord: 0, refundTrouble: 0, portalRefundsPerHour: 0, notices: 1, liesPerHour: 0, revocations: 0 },
  people: { impatient: 0, mistakes: 0 },
};
