/** Brings one scene onto the stage, as every test of the screens begins. */
import type { Page } from 'playwright';
import { scenes, scriptOf, type Scene } from './scenes.ts';
import { setStage, type Locale, type Stage, type Theatre } from './stage.ts';

/** Opens a page and plays the scene until its screen stands. The caller gives `stage.page` back to the theatre. */
export async function playScene(theatre: Theatre & { readonly address: string }, scene: Scene, locale: Locale = 'en', opened?: Page): Promise<Stage> {
  const page = opened ?? (await theatre.lend());
  const stage = await setStage(page, theatre.address, locale, scriptOf(scene));
  await page.waitForFunction("document.querySelector('.frame')?.dataset.view !== 'connecting'");
  await scene.play?.(stage);
  await page.waitForSelector(`[data-view="${scene.view}"]`, { timeout: 10_000 });
  return stage;
}

export function sceneNamed(name: string): Scene {
  const scene = scenes.find((candidate) => candidate.name === name);
  if (!scene) throw new Error(`no scene ${name}`);
  return scene;
}

/** Every screen once, and every one with a field to type into. */
export const screensOnce = scenes.filter((scene, index) => scene.field === true || scenes.findIndex((other) => other.view === scene.view) === index);
