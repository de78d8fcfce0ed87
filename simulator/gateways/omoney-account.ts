/** The simulated merchant at OMoney: credentials that nobody can take for real ones, and the settings block that goes with them. */
import type { OmoneyAccount } from './omoney-token.ts';

export const omoneyAccount: OmoneyAccount = { clientId: 'simulated-client', clientSecret: '0000000000000000051771a70c11e0' };

/** DESIGN.md section 7, ready to paste. */
export interface OmoneyBlock {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly paymentMethod: string;
  readonly currency: string;
  readonly returnUrl: string;
  readonly notifyUrl: string;
  readonly website: string;
  readonly customer: {
    readonly clientIp: string; readonly firstName: string; readonly lastName: string; readonly country: string; readonly state: string;
    readonly city: string; readonly zip: string; readonly email: string; readonly address1: string; readonly phone: string;
  };
}

export function omoneyBlock(url: string): OmoneyBlock {
  return {
    baseUrl: url, ...omoneyAccount, paymentMethod: 'ALIPAY', currency: 'CNY',
    returnUrl: 'https://shop.example/return', notifyUrl: `${url}/simulator/notify`, website: 'https://shop.example',
    customer: {
      clientIp: '192.0.2.1', firstName: 'San', lastName: 'Zhang', country: 'CN', state: 'BEIJING', city: 'BEIJING', zip: '100000',
      email: 'customer@shop.example', address1: '模拟路 1 号', phone: '86-13800000000',
    },
  };
}
