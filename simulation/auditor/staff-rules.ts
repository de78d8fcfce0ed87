/** The rules about people: every act names who did it, an approval is a row of its own by somebody whose PIN was really given, and no PIN is told by its comparison. */
import type { Approval, TillCallName } from '../../core/contract/types.ts';
import type { JournalRow } from '../../core/journal/storage.ts';
import type { Findings } from '../findings.ts';
import { pinDigest, type DigestReads } from '../pins.ts';
import { isHeld, sumOf, type SeenRefund } from './seen.ts';

type Role = 'cashier' | 'supervisor' | 'owner';

interface SeenPerson {
  readonly operatorId: string;
  role: Role;
  pin: string | null;
  badge: boolean;
}

/** A PIN or badge that was given with a call. */
interface Given {
  readonly call: TillCallName;
  readonly operatorId: string;
  readonly how: 'pin' | 'badge';
}

interface ApprovedRow {
  readonly act: string;
  readonly by: { readonly operatorId: string };
  readonly role: Role;
  readonly how: 'pin' | 'badge' | 'signedIn';
  readonly refundRef: string | null;
}

const ranks: Readonly<Record<Role, number>> = { cashier: 1, supervisor: 2, owner: 3 };
/** The least role by the design, and the call that an approval comes with. */
const acts: Readonly<Record<string, { readonly role: Role; readonly call: TillCallName; readonly always: boolean }>> = {
  refundUpToLimit: { role: 'cashier', call: 'refund', always: false },
  refundAboveLimit: { role: 'supervisor', call: 'refund', always: true },
  refundForeign: { role: 'supervisor', call: 'refundForeign', always: true },
  recordOutsideRefund: { role: 'supervisor', call: 'recordOutsideRefund', always: true },
  settle: { role: 'owner', call: 'settle', always: true },
  enterGatewayRef: { role: 'supervisor', call: 'enterOrderNumber', always: false },
  payIn: { role: 'cashier', call: 'moveCash', always: false },
  payOut: { role: 'supervisor', call: 'moveCash', always: false },
  openDrawer: { role: 'cashier', call: 'moveCash', always: false },
};

/** Paper that nothing prints by itself: somebody asked for it. */
const askedPaper: ReadonlySet<string> = new Set(['copy', 'refundCopy', 'evidence', 'code', 'x', 'zCopy', 'day']);

export class StaffRules {
  readonly #findings: Findings;
  readonly #terminalId: string;
  readonly #limitMinor: number;
  readonly #people = new Map<string, SeenPerson>();
  /** Each with how many people had a PIN when it was given. */
  readonly #digests: { readonly reads: DigestReads; readonly people: number }[] = [];
  #given: Given[] = [];
  #signedIn: string | null = null;
  #isLocked = false;
  /** A row that must be followed by its approval. */
  #wants: { readonly about: string; readonly act: string; readonly refundRef: string | null } | null = null;

  constructor(findings: Findings, terminalId: string, limitMinor: number) {
    this.#findings = findings;
    this.#terminalId = terminalId;
    this.#limitMinor = limitMinor;
  }

  get isOn(): boolean {
    return [...this.#people.values()].some((person) => person.role === 'owner' && (person.pin !== null || person.badge));
  }

  forget(): void {
    this.#people.clear();
    this.#given = [];
    this.#wants = null;
  }

  processStarted(): void {
    this.#signedIn = null;
    this.#isLocked = false;
    this.#given = [];
  }

  // ---- what people gave

  asking(call: TillCallName, request: unknown, badgeOf: (scanId: string) => string | null): void {
    if (typeof request !== 'object' || request === null || !('approval' in request) || request.approval === undefined) return;
    const approval = request.approval as Approval;
    const operatorId = approval.kind === 'pin' ? this.#personOfPin(approval.pin) : badgeOf(approval.scanId);
    if (operatorId !== null) this.#given.push({ call, operatorId, how: approval.kind });
  }

  #personOfPin(pin: string): string | null {
    const digest = pinDigest(pin);
    return [...this.#people.values()].find((person) => person.pin === digest)?.operatorId ?? null;
  }

  // ---- digests

  /** A digest was handed to the till: whoever it compares it with, it reads all of it, and everybody's. */
  digestGiven(reads: DigestReads): void {
    const people = [...this.#people.values()].filter((person) => person.pin !== null).length;
    this.#digests.push({ reads, people });
    // The newest ones may not have been looked at yet.
    if (this.#digests.length > 50) this.#checkDigests(this.#digests.splice(0, 48));
  }

  checkDigests(): void {
    this.#checkDigests(this.#digests.splice(0));
  }

  #checkDigests(digests: readonly { readonly reads: DigestReads; readonly people: number }[]): void {
    for (const { reads, people } of digests) {
      const [first] = reads;
      if (reads.some((count) => count !== first)) this.#findings.broken('PIN comparison', 'a PIN', `its bytes were read ${[...new Set(reads)].join(' and ')} times: the time that it takes tells how much was right`);
      else if (first !== 0 && first !== people) this.#findings.broken('PIN comparison', 'a PIN', `it was compared with ${String(first)} of ${people} people's`);
    }
  }

  // ---- rows

  stored(row: JournalRow): void {
    const payload = JSON.parse(row.payload) as { readonly operatorId?: string; readonly role?: Role; readonly left?: boolean; readonly digest?: string | null; readonly by?: { readonly operatorId: string } | null; readonly how?: string; readonly kind?: string };
    const person = payload.operatorId === undefined ? undefined : this.#people.get(payload.operatorId);
    switch (row.type) {
      case 'personAdded':
        this.#people.set(payload.operatorId ?? '', { operatorId: payload.operatorId ?? '', role: payload.role ?? 'cashier', pin: null, badge: false });
        break;
      case 'personChanged':
        if (person !== undefined) person.role = payload.role ?? person.role;
        if (person !== undefined && payload.left === true) Object.assign(person, { pin: null, badge: false });
        break;
      case 'pinSet':
        if (person !== undefined) person.pin = payload.digest ?? null;
        break;
      case 'badgeSet':
        if (person !== undefined) person.badge = payload.digest !== null;
        break;
      case 'signedIn':
        this.#signedInBy(payload.operatorId ?? '', payload.how);
        break;
      case 'tillLocked':
        this.#isLocked = true;
        break;
      case 'cashMoved':
      case 'shiftOpened':
      case 'shiftClosed':
      case 'drawerCounted':
      case 'reconciled':
      case 'differenceNoted':
        this.actedBy(row, payload.by?.operatorId);
        break;
      case 'printQueued':
        // What prints by itself is part of the row before it, which names who did it.
        if (payload.by !== undefined || askedPaper.has(payload.kind ?? '')) this.actedBy(row, payload.by?.operatorId);
        break;
    }
  }

  #signedInBy(operatorId: string, how: string | undefined): void {
    const setNow = this.#given.some((given) => given.operatorId === operatorId && given.how === how && given.call === 'signIn');
    if (!setNow && [...this.#people.values()].filter((person) => person.pin !== null || person.badge).length > 1) this.#findings.broken('approvals', operatorId, 'signed in without a PIN or badge of theirs');
    this.#signedIn = operatorId;
    this.#isLocked = false;
  }

  /** Every act carries who did it: who is signed in, else the till itself, or whoever gave a PIN for it. */
  actedBy(row: JournalRow, operatorId: string | undefined): void {
    const expected = this.isOn && this.#signedIn !== null ? this.#signedIn : this.#terminalId;
    if (operatorId === expected || this.#given.some((given) => given.operatorId === operatorId && given.call !== 'signIn')) return;
    this.#findings.broken('who did it', `row ${row.sequence}`, `${row.type} is by ${String(operatorId)}, and at the till is ${expected}`);
  }

  // ---- approvals

  /** A refund became durable: above the limit its approval is the very next row (CASES, "approvals are an act of their own"). */
  refundCreated(refund: SeenRefund): void {
    if (!this.isOn || refund.isAutomatic) return;
    const all = sumOf(refund.attempt.refunds, isHeld);
    const act = refund.way === 'outside' ? 'recordOutsideRefund' : refund.attempt.isForeign ? 'refundForeign' : all > this.#limitMinor ? 'refundAboveLimit' : null;
    if (act !== null) this.#wants = { about: refund.reference, act, refundRef: refund.reference };
  }

  settled(reference: string, refundRef: string | null): void {
    if (this.isOn) this.#wants = { about: reference, act: 'settle', refundRef };
  }

  /** Every row passes here, so that a missing approval shows with the row after it. */
  next(row: JournalRow): void {
    const wanted = this.#wants;
    this.#wants = null;
    if (row.type !== 'approved') {
      if (wanted !== null) this.#findings.broken('approvals', wanted.about, `${wanted.act} without a row of its approval`);
      return;
    }
    const approved = JSON.parse(row.payload) as ApprovedRow;
    const { act, by, role, how } = approved;
    this.#findings.note(() => `journal ${row.sequence} approved: ${act} by ${by.operatorId}, ${role}, ${how}`);
    if (wanted !== null && (wanted.act !== act || wanted.refundRef !== approved.refundRef)) this.#findings.broken('approvals', wanted.about, `it needs ${wanted.act}, and was approved as ${act}`);
    this.#approved(row, approved);
  }

  /** Nothing more will be written: an approval that is still missing is missing. */
  end(): void {
    if (this.#wants !== null) this.#findings.broken('approvals', this.#wants.about, `${this.#wants.act} without a row of its approval`);
  }

  #approved(row: JournalRow, { act, by, role, how }: ApprovedRow): void {
    const rule = acts[act];
    const person = this.#people.get(by.operatorId);
    if (rule === undefined || person === undefined || person.role !== role) {
      this.#findings.broken('approvals', `row ${row.sequence}`, `${act} by ${by.operatorId} as ${role}, who is ${person?.role ?? 'nobody'}`);
      return;
    }
    if (ranks[role] < ranks[rule.role]) this.#findings.broken('approvals', `row ${row.sequence}`, `${act} by a ${role}`);
    if (how === 'signedIn') {
      if (this.#signedIn !== by.operatorId || this.#isLocked || rule.always) this.#findings.broken('approvals', `row ${row.sequence}`, `${act} by being signed in`);
      return;
    }
    const index = this.#given.findIndex((given) => given.call === rule.call && given.operatorId === by.operatorId && given.how === how);
    if (index < 0) this.#findings.broken('approvals', `row ${row.sequence}`, `${act} by ${by.operatorId}, who gave no ${how}`);
  }
}
