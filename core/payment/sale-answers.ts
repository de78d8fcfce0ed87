/** One answer to a sale's command, however often a screen says it after a lost link: a question that was asked stays one (CASES 8, 11). */
import type { PayReply, PayRequest, PresentReply, PresentRequest } from '../contract/types.ts';

/** A screen repeats what it has just said: its link is back, or given up, long before so many others were asked about. */
const questionsMost = 48;

export class SaleAnswers<Reply extends PayReply | PresentReply> {
  private readonly underWay = new Map<string, Promise<Reply>>();
  /** Commands that ended in a question, newest last. What charged is known by the journal. */
  private readonly questions = new Map<string, Reply>();

  /**
   * What `work` makes of this command, or made of it when it came first. While that waits, whoever says it again waits with it: what
   * was known when the question began is known to the first one only.
   */
  answer(request: PayRequest | PresentRequest, work: () => Reply | Promise<Reply>): Reply | Promise<Reply> {
    const said = saidIn(request);
    const first = this.underWay.get(said) ?? this.questions.get(said);
    if (first !== undefined) return first;
    const reply = work();
    if (!(reply instanceof Promise)) return this.kept(said, reply);
    const answered = reply.then((ended) => this.kept(said, ended)).finally(() => this.underWay.delete(said));
    this.underWay.set(said, answered);
    return answered;
  }

  private kept(said: string, reply: Reply): Reply {
    if (!isQuestion(reply)) return reply;
    this.questions.set(said, reply);
    for (const oldest of this.questions.keys()) {
      if (this.questions.size <= questionsMost) break;
      this.questions.delete(oldest);
    }
    return reply;
  }
}

/** Asked once, only a person's answer goes on, and that is a command of its own. */
function isQuestion({ kind }: PayReply | PresentReply): boolean {
  return kind === 'askSameCustomer' || kind === 'askCodePaid' || kind === 'askSameCodeFailed';
}

/** The command with all that its sale is about: under the same number, another amount or code is no repeat. */
function saidIn(request: PayRequest | PresentRequest): string {
  const { commandId, amount, paymentId = null, saleRef = null, gateway = null, assurances = [] } = request;
  const way = 'scanId' in request ? ['scan', request.scanId] : ['show', request.wallet ?? null];
  return JSON.stringify([commandId, amount.minor, amount.currency, paymentId, saleRef, gateway, assurances, way]);
}
