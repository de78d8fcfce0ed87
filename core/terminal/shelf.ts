/** The terminals' keys as they are kept, gateway by gateway: read once, and durable before anything uses a change. */
import type { Log, Random, Secrets } from '../ports.ts';
import type { TerminalKeys } from './keys.ts';
import { readTerminalFile, writeTerminalFile, type TerminalFile } from './store.ts';

export interface KeyShelfPorts {
  readonly secrets: Secrets;
  readonly random: Random;
  readonly log: Log;
  /** Told of every key before it is used, so that no log ever shows it. */
  keepSecret?(value: string): void;
}

export class KeyShelf {
  private readonly ports: KeyShelfPorts;
  /** Null where nothing is kept of a gateway's terminals. */
  private readonly files = new Map<string, TerminalFile | null>();
  /** Gateways whose file can't be read: nothing is written over what may be in it. */
  private readonly unreadable = new Set<string>();

  constructor(ports: KeyShelfPorts) {
    this.ports = ports;
  }

  kept(gatewayId: string, origin: string, number: string): TerminalKeys | undefined {
    return this.file(gatewayId)?.terminals.find((one) => one.origin === origin && one.number === number);
  }

  /** Whether this till keeps the terminal's keys, since it activated it or checked it in. */
  isKept({ origin, number }: TerminalKeys): boolean {
    return [...this.files.values()].some((file) => file?.terminals.some((one) => one.origin === origin && one.number === number) === true);
  }

  /** The terminal that an activation gave here last. */
  activated(gatewayId: string, origin: string): TerminalKeys | null {
    const activated = this.file(gatewayId)?.activated;
    return activated?.origin === origin ? (this.kept(gatewayId, origin, activated.number) ?? null) : null;
  }

  /** By which the gateway knows this till; a new one where none is kept yet. */
  deviceId(gatewayId: string): string {
    return this.fileToKeep(gatewayId).deviceId;
  }

  /** False where it can't be kept. */
  keepDevice(gatewayId: string): boolean {
    return this.save(gatewayId, this.fileToKeep(gatewayId));
  }

  /** Durable before it is used by anything. False where it can't be kept. */
  put(gatewayId: string, keys: TerminalKeys, activated?: TerminalFile['activated']): boolean {
    return this.save(gatewayId, this.fileWith(gatewayId, keys, activated));
  }

  /** For this process alone. */
  remember(gatewayId: string, keys: TerminalKeys): void {
    this.files.set(gatewayId, this.fileWith(gatewayId, keys));
  }

  private file(gatewayId: string): TerminalFile | null {
    const known = this.files.get(gatewayId);
    if (known !== undefined) return known;
    const read = this.read(gatewayId);
    this.files.set(gatewayId, read);
    return read;
  }

  private fileToKeep(gatewayId: string): TerminalFile {
    return this.file(gatewayId) ?? { version: 1, deviceId: this.newDeviceId(), terminals: [], activated: null };
  }

  private fileWith(gatewayId: string, keys: TerminalKeys, activated?: TerminalFile['activated']): TerminalFile {
    const file = this.fileToKeep(gatewayId);
    const others = file.terminals.filter((one) => one.origin !== keys.origin || one.number !== keys.number);
    return { ...file, terminals: [...others, keys], activated: activated ?? file.activated };
  }

  private read(gatewayId: string): TerminalFile | null {
    try {
      const file = readTerminalFile(this.ports.secrets, gatewayId);
      this.hide(file);
      return file;
    } catch (error) {
      this.unreadable.add(gatewayId);
      this.ports.log.error('terminal keys can not be read', { gateway: gatewayId, error: String(error) });
      return null;
    }
  }

  private save(gatewayId: string, file: TerminalFile): boolean {
    if (this.unreadable.has(gatewayId)) return false;
    this.hide(file);
    try {
      writeTerminalFile(this.ports.secrets, gatewayId, file);
      this.files.set(gatewayId, file);
      return true;
    } catch (error) {
      this.ports.log.error('terminal keys can not be kept', { gateway: gatewayId, error: String(error) });
      return false;
    }
  }

  private hide(file: TerminalFile | null): void {
    for (const { newest, older } of file?.terminals ?? []) for (const key of [newest, older]) if (key !== null) this.ports.keepSecret?.(key);
  }

  private newDeviceId(): string {
    return `scantill-${[...this.ports.random.bytes(12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }
}
