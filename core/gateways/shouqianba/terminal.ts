/** Shouqianba's terminal: activation by the vendor's code and the daily check-in that changes the key (FIELD; not in the document). */
import { z } from 'zod';
import { dayAtOffset } from '../../time/day.ts';
import type { WireAnswer } from '../../ports.ts';
import type { Evidence } from '../gateway.ts';
import { isJsonObject, readJsonObject, type JsonObject } from '../json.ts';
import type { TerminalRefusal, TerminalRule } from '../terminal-rule.ts';
import { decidingText, rowOf, shownText } from '../wire-fields.ts';
import { codeForPeople, keptReference, wordsForPeople } from '../words.ts';
import { signedAs } from './requests.ts';
import type { ShouqianbaSettings } from './settings.ts';
import { resultCodes, terminalCodes, terminalErrors, type TerminalCall } from './table.ts';
import { readWire } from './wire.ts';

/** China has had no summer time since 1991. */
const chinaOffsetMinutes = 480;

export const terminal: TerminalRule<ShouqianbaSettings> = {
  settingKeys: { number: 'terminalSn', key: 'terminalKey' },
  activationForm: [
    { key: 'code', kind: 'text', label: { 'zh-CN': '激活码 code', en: 'Activation code (code)' }, help: { 'zh-CN': '服务商或收钱吧给的，7 天内有效，只能用几次。', en: 'From the vendor or from Shouqianba: valid for 7 days, for a few uses.' }, whenEmpty: null },
    { key: 'appId', kind: 'text', label: { 'zh-CN': '应用编号 app_id', en: 'Application (app_id)' }, help: { 'zh-CN': '服务商的应用编号。', en: 'The vendor’s application.' }, whenEmpty: null },
    { key: 'vendorSn', kind: 'text', label: { 'zh-CN': '服务商号 vendor_sn', en: 'Vendor number (vendor_sn)' }, help: null, whenEmpty: null },
    { key: 'vendorKey', kind: 'secret', label: { 'zh-CN': '服务商密钥 vendor_key', en: 'Vendor key (vendor_key)' }, help: null, whenEmpty: null },
  ],
  terminalOf: ({ terminalSn, terminalKey }) => ({ number: terminalSn, key: terminalKey }),
  withKey: (settings, terminalKey) => ({ ...settings, terminalKey }),

  buildActivation: ({ baseUrl, vendor, code, deviceId }) =>
    signedAs(vendor.vendorSn, vendor.vendorKey, `${baseUrl}/terminal/activate`, { app_id: vendor.appId, code, device_id: deviceId }),

  readActivation(answer) {
    const read = readAnswer('activate', answer);
    if (read.kind !== 'done') return read;
    const terminalSn = keptReference(read.fields.terminal_sn, null);
    const isWhole = terminalSn !== null && terminalSn.length <= 32 && isKey(read.fields.terminal_key);
    return isWhole ? { kind: 'activated', terminalSn, terminalKey: read.fields.terminal_key } : { kind: 'unknown', evidence: read.evidence };
  },

  buildCheckIn: ({ baseUrl, terminalSn, terminalKey }, deviceId) =>
    signedAs(terminalSn, terminalKey, `${baseUrl}/terminal/checkin`, { terminal_sn: terminalSn, device_id: deviceId }),

  readCheckIn({ terminalSn }, answer) {
    const read = readAnswer('checkin', answer);
    // There is no code in a check-in.
    if (read.kind === 'refused') return { ...read, why: read.why === 'codeRefused' ? 'other' : read.why };
    if (read.kind !== 'done') return read;
    const { terminal_sn: number, terminal_key: terminalKey } = read.fields;
    return (number === '' || number === terminalSn) && isKey(terminalKey) ? { kind: 'checkedIn', terminalKey } : { kind: 'unknown', evidence: read.evidence };
  },

  keyWord(answer) {
    const wire = readWire(answer.body);
    if (wire === null) return null;
    const means = rowOf(resultCodes, wire.result_code)?.means;
    if (means === 'answered') return 'taken';
    return means === 'refused' && wire.business === null && rowOf(terminalErrors, wire.error_code)?.means === 'keyRefused' ? 'refused' : null;
  },

  dayOf: (now) => dayAtOffset(now, chinaOffsetMinutes),
};

const answerSchema = z.object({ result_code: decidingText, error_code: decidingText, error_message: shownText });

/** The keys are secrets: nothing but these two is taken out of an answer that has them. */
const fieldsSchema = z.object({ terminal_sn: decidingText, terminal_key: decidingText });

type Read =
  | { readonly kind: 'done'; readonly fields: z.infer<typeof fieldsSchema>; readonly evidence: Evidence }
  | { readonly kind: 'refused'; readonly why: TerminalRefusal; readonly evidence: Evidence }
  | { readonly kind: 'unknown'; readonly evidence: Evidence };

/** FIELD: flat or nested in `data`, with or without a business code. */
function readAnswer(call: TerminalCall, { body }: WireAnswer): Read {
  const json = readJsonObject(body);
  const outer = answerSchema.safeParse(json);
  if (json === null || !outer.success || outer.data.result_code === '') return { kind: 'unknown', evidence: { code: null, words: null } };
  const response = isJsonObject(json['biz_response']) ? json['biz_response'] : null;
  const business = answerSchema.safeParse(response ?? {});
  const { result_code: result, error_code: error, error_message: message } = outer.data;
  if (!business.success) return { kind: 'unknown', evidence: evidenceOf([result], '') };
  switch (rowOf(resultCodes, result)?.means) {
    case 'refused': {
      const evidence = evidenceOf([result, error], message);
      // A refusal that brings a business part along contradicts itself.
      const why = response === null ? rowOf(terminalErrors, error)?.means : undefined;
      return why === undefined ? { kind: 'unknown', evidence } : { kind: 'refused', why, evidence };
    }
    case 'answered': {
      const { result_code: code, error_code: detail, error_message: words } = business.data;
      const evidence = evidenceOf([code, detail], words);
      return rowOf(terminalCodes, code)?.[call] === 'done' && detail === '' ? fieldsOf(response ?? json, evidence) : { kind: 'unknown', evidence };
    }
    case 'unsure':
    case undefined:
      return { kind: 'unknown', evidence: evidenceOf([result, error], message) };
  }
}

function fieldsOf(holder: JsonObject, evidence: Evidence): Read {
  const data = holder['data'];
  const fields = fieldsSchema.safeParse(isJsonObject(data) ? data : holder);
  return fields.success ? { kind: 'done', fields: fields.data, evidence } : { kind: 'unknown', evidence };
}

function evidenceOf(codes: readonly string[], words: string): Evidence {
  return { code: codeForPeople(codes, null), words: wordsForPeople(words, null) };
}

function isKey(text: string): boolean {
  return /^[\x21-\x7e]{8,128}$/.test(text);
}
