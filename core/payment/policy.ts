/** The engine's times and limits as one object: journaled with each attempt, so that a replay decides as the original did. */
import type { Monotonic } from '../ports.ts';

/** All durations in seconds. */
export interface PaymentPolicy {
  readonly connectSeconds: number;
  readonly answerTimeoutSeconds: number;
  readonly firstQueryAfterSeconds: number;
  readonly pollIntervalSeconds: number;
  readonly questionSeconds: number;
  readonly deadlineSeconds: number;
  readonly reverseNotBeforeSeconds: number;
}

/** What settings may say about it; everything else is the gateway's or ours. */
export interface PaymentPolicySettings {
  readonly deadlineSeconds?: number | undefined;
  readonly reverseNotBeforeSeconds?: number | undefined;
  readonly pollIntervalSeconds?: number | undefined;
  readonly answerTimeoutSeconds?: number | undefined;
}

/** Pauses before the second to the sixth reversal (CASES 16). */
export const reversePausesSeconds = [2, 4, 8, 16, 32] as const;
export const reversalsMost = reversePausesSeconds.length + 1;

/** A review is asked 1, 10 and 60 minutes after it began, then every hour (CASES 16). */
export const reviewPausesSeconds = [60, 540, 3000, 3600] as const;

/**
 * When the question comes that follows the one after a notice: as it was planned, and soon where that one has learned nothing, since
 * an acknowledged notice comes no more.
 */
export function dueAfterNotice(plan: Monotonic, now: Monotonic, hasLearned: boolean): Monotonic {
  return hasLearned ? plan : Math.min(plan, now + reviewPausesSeconds[0] * 1000);
}

/** A shown code that can't be closed is asked about after 1, 10 and 60 minutes, then daily, and lapses after a week (CASES 27). */
export const quietPausesSeconds = [60, 540, 3000, 86_400] as const;
export const lapseAfterSeconds = 7 * 86_400;

/** A sentinel looks 1 and 10 minutes after an attempt ended without money (CASES 20). */
export const sentinelPausesSeconds = [60, 540] as const;
export const sentinelTriesMost = 3;
export const sentinelRetrySeconds = 60;
export const sentinelDaysMost = 7;
export const secondsOfDay = 86_400;

/** Between "order does not exist" as the answer to a reversal and the query that must say so too (CASES 19, fixed). */
export const absenceProofSeconds = 15;

/** The policy of one gateway: the settings' word within what the gateway allows, the design's defaults otherwise. */
export function paymentPolicy(firstQueryAfterSeconds: number, ...settings: readonly (PaymentPolicySettings | undefined)[]): PaymentPolicy {
  const merged = mergeDefined(settings);
  const deadlineSeconds = merged.deadlineSeconds ?? 45;
  return {
    connectSeconds: 5,
    // A pay call that may outlive the deadline would leave the last query nothing to ask about.
    answerTimeoutSeconds: Math.min(merged.answerTimeoutSeconds ?? 15, deadlineSeconds),
    firstQueryAfterSeconds,
    pollIntervalSeconds: merged.pollIntervalSeconds ?? 3,
    questionSeconds: 30,
    deadlineSeconds,
    reverseNotBeforeSeconds: merged.reverseNotBeforeSeconds ?? 15,
  };
}

/**
 * The policy of a code that we show: it is offered for `presentSeconds`, or as long as the gateway keeps it payable. Nobody is
 * asked at 30 s whether to go on: the customer is still looking for the phone.
 */
export function presentPolicy(scan: PaymentPolicy, presentSeconds: number, firstQueryAfterSeconds: number, validSecondsMost: number | null): PaymentPolicy {
  const deadlineSeconds = Math.min(presentSeconds, validSecondsMost ?? presentSeconds);
  return { ...scan, firstQueryAfterSeconds, deadlineSeconds, questionSeconds: deadlineSeconds, answerTimeoutSeconds: Math.min(scan.answerTimeoutSeconds, deadlineSeconds) };
}

function mergeDefined(settings: readonly (PaymentPolicySettings | undefined)[]): PaymentPolicySettings {
  const merged: Record<string, number> = {};
  for (const one of settings) for (const [key, value] of Object.entries(one ?? {})) if (typeof value === 'number') merged[key] = value;
  return merged;
}
