/** What an order of a pay or a precreate may say beside what the till needs, for integrators: goods, parameters, a text that comes back. */
import type { Amount } from '../../money/amount.ts';

/** JSON as it is sent: amounts in it are whole fen. */
export type JsonSent = string | number | boolean | null | readonly JsonSent[] | { readonly [key: string]: JsonSent };

/** One of the goods (FIELD: `goods_details` is JSON). */
export interface Goods {
  readonly goodsId: string;
  readonly goodsName: string;
  readonly quantity: number;
  /** Of one piece. */
  readonly price: Amount;
  /** 0: no discount; 1: the wallet's offers may hold for it. */
  readonly promotionType?: 0 | 1;
}

/** What is left out isn't sent. Texts have the lengths of 3.2.2 and 3.6.2. */
export interface OrderExtras {
  /** At most 256 characters. */
  readonly description?: string;
  /** Where the till stands; both or neither (3.2.2). */
  readonly position?: { readonly longitude: string; readonly latitude: string };
  readonly goodsDetails?: readonly Goods[];
  /** Parameters agreed on with the wallet; at most 256 characters as JSON. */
  readonly extended?: { readonly [key: string]: JsonSent };
  /** Comes back in every answer as it is; at most 64 characters (ERRATA 2.2: `reflect`, not `reflact`). */
  readonly reflect?: string;
  /** How it is paid (appendix 7) where the wallet has several ways; the gateway chooses where nothing is said. */
  readonly subPayway?: string;
}

/** The fields as they are sent. Throws on what the document's table refuses: an order isn't cut where it says what was bought. */
export function extraFields(extras: OrderExtras): { readonly [key: string]: JsonSent } {
  const { description, position, goodsDetails, extended, reflect, subPayway } = extras;
  within('description', description, 256);
  within('extended', extended === undefined ? undefined : JSON.stringify(extended), 256);
  within('reflect', reflect, 64);
  if (subPayway !== undefined && !/^[0-9]{1,2}$/.test(subPayway)) throw new Error('subPayway is one or two digits');
  return {
    ...(description === undefined ? {} : { description }),
    ...(position === undefined ? {} : { longitude: position.longitude, latitude: position.latitude }),
    ...(goodsDetails === undefined ? {} : { goods_details: goodsDetails.map(goodsFields) }),
    ...(extended === undefined ? {} : { extended }),
    ...(reflect === undefined ? {} : { reflect }),
    ...(subPayway === undefined ? {} : { sub_payway: subPayway }),
  };
}

function goodsFields({ goodsId, goodsName, quantity, price, promotionType }: Goods): { readonly [key: string]: JsonSent } {
  if (price.currency !== 'CNY') throw new Error(`Shouqianba counts in fen, not in ${price.currency}`);
  if (!Number.isSafeInteger(quantity) || quantity < 1) throw new Error('a quantity is a whole number');
  return { goods_id: goodsId, goods_name: goodsName, quantity, price: price.minor, ...(promotionType === undefined ? {} : { promotion_type: promotionType }) };
}

function within(field: string, text: string | undefined, most: number): void {
  if (text !== undefined && [...text].length > most) throw new Error(`${field} has at most ${most} characters`);
}
