/** The rail is true: the key that a cap shows does what touching the cap does, also while letters are typed into a field. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playScene, screensOnce } from './play.ts';
import { scenes, type Scene } from './scenes.ts';
import { openTheatre, type Stage } from './stage.ts';

let theatre: Awaited<ReturnType<typeof openTheatre>>;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

/** Keys of a keyboard that has no number pad, by what a cap shows. */
const codes: Readonly<Record<string, string>> = {
  '/': 'Slash', '*': 'F8', '+': 'F6', '−': 'Backspace', Enter: 'Enter', '8 2': 'ArrowDown', '4 6': 'ArrowRight', F10: 'F10', F8: 'F8', F6: 'F6', Esc: 'Escape',
};

/** What each cap of the rail shows as its key. */
async function capKeys(scene: Scene): Promise<readonly string[]> {
  const stage = await playScene(theatre, scene);
  const keys = await stage.page.locator('.rail .cap:not(.menu) .key').allInnerTexts();
  await theatre.giveBack(stage.page);
  return keys;
}

/** Everything that a person sees of the screen, with what is in its fields and what the till was asked. */
function shown(stage: Stage): Promise<string> {
  return stage.page.evaluate(`[document.querySelector('.frame').dataset.view, document.querySelector('.content').innerText,
    ...[...document.querySelectorAll('input')].map((field) => field.value), document.querySelector('.bars')?.innerText,
    ...stage.calls.map(({ name }) => name)].join('|')`);
}

describe.concurrent('the menu’s cap', () => {
  it.each(screensOnce)('on $name shows a key that opens the menu; a number pad’s `/` opens it too', async (scene) => {
    const stage = await playScene(theatre, scene);
    await stage.skip(500);
    const cap = stage.page.locator('.rail .cap.menu .key');
    if (await cap.count() === 0) return theatre.giveBack(stage.page);
    const menu = stage.page.locator('.content > .menu-shade');
    const key = await cap.innerText();
    expect(key).toBe(scene.field ? 'F10' : '/');
    for (const code of [codes[key] ?? key, 'NumpadDivide']) {
      await stage.press(code);
      await menu.waitFor({ timeout: 2000 });
      // Its digits are choices, and nothing that stands behind it is typed into.
      expect(await stage.check('focusedField')).toBeNull();
      await stage.skip(500);
      await stage.press('Escape');
      await menu.waitFor({ state: 'detached', timeout: 2000 });
      expect((await stage.check('focusedField')) !== null).toBe(scene.field ?? false);
    }
    await theatre.giveBack(stage.page);
  });
});

describe.concurrent('while letters are typed', () => {
  const fields = scenes.filter(({ field }) => field === true);

  it('there are such screens', () => expect(fields.length).toBeGreaterThan(3));

  it.each(fields)('each cap on $name shows a key that does something, and types nothing', async (scene) => {
    const keys = await capKeys(scene);
    for (const key of keys) {
      const stage = await playScene(theatre, scene);
      await stage.skip(500);
      const [before, typed] = [await shown(stage), await stage.page.inputValue('[data-field]')];
      await stage.page.keyboard.press(codes[key] ?? key);
      await expect.poll(() => shown(stage), { message: key }).not.toBe(before);
      for (const field of await stage.page.locator('[data-field]').all()) expect(await field.inputValue()).toBe(typed);
      await theatre.giveBack(stage.page);
    }
  });

  it.each(fields)('a letter keyboard’s signs on $name are letters', async (scene) => {
    const stage = await playScene(theatre, scene);
    const view = await stage.page.getAttribute('.frame', 'data-view');
    await stage.page.fill('[data-field]', '');
    await stage.press('KeyA', 'Slash', 'KeyB', 'Minus', 'KeyC');
    await expect.poll(() => stage.page.inputValue('[data-field]')).toBe('a/b-c');
    expect(await stage.page.getAttribute('.frame', 'data-view')).toBe(view);
    await theatre.giveBack(stage.page);
  });

  it('the number pad’s − takes back a letter, and the screen when there is none left', async () => {
    const scene = fields.find(({ name }) => name === 'person-add');
    if (!scene) throw new Error('no such scene');
    const stage = await playScene(theatre, scene);
    await stage.page.fill('[data-field]', 'Li');
    await stage.press('NumpadSubtract', 'NumpadSubtract');
    expect(await stage.page.inputValue('[data-field]')).toBe('');
    await stage.skip(500);
    await stage.press('NumpadSubtract');
    await stage.page.waitForSelector('[data-view="people"]');
    await theatre.giveBack(stage.page);
  });
});
