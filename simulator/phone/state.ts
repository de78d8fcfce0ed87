/** What the simulator tells the phone's page. */

export interface PhoneOrder {
  readonly id: string;
  readonly shop: string;
  readonly amount: number;
  readonly currency: string;
  readonly state: 'waiting' | 'paid' | 'refused' | 'error' | 'cancelled' | 'partlyRefunded' | 'refunded';
}

export interface PhoneState {
  readonly wallet: 'wechat' | 'alipay' | 'unionpay';
  readonly code: string;
  readonly renewsInMilliseconds: number;
  readonly balance: number;
  readonly manner: string;
  readonly troubles: readonly string[];
  /** The newest order that waits for the payer. */
  readonly charge: PhoneOrder | null;
  /** How the newest order ended, while none waits. */
  readonly last: PhoneOrder | null;
  /** What the shop shows now and this phone hasn't opened, newest first. */
  readonly shown: readonly PhoneOrder[];
}

/** The state as it goes over the wire, with what the page needs to show the two drawings sharply. */
export interface ShownState extends PhoneState {
  readonly barcodeModules: number;
  readonly qrModules: number;
}
