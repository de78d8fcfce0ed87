/** When a refund without an outcome is asked about again. */

/** A lost answer is asked for at once, then after these pauses; then a person must look. */
export const refundAskPausesSeconds = [2, 4, 8, 16, 32] as const;

/** An accepted refund that has not arrived: some wallets take days, and each look costs the gateway one request. */
export const pendingPausesSeconds = [2, 3, 5, 10, 30, 60, 600, 3600] as const;

/** After a week of looks, by the hour, a person must look. */
export const pendingLooksMost = pendingPausesSeconds.length + 7 * 24;

/** What a person recorded is compared with the gateway's word once a day, for a week (CASES 17). */
export const settledLooksMost = 7;
