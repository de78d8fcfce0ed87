/** Waits for one thing to be over (a payment, a refund), or for the moment from which nothing more will be heard of it soon. */
export class Watch<Subject> {
  /** As it was told last; null while nothing was. */
  newest: Subject | null = null;
  private readonly isOver: (subject: Subject, until: number) => boolean;
  private meant: (subject: Subject) => boolean = () => false;
  private until = Number.POSITIVE_INFINITY;
  private timer: NodeJS.Timeout | null = null;
  private finish: (() => void) | null = null;

  /** `until` is the instant at which the waiting ends anyway, by the clock of `Date.now()`. */
  constructor(isOver: (subject: Subject, until: number) => boolean) {
    this.isOver = isOver;
  }

  /** Says what is waited for; nothing is before. */
  expect(meant: (subject: Subject) => boolean): void {
    this.meant = meant;
  }

  /** True where this is what is waited for. */
  isMeant(subject: Subject): boolean {
    return this.meant(subject);
  }

  see(subject: Subject): void {
    if (!this.meant(subject)) return;
    this.newest = subject;
    if (this.isOver(subject, this.until)) this.finish?.();
  }

  /** Resolves after `milliseconds` at the latest. */
  over(milliseconds: number): Promise<'over'> {
    this.until = Date.now() + milliseconds;
    if (this.newest !== null && this.isOver(this.newest, this.until)) return Promise.resolve('over');
    return new Promise((resolve) => {
      this.finish = () => resolve('over');
      this.timer = setTimeout(this.finish, milliseconds);
    });
  }

  giveUp(): void {
    this.finish?.();
  }

  cancel(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }
}
