/** What Shouqianba answers to a terminal's own two calls; the pages show it in two forms. */
import type { JsonObject } from '../model.ts';

/** The newer pages show these two flat and without business codes. */
export function activated({ terminalSn, terminalKey }: { readonly terminalSn: string; readonly terminalKey: string }): JsonObject {
  return terminalAnswer({
    terminal_sn: terminalSn, terminal_key: terminalKey, merchant_sn: '1680000000000', merchant_name: '模拟商户', store_sn: '1580000000000', store_name: '模拟门店',
  });
}

export function checkedIn(terminalSn: string, terminalKey: string): JsonObject {
  return terminalAnswer({ terminal_sn: terminalSn, terminal_key: terminalKey });
}

function terminalAnswer(fields: JsonObject): JsonObject {
  return { result_code: '200', error_code: '', error_message: '', biz_response: fields };
}

/** Their other form: nested, with a business code. */
export function nestTerminal(answer: JsonObject, fields: JsonObject): JsonObject {
  return { ...answer, biz_response: { result_code: fields['merchant_sn'] === undefined ? 'TERMINAL_CHECKIN_SUCCESS' : 'ACTIVATE_SUCCESS', data: fields } };
}
