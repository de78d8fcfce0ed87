/** The settings screens as scenes. */
import { message } from '../../core/contract/messages.ts';
import type { TestStep } from '../../core/contract/types.ts';
import { sampleActivated, sampleHanging, sampleSettings, sampleTest } from '../../renderer/machine/samples-settings.ts';
import { atWork } from '../../renderer/machine/samples-shift.ts';
import type { Scene } from './scenes.ts';
import type { Stage } from './stage.ts';

const owner = atWork('owner');
const script = { settings: { kind: 'settings', settings: sampleSettings() } };

/** Keys of the pad, with the 400 ms guard let pass before each command key. */
const press = (...codes: readonly string[]) => async (stage: Stage): Promise<void> => {
  for (const code of codes) {
    if (/Enter|Add|Subtract|Multiply/.test(code)) await stage.skip(500);
    await stage.press(code);
  }
};

const section = (digit: string): readonly string[] => ['NumpadDivide', 'Numpad7', `Numpad${digit}`];

function typing(text: string, ...codes: readonly string[]): (stage: Stage) => Promise<void> {
  return async (stage) => {
    await press(...codes)(stage);
    await stage.skip(500);
    await stage.page.fill('[data-field]', text);
  };
}

const passed = { kind: 'tested', test: sampleTest('shouqianba') };
const wrongKey = { kind: 'tested', test: sampleTest('shouqianba', { step: 'signature', detail: { kind: 'keyWrong' }, code: 'ILLEGAL_SIGN' }) };
/** The sixth step, of a gateway that lists its means of payment. */
const withMethods = (step: Pick<TestStep, 'state' | 'detail'>) => ({ kind: 'tested', test: { ...sampleTest('shouqianba'), steps: [...sampleTest('shouqianba').steps, { step: 'methods', ...step }] } });
const codes = ['ALIPAY', 'WECHATPAY', 'ADYEN_UNIONPAY'];
/** Whatever is asked: every gateway's marks stand, one of them wrong. */
const wrongCertificate = { kind: 'tested', test: sampleTest('omipay', { step: 'certificate', detail: { kind: 'certificateWrong' }, code: null }) };

export const settingsScenes: readonly Scene[] = [
  { name: 'settings-routing', view: 'settingsGateways', status: owner, script: { ...script, testGateway: wrongCertificate }, play: press(...section('2'), 'NumpadAdd', 'Numpad2') },
  { name: 'settings-routing-changed', view: 'settingsGateways', status: owner, script, play: press(...section('2'), 'Numpad2', 'Numpad2', 'Numpad6') },
  { name: 'settings-gateway', view: 'settingsGateways', status: owner, script: { ...script, testGateway: passed }, play: press(...section('2'), 'Numpad6', 'NumpadAdd', 'Numpad2') },
  { name: 'settings-gateway-key', view: 'settingsGateways', status: owner, script: { ...script, testGateway: wrongKey }, play: press(...section('2'), 'Numpad6', 'NumpadAdd') },
  { name: 'settings-gateway-methods', view: 'settingsGateways', status: owner, script: { ...script, testGateway: withMethods({ state: 'passed', detail: { kind: 'methods', codes } }) }, play: press(...section('2'), 'Numpad6', 'NumpadAdd') },
  { name: 'settings-gateway-method-wrong', view: 'settingsGateways', status: owner, script: { ...script, testGateway: withMethods({ state: 'failed', detail: { kind: 'methodNotOpen', method: 'VISA', codes } }) }, play: press(...section('2'), 'Numpad6', 'NumpadAdd') },
  { name: 'settings-gateway-typing', view: 'settingsGateways', field: true, status: owner, script, play: typing('https://vsi-api.example.com', ...section('2'), 'Numpad6', 'Numpad2', 'NumpadEnter') },
  {
    name: 'settings-gateway-wrong', view: 'settingsGateways', status: owner,
    script: { ...script, saveSettings: { kind: 'wrong', problems: [{ key: 'gateways.shouqianba.terminalSn', words: { 'zh-CN': '只能有字母、数字和符号，不能有空格。', en: 'May hold letters, digits and signs only, no blanks.' } }] } },
    play: async (stage) => {
      await typing('1000 0122', ...section('2'), 'Numpad6', 'Numpad2', 'Numpad2', 'NumpadEnter')(stage);
      await press('NumpadEnter', 'NumpadEnter')(stage);
    },
  },
  { name: 'settings-gateway-off', view: 'settingsGateways', status: owner, script, play: press(...section('2'), 'Numpad6', 'Numpad6', 'Numpad6', 'Numpad2') },
  { name: 'settings-gateway-end', view: 'settingsGateways', status: owner, script, play: press(...section('2'), 'Numpad6', 'Numpad8') },
  { name: 'settings-activation', view: 'settingsGateways', status: owner, script, play: press(...section('2'), 'Numpad6', 'NumpadMultiply') },
  {
    name: 'settings-activation-refused', view: 'settingsGateways', status: owner,
    script: { ...script, activateTerminal: { kind: 'notActivated', message: message('activationCodeRefused'), code: '400/INVALID_PARAMS', words: '激活码已过期' } },
    play: async (stage) => {
      await press(...section('2'), 'Numpad6', 'NumpadMultiply')(stage);
      for (const text of ['51771000', '2016111100000001', '91800129', 'vendor-key-of-a-test']) await typing(text, 'NumpadEnter')(stage).then(() => press('NumpadEnter')(stage));
      await press('NumpadEnter')(stage);
    },
  },
  {
    name: 'settings-activation-done', view: 'settingsGateways', status: owner,
    script: { ...script, activateTerminal: { kind: 'activated', number: '100001220024173', settings: sampleActivated, message: message('terminalActivated', { n: '100001220024173' }) } },
    play: async (stage) => {
      await press(...section('2'), 'Numpad6', 'NumpadMultiply')(stage);
      for (const text of ['51771000', '2016111100000001', '91800129', 'vendor-key-of-a-test']) await typing(text, 'NumpadEnter')(stage).then(() => press('NumpadEnter')(stage));
      await press('NumpadEnter')(stage);
    },
  },
  ...([['settings-identity', []], ['settings-identity-unreadable', ['T01-251118-0377']]] as const).map(([name, unreadable]): Scene => ({
    name, view: 'settingsGateways', status: owner, script: { ...script, saveSettings: { kind: 'hanging', hanging: { ...sampleHanging, unreadable } } },
    play: async (stage) => {
      await typing('100001220031806', ...section('2'), 'Numpad6', 'Numpad2', 'Numpad2', 'NumpadEnter')(stage);
      await press('NumpadEnter', 'NumpadEnter')(stage);
    },
  })),
  { name: 'settings-owner', view: 'settingsLines', status: atWork('cashier'), script, play: press(...section('3'), 'Numpad1') },
  { name: 'settings-reasons', view: 'settingsLines', status: owner, script, play: press(...section('3'), 'Numpad2', 'Numpad6') },
  { name: 'settings-reasons-empty', view: 'settingsLines', status: owner, script: { settings: { kind: 'settings', settings: sampleSettings({ refundReasons: [], kept: false }) } }, play: press(...section('3')) },
  { name: 'settings-reasons-typing', view: 'settingsLines', field: true, status: owner, script, play: typing('包装破损', ...section('3'), 'NumpadAdd') },
  {
    name: 'settings-reasons-wrong', view: 'settingsLines', status: owner,
    script: { ...script, saveSettings: { kind: 'wrong', problems: [{ key: 'refund.reasons[2]', words: { 'zh-CN': '最多 200 个字符。', en: 'Must have at most 200 characters.' } }] } },
    play: press(...section('3'), 'Numpad6', 'NumpadEnter'),
  },
  { name: 'settings-receipt', view: 'settingsLines', status: owner, script, play: press(...section('4')) },
  { name: 'settings-receipt-typing', view: 'settingsLines', field: true, status: owner, script, play: typing('周日休息', ...section('4'), 'Numpad2', 'NumpadEnter') },
];
