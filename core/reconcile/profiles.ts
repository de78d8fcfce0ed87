/** The headings of statements: each gateway's own as its folder gives them, and those that all have in common. */
import type { StatementField } from '../contract/types.ts';
import type { Gateway } from '../gateways/gateway.ts';
import type { StatementProfile } from '../gateways/statement-profile.ts';

/** One gateway's profile, with whose it is. */
export interface KnownProfile extends StatementProfile {
  readonly gateway: string;
}

/** Of the gateways that say what their statements look like; any other's is read by the common headings. */
export function profilesOf(gateways: readonly Pick<Gateway, 'id' | 'statement'>[]): readonly KnownProfile[] {
  return gateways.flatMap(({ id, statement }) => (statement === undefined ? [] : [{ gateway: id, ...statement }]));
}

export function profileOf(profiles: readonly KnownProfile[], gateway: string | null): KnownProfile | null {
  return profiles.find((profile) => profile.gateway === gateway) ?? null;
}

/** Headings as `normalHeading` makes them. Earlier ones are better: of two columns that fit, the better heading has the field. */
export const commonColumns: Readonly<Record<StatementField, readonly string[]>> = {
  attemptRef: ['商户订单号', '商户单号', '商户系统订单号', '商家订单号', '外部订单号', '外部单号', 'outorderno', 'outtradeno', 'clientsn', 'merorderid', 'merchantorderno', 'merchantorderid', 'merchantreference', 'merchantref', 'attemptref', '订单号'],
  gatewayRef: ['收钱吧订单号', '平台订单号', '平台单号', '系统订单号', '流水号', '交易流水号', '交易单号', '网关单号', 'platformorderno', 'gatewayorderno', 'gatewayref', 'paymentid', 'transactionno', 'orderno', 'orderid', 'sn'],
  walletRef: ['第三方订单号', '支付通道订单号', '通道订单号', '渠道订单号', '微信订单号', '支付宝订单号', '微信支付订单号', '支付宝交易号', '钱包单号', 'tradeno', 'transactionid', 'channelorderno', 'walletorderno', 'walletref', 'targetorderid'],
  refundRef: ['商户退款单号', '商户退款号', '退款单号', '退款流水号', '退款请求号', '退款号', 'outrefundno', 'refundrequestno', 'merchantrefundno', 'refundorderid', 'refundref', 'refundno', 'refundid'],
  amount: ['订单金额', '交易金额', '金额', '支付金额', '收款金额', '消费金额', '实收金额', '总金额', 'amount', 'orderamount', 'transactionamount', 'paymentamount', 'totalamount', 'total', 'grossamount'],
  refundAmount: ['退款金额', '退款总金额', 'refundamount', 'refundedamount', 'amountrefunded'],
  kind: ['交易类型', '类型', '业务类型', '订单类型', '收支类型', 'transactiontype', 'type', 'tradetype', 'kind'],
  time: ['交易时间', '支付时间', '付款时间', '完成时间', '交易日期', '创建时间', '订单时间', '时间', '日期', 'transactiontime', 'paymenttime', 'paytime', 'paidat', 'transactiondate', 'created', 'createdat', 'createtime', 'datetime', 'time', 'date'],
  state: ['交易状态', '订单状态', '支付状态', '状态', '交易结果', 'transactionstatus', 'orderstatus', 'paymentstatus', 'status', 'state', 'result'],
  currency: ['币种', '货币', '交易币种', 'currency', 'currencycode', 'ccy'],
  terminal: ['终端号', '终端编号', '终端sn', '设备号', '收银机编号', 'terminalsn', 'terminalid', 'terminalno', 'terminal', 'posno', 'posnumber', 'deviceno'],
  fee: ['手续费', '服务费', '手续费金额', 'fee', 'fees', 'commission', 'servicecharge', 'transactionfee', 'mdr'],
};

/** The heading without what varies: case, blanks, joining marks, a unit or a zone in brackets. */
export function normalHeading(heading: string): string {
  return heading.normalize('NFKC').toLowerCase().replace(/\([^)]*\)|\[[^\]]*\]/gu, '').replace(/[\s_\-./:*#"'`=]/gu, '');
}
