/** The settings screens as scenes. */
import { sampleSettings } from '../../renderer/machine/samples-settings.ts';
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

export const settingsScenes: readonly Scene[] = [
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
