/** The fields of Shouqianba's requests as its document's tables have them, with what the newer pages add. */
import type { FieldTable } from './fields.ts';

export const digits = /^\d+$/;
export const positiveAmount = /^[1-9]\d{0,9}$/;
const terminal = { required: true, most: 32, bytes: true };
const clientSn = { most: 32, bytes: true };
/** 16 characters for their own number; the wallet's trade_no, which may stand there too by the newer pages, is longer. */
const gatewaySn = { most: 64, pattern: digits };
const undo: FieldTable = { terminal_sn: terminal, sn: gatewaySn, client_sn: clientSn };

/** What pay and precreate have in common (sections 2.2 and 6.2); `goods_details` and `extended` are JSON in the newer pages. */
const sale: FieldTable = {
  terminal_sn: terminal,
  client_sn: { ...clientSn, required: true },
  total_amount: { required: true, most: 10, pattern: positiveAmount },
  subject: { required: true, most: 64 },
  operator: { required: true, most: 32 },
  description: { most: 256 },
  longitude: { pattern: /^-?\d+(\.\d+)?$/ },
  latitude: { pattern: /^-?\d+(\.\d+)?$/ },
  device_id: { most: 32 },
  extended: { most: 256, json: true },
  goods_details: { json: true },
  reflact: { most: 64 },
  reflect: { most: 64 },
};

/** Where a device stands, for the back office. */
const device: FieldTable = { device_id: { required: true, most: 128 }, os_info: { most: 45 }, sdk_version: { most: 45 }, longitude: {}, latitude: {} };

export type ShouqianbaCall = 'pay' | 'present' | 'query' | 'cancel' | 'refund' | 'activate' | 'checkin';

/** Sections 2.2, 3.2, 4.2, 5.2, 6.2, and the newer pages for a terminal's own calls; client_sn is 32 bytes there where the document says 64. */
export const tables: Readonly<Record<ShouqianbaCall, FieldTable>> = {
  pay: { ...sale, payway: { pattern: digits }, dynamic_id: { required: true, most: 32, bytes: true } },
  present: { ...sale, payway: { required: true, pattern: digits }, sub_payway: { pattern: digits } },
  query: undo,
  cancel: undo,
  refund: {
    ...undo,
    refund_request_no: { required: true, most: 20, bytes: true },
    operator: { required: true, most: 64 },
    refund_amount: { required: true, most: 10, pattern: positiveAmount },
  },
  activate: { ...device, app_id: { required: true, most: 32 }, code: { required: true, most: 32 }, client_sn: { most: 50 }, name: { most: 128 } },
  checkin: { ...device, terminal_sn: terminal },
};

/** What the tables say in words about two fields at once. */
export function faultsBetweenFields(call: ShouqianbaCall, fields: Readonly<Record<string, unknown>>): string[] {
  switch (call) {
    case 'pay':
    case 'present': {
      const together = (fields['longitude'] === undefined) === (fields['latitude'] === undefined);
      return together ? [] : ['经纬度必须同时出现'];
    }
    case 'query':
    case 'cancel':
    case 'refund':
      return textOf(fields, 'sn') === null && textOf(fields, 'client_sn') === null ? ['sn与client_sn不能同时为空'] : [];
    case 'activate':
    case 'checkin':
      return [];
  }
}

export function textOf(fields: Readonly<Record<string, unknown>> | null, name: string): string | null {
  const value = fields?.[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
