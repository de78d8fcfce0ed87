/** Checks that run inside the page, on a screen as it stands: contrast, boxes, caps, sizes. The end-to-end tests read this file and texts.ts as text. */

interface PageChecks {
  contrast(): string[];
  overflow(): string[];
  narrowMarks(): string[];
  caps(): { readonly key: string; readonly text: string }[];
  titleSize(): number;
  focusedField(): string | null;
  rings(): number;
}

type Rgb = readonly [number, number, number, number];

const colours = new Map<string, Rgb>();

/** Colours of any CSS notation, through a canvas. */
function readColour(text: string): Rgb {
  const known = colours.get(text) ?? drawnColour(text);
  colours.set(text, known);
  return known;
}

function drawnColour(text: string): Rgb {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (channel: number): number => (channel <= 10.31 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function over(top: Rgb, bottom: Rgb): Rgb {
  const mix = (a: number, b: number): number => a * top[3] + b * (1 - top[3]);
  return [mix(top[0], bottom[0]), mix(top[1], bottom[1]), mix(top[2], bottom[2]), 1];
}

/** The colour behind an element. Behind the chip's words its gradient is amber; stripes never lie behind words. */
function backgroundOf(element: Element): Rgb {
  const layers: Rgb[] = [];
  for (let node: Element | null = element; node; node = node.parentElement) {
    if (node.classList.contains('chip')) layers.push(readColour(getComputedStyle(document.documentElement).getPropertyValue('--amber')));
    const colour = readColour(getComputedStyle(node).backgroundColor);
    if (colour[3] > 0) layers.push(colour);
    if (layers.at(-1)?.[3] === 1) break;
  }
  return layers.reduceRight<Rgb>((below, layer) => over(layer, below), [255, 255, 255, 1]);
}

function contrastProblems(): string[] {
  const problems: string[] = [];
  for (const { node, element } of visibleTexts()) {
    const style = getComputedStyle(element);
    const svg = element.closest('svg');
    const front = readColour(svg ? getComputedStyle(svg).color : style.color);
    const back = backgroundOf(element);
    const [bright, dim] = [luminance(over(front, back)), luminance(back)].sort((a, b) => b - a);
    const ratio = ((bright ?? 0) + 0.05) / ((dim ?? 0) + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) problems.push(`${ratio.toFixed(2)} "${node.textContent?.trim()}" ${style.fontSize} ${style.color}`);
  }
  return problems;
}

function insideScroller(element: Element): boolean {
  return element.closest('.timeline, .detail-timeline, .find-rows, .rows, .waiting-lines, .waiting-side, .receipt-paper, .day-rows, .files, .mapping-rows, .result-rows, .setting-form, .setting-rows') !== null;
}

/** Boxes whose texts stay inside their padding. */
const padded = '.bar, .notice, .field, .block, .panel-body, .choice, .cap, .tape-paper, .flood, .evidence, .waiting-main, .question-paper, .pair-card, .ink-bar, .menu-choice, .sale-left, .status-bar, .rail, .top-bar, .training-band';

/** Where the texts of a box may stand from left to right: null for a box that neither clips nor has a padding to keep. */
function limitsOf(box: Element): { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number } | null {
  const style = getComputedStyle(box);
  const { left, right, top, bottom } = box.getBoundingClientRect();
  if (box.matches(padded)) return { left: left + Number.parseFloat(style.paddingLeft), right: right - Number.parseFloat(style.paddingRight), top, bottom };
  return style.overflowX === 'hidden' ? { left, right, top, bottom } : null;
}

/** Text that leaves the window or its column, is cut by a box that hides, or lies on another text; boxes that scroll by design are left out. */
function overflowProblems(): string[] {
  const problems: string[] = [];
  const texts = visibleTexts();
  for (const { node, element, box } of texts) {
    if (insideScroller(element)) continue;
    const text = node.textContent?.trim() ?? '';
    if (box.left < -0.5 || box.top < -0.5 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5) problems.push(`outside the window: "${text}"`);
    // The tag of training hangs in the frame of its box, beside the padding.
    for (let parent: Element | null = element; parent; parent = parent.parentElement) {
      const limit = element.matches('.training-tag') ? null : limitsOf(parent);
      if (!limit) continue;
      // The sign of a currency hangs by its side bearing to the left.
      const hang = 1 + (element.matches('.amount-sign') ? Number.parseFloat(getComputedStyle(element).fontSize) * 0.08 : 0);
      if (box.right > limit.right + 1 || box.left < limit.left - hang) problems.push(`wider than .${parent.className}: "${text}"`);
      else if (box.bottom > limit.bottom + 3 + box.height * 0.3 || box.top < limit.top - 3 - box.height * 0.3) problems.push(`taller than .${parent.className}: "${text}"`);
    }
  }
  return [...problems, ...overlaps(texts), ...tagProblems(), ...footProblems(texts)];
}

/** Two lines of text in one place, a painted box on a text, or two caps. */
function overlaps(texts: readonly ShownText[]): string[] {
  const problems: string[] = [];
  const kept = texts.filter(({ element }) => !insideScroller(element) && !element.closest('.bars, svg')).map((text) => ({ ...text, lines: inkLines(text) }));
  for (const [index, first] of kept.entries()) {
    for (const second of kept.slice(index + 1)) {
      if (first.element === second.element || first.element.contains(second.element) || second.element.contains(first.element)) continue;
      if (first.lines.some((line) => second.lines.some((other) => shared(line.box, other.box) > 4))) problems.push(`"${first.node.data}" lies on "${second.node.data}"`);
    }
  }
  for (const painted of document.querySelectorAll('.training-tag, .tag, .cap, .choice, .chip, .key, .text-field')) {
    // Late ends and notices cover the top bar, and the menu what it lies on.
    if (painted.closest('.bars') || (document.querySelector('.menu-shade') && !painted.closest('.menu-shade, .rail, .status-bar'))) continue;
    const box = painted.getBoundingClientRect();
    const under = kept.filter(({ element }) => !painted.contains(element)).find(({ lines }) => lines.some((line) => shared(box, line.box) > 4));
    if (under) problems.push(`.${painted.className} lies on "${under.node.data}"`);
  }
  const bars = document.querySelector('.bars')?.getBoundingClientRect();
  const covered = bars && kept.filter(({ element }) => !element.closest('.top-bar')).filter(({ lines }) => lines.some((line) => shared(bars, line.box) > 4));
  problems.push(...(covered ?? []).map(({ node }) => `what is said over the screen covers "${node.data}"`));
  const caps = [...document.querySelectorAll('.cap, .choice, .chip, .light')].map((cap) => cap.getBoundingClientRect());
  for (const [index, cap] of caps.entries()) {
    if (cap.left < -0.5 || cap.right > innerWidth + 0.5) problems.push('a cap leaves the window');
    if (caps.slice(index + 1).some((other) => shared(cap, other) > 1)) problems.push('two caps overlap');
  }
  return problems;
}

/** The tag of training stays off the word with all of its box, and not only off its glyphs. */
function tagProblems(): string[] {
  const tag = document.querySelector('.training-tag')?.getBoundingClientRect();
  const word = document.getElementById('title');
  if (!tag || !word) return [];
  const { top, bottom } = word.getBoundingClientRect();
  const { left, right } = rangeOf(word).getBoundingClientRect();
  return shared(tag, new DOMRect(left, top, right - left, bottom - top)) > 0 ? ['the training tag lies on the word'] : [];
}

/** The halves of a foot stand on one line. */
function footProblems(texts: readonly ShownText[]): string[] {
  return [...document.querySelectorAll('.foot')].flatMap((foot) => {
    const inside = texts.filter(({ element }) => foot.contains(element)).flatMap(inkLines).map(({ baseline }) => baseline);
    return Math.max(...inside) - Math.min(...inside) > 1 ? [`no common baseline in the foot: ${inside.join(' ')}`] : [];
  });
}

/** Quotes, dashes, dots and ellipses that a Latin font drew in Chinese text: they are not as wide as a character. */
function narrowMarks(): string[] {
  return visibleTexts().flatMap(({ node, element }) => [...node.data.matchAll(/[\u2018-\u201d\u2014\u2026]/g)].flatMap(({ index, 0: mark }) => {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + 1);
    const size = Number.parseFloat(getComputedStyle(element).fontSize);
    // Two full-width marks in a row share the space between them.
    return range.getBoundingClientRect().width < size * 0.45 ? [`${mark} in "${node.data.trim()}"`] : [];
  }));
}

const pageChecks: PageChecks = {
  contrast: contrastProblems,
  overflow: overflowProblems,
  narrowMarks,
  caps: () => [...document.querySelectorAll<HTMLElement>('.cap, .choice')].map((cap) => ({ key: cap.dataset['key'] ?? '', text: cap.textContent ?? '' })),
  titleSize: () => {
    const title = document.getElementById('title');
    return title ? Number.parseFloat(getComputedStyle(title).fontSize) : 0;
  },
  focusedField: () => {
    const focused = document.activeElement;
    return focused?.matches('input, textarea, select, [contenteditable]') ? focused.outerHTML : null;
  },
  rings: () => [...document.querySelectorAll('*')].filter((element) => getComputedStyle(element).outlineStyle === 'solid' && getComputedStyle(element).outlineWidth === '3px').length,
};

Object.assign(globalThis, { pageChecks });
