/** What goes between the till's process and the worker that does its long work. Plain data. */
import type { TargetPlace } from '../adapters/export/target.ts';
import type { Message } from '../core/contract/messages.ts';
import type { ExportFormat, ReconcileResult, StatementLook } from '../core/contract/types.ts';
import type { ReconcileRequest } from './reconcile-work.ts';
import type { LookRequest } from './statement-look.ts';
import type { MatchNews } from './tell-match.ts';
import type { WorkShop } from './work-shop.ts';

export type WorkTask =
  | { readonly kind: 'export'; readonly fromDay: string; readonly toDay: string; readonly format: ExportFormat; readonly place: TargetPlace }
  | { readonly kind: 'exportDifferences'; readonly result: ReconcileResult; readonly differencesPath: string; readonly format: ExportFormat; readonly place: TargetPlace }
  | { readonly kind: 'look'; readonly request: LookRequest }
  | { readonly kind: 'reconcile'; readonly request: ReconcileRequest; readonly differencesPath: string };

export interface WorkerData {
  /** Of the journal. */
  readonly folder: string;
  readonly shop: WorkShop;
  readonly task: WorkTask;
}

/** How a piece of work ended. `cancelled` and `failed` have left nothing behind. */
export type WorkEnd =
  | { readonly kind: 'exported'; readonly path: string; readonly rows: number }
  | { readonly kind: 'looked'; readonly look: StatementLook }
  | { readonly kind: 'reconciled'; readonly result: ReconcileResult; readonly news: MatchNews }
  | { readonly kind: 'refused'; readonly message: Message }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'tooManyRows'; readonly most: number }
  | { readonly kind: 'failed'; readonly detail: string };

export type FromWorker =
  | { readonly type: 'temporary'; readonly path: string }
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'ended'; readonly end: WorkEnd };

export type ToWorker = 'cancel';
