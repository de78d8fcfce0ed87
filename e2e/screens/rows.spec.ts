/** Lists longer than their box: the row that the keys have reached is in sight, all the way down and up. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleOpen, samplePayment } from '../../renderer/machine/samples.ts';
import { sampleLook, sampleResult, sampleStatements } from '../../renderer/machine/samples-day.ts';
import { samplePeople, sampleShift } from '../../renderer/machine/samples-shift.ts';
import { playScene, sceneNamed } from './play.ts';
import type { Scene } from './scenes.ts';
import { openTheatre, type Script, type Stage } from './stage.ts';

const many = 30;
let theatre: Awaited<ReturnType<typeof openTheatre>>;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

/** The first of these again and again, each as something else. */
function repeated<Item>(items: readonly Item[], change: (item: Item, index: number) => Partial<Item>): readonly Item[] {
  return Array.from({ length: many }, (_, index) => items[index % items.length]).flatMap((item, index) => (item === undefined ? [] : [{ ...item, ...change(item, index) }]));
}

const open = { ...sampleOpen, open: Array.from({ length: many }, (_, index) => samplePayment('unknown', { paymentId: `p-${index}`, parked: true })) };

interface LongList {
  readonly scene: string;
  readonly script: Script;
  /** The row with the ring, and the box it must be in. */
  readonly row: string;
  readonly box: string;
  readonly down: string;
  readonly up: string;
}

const lists: readonly LongList[] = [
  { scene: 'open-payments', script: { openPayments: open }, row: '.payment-row[aria-current="true"]', box: '.open .rows', down: 'ArrowDown', up: 'ArrowUp' },
  { scene: 'operators', script: { people: repeated(samplePeople, (_, index) => ({ operatorId: `o-${index}`, number: String(index).padStart(2, '0') })) }, row: '.person-row[aria-current="true"]', box: '.people .rows', down: 'ArrowDown', up: 'ArrowUp' },
  { scene: 'reconcile-file', script: { statements: { ...sampleStatements, files: repeated(sampleStatements.files, (_, index) => ({ path: `/shop/${index}.csv`, name: `${index}.csv` })) } }, row: '.file[aria-current="true"]', box: '.files', down: 'NumpadAdd', up: '' },
  { scene: 'reconcile-file', script: { statementLook: { ...sampleLook, columns: repeated(sampleLook.columns, (column, index) => ({ theirs: `${column.theirs}${index}` })) } }, row: '.mapping-row[aria-current="true"]', box: '.mapping-rows', down: 'ArrowDown', up: 'ArrowUp' },
  { scene: 'reconcile-result', script: { reconcileResult: { ...sampleResult, differences: repeated(sampleResult.differences, (_, index) => ({ index })) } }, row: '.result-row[aria-current="true"]', box: '.result-rows', down: 'ArrowDown', up: 'ArrowUp' },
  { scene: 'shift-close', script: { shift: sampleShift({ denominations: Array.from({ length: many }, (_, index) => ({ minor: 100_000 - index * 100, currency: 'CNY' })) }) }, row: '.piece[aria-current="true"]', box: '.pieces', down: 'ArrowDown', up: 'ArrowUp' },
];

it.each(lists)('$scene, $row', async ({ scene: name, script, row, box, down, up }) => {
  const known = sceneNamed(name);
  const scene: Scene = { ...known, script: { ...known.script, ...script } };
  const stage = await playScene(theatre, scene);
  await stage.page.setViewportSize({ width: 1024, height: 768 });
  expect(await stage.page.evaluate(`(${scrolls})(${JSON.stringify(box)})`), 'the list is longer than its box').toBe(true);
  await inSightAfter(stage, down, row, box);
  if (up !== '') await inSightAfter(stage, up, row, box);
  await theatre.giveBack(stage.page);
}, 60_000);

async function inSightAfter(stage: Stage, key: string, row: string, box: string): Promise<void> {
  for (let press = 1; press < many; press += 1) {
    await stage.skip(500);
    await stage.page.keyboard.press(key);
    await expect.poll(() => stage.page.evaluate(`(${hidden})(${JSON.stringify(row)}, ${JSON.stringify(box)})`)).toBe(0);
  }
}

/** Run in the page. */
const scrolls = '(box) => { const list = document.querySelector(box); return list.scrollHeight > list.clientHeight + 40; }';
const hidden = `(row, box) => {
  const [line, sight] = [row, box].map((name) => document.querySelector(name).getBoundingClientRect());
  return Math.max(0, Math.round(sight.top - line.top - 4), Math.round(line.bottom - sight.bottom - 4));
}`;
