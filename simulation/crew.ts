/** The shop's people: who works there, their PINs and badges, and how they sign in, mistype and approve. */
import type { Approval, Role } from '../core/contract/types.ts';
import type { Counter } from './counter.ts';
import type { Profile } from './profile.ts';
import { pinDigits } from './shop.ts';

interface Colleague {
  readonly name: string;
  readonly role: Role;
  operatorId: string | null;
  pin: string | null;
  badge: string | null;
}

export class Crew {
  readonly #counter: Counter;
  readonly #habits: Profile['people'];
  readonly #colleagues: readonly Colleague[];
  /** Every PIN that was ever typed and every badge that was ever scanned. */
  readonly #personal = new Set<string>();
  readonly #scans = new Map<string, string>();

  /** `names` empty: nobody was ever added, and whoever stands there does everything. */
  constructor(counter: Counter, habits: Profile['people'], isOn: boolean) {
    this.#counter = counter;
    this.#habits = habits;
    const roles: readonly Role[] = isOn ? ['owner', 'supervisor', 'cashier', 'cashier'] : [];
    this.#colleagues = roles.map((role, index) => ({ name: `${role} ${index + 1}`, role, operatorId: null, pin: null, badge: null }));
  }

  get isOn(): boolean {
    return this.#colleagues.length > 0;
  }

  isPersonal(text: string): boolean {
    return this.#personal.has(text);
  }

  badgeOf(scanId: string): string | null {
    return this.#scans.get(scanId) ?? null;
  }

  /** The owner first, who then adds the others; some get a badge too. */
  async hire(): Promise<void> {
    for (const colleague of this.#colleagues) {
      const commandId = this.#counter.newCommand();
      const reply = await this.#counter.insist('addPerson', () => Promise.resolve({ commandId, name: colleague.name, role: colleague.role }), () => this.#asOwner());
      if (reply?.kind !== 'done') throw new Error(`${colleague.name} could not be added: ${JSON.stringify(reply)}`);
      colleague.operatorId = reply.people.find((person) => person.name === colleague.name)?.operatorId ?? null;
      await this.#givePin(colleague);
      if (this.#counter.random.chance(0.4)) await this.#giveBadge(colleague);
    }
  }

  async #givePin(colleague: Colleague): Promise<void> {
    const { random } = this.#counter;
    for (let tries = 0; tries < 10 && colleague.pin === null; tries += 1) {
      const taken = random.chance(0.2) ? this.#colleagues.find((other) => other.pin !== null)?.pin : null;
      const pin = taken ?? `${random.between(1, 9)}${random.digits(pinDigits - 1)}`;
      this.#personal.add(pin);
      const commandId = this.#counter.newCommand();
      const operatorId = colleague.operatorId ?? '';
      const reply = await this.#counter.insist('setPin', () => Promise.resolve({ commandId, operatorId, pin }), () => this.#asOwner());
      if (reply?.kind === 'done') colleague.pin = pin;
    }
  }

  async #giveBadge(colleague: Colleague): Promise<void> {
    const badge = `BADGE-${this.#counter.random.digits(12)}`;
    this.#personal.add(badge);
    const commandId = this.#counter.newCommand();
    const request = async (): Promise<{ commandId: string; operatorId: string; scanId: string }> => {
      const seen = await this.#counter.screen.call('submitScan', { text: badge, source: 'keyboard' });
      return { commandId, operatorId: colleague.operatorId ?? '', scanId: seen !== null && 'scanId' in seen ? (seen.scanId ?? '') : '' };
    };
    const reply = await this.#counter.insist('setBadge', request, () => this.#asOwner());
    if (reply?.kind === 'done') colleague.badge = badge;
  }

  // ---- who stands there

  async #asOwner(): Promise<void> {
    const owner = this.#colleagues[0];
    const status = await this.#counter.screen.frame();
    const there = status?.staff;
    if (owner === undefined || there === undefined || there.state === 'none' || (there.state === 'signedIn' && there.person?.operatorId === owner.operatorId)) return;
    await this.#signIn(owner);
  }

  /** Somebody is signed in; now and then another, after a lock or a quick switch. */
  async ready(): Promise<void> {
    if (!this.isOn) return;
    const { screen, random } = this.#counter;
    const status = await screen.frame();
    if (status === null) return;
    const state = status.staff.state;
    // An older journal doesn't know them any more.
    if (state === 'none') return;
    if (state === 'signedIn' && random.chance(0.02)) await screen.call('lock', {});
    else if (state === 'signedIn' && !random.chance(0.03)) return;
    await this.#signIn(random.pick(this.#colleagues as [Colleague, ...Colleague[]]));
  }

  async #signIn(colleague: Colleague): Promise<void> {
    const { screen, random, time } = this.#counter;
    for (let tries = 0; tries < 12; tries += 1) {
      const wrong = random.chance(this.#habits.mistakes / 2);
      const approval = wrong ? this.#wrongPin() : await this.#approvalOf(colleague);
      const reply = approval === null ? null : await screen.call('signIn', { approval });
      if (reply?.kind === 'signedIn' || reply === null) return;
      if (reply.kind === 'pinWait') await time.sleep(61_000);
      else if (reply.kind === 'refused' && screen.status?.phase === 'stopped') await screen.call('retryJournal', {});
      await time.sleep(random.between(500, 3000));
    }
  }

  // ---- approvals

  /** What somebody types or scans to allow something; now and then the wrong person, or the wrong digits. */
  async approval(role: Role): Promise<Approval | undefined> {
    if (!this.isOn) return undefined;
    const { random } = this.#counter;
    if (random.chance(0.1)) return undefined;
    if (random.chance(this.#habits.mistakes / 3)) return this.#wrongPin();
    const able = this.#colleagues.filter((colleague) => colleague.pin !== null && (random.chance(0.1) || rank(colleague.role) >= rank(role)));
    return able.length === 0 ? undefined : ((await this.#approvalOf(random.pick(able as [Colleague, ...Colleague[]]))) ?? undefined);
  }

  /** A cashier's own PIN. */
  ownPin(): Approval | undefined {
    const pin = this.#colleagues.find((colleague) => colleague.role === 'cashier')?.pin;
    return pin === null || pin === undefined ? undefined : { kind: 'pin', pin };
  }

  #wrongPin(): Approval {
    const pin = `0${this.#counter.random.digits(pinDigits - 1)}`;
    this.#personal.add(pin);
    return { kind: 'pin', pin };
  }

  async #approvalOf({ pin, badge, operatorId }: Colleague): Promise<Approval | null> {
    if (badge !== null && this.#counter.random.chance(0.5)) {
      const seen = await this.#counter.screen.call('submitScan', { text: badge, source: 'keyboard' });
      if (seen?.kind !== 'badge') return null;
      this.#scans.set(seen.scanId, operatorId ?? '');
      return { kind: 'badge', scanId: seen.scanId };
    }
    return pin === null ? null : { kind: 'pin', pin };
  }
}

function rank(role: Role): number {
  return { cashier: 1, supervisor: 2, owner: 3 }[role];
}
