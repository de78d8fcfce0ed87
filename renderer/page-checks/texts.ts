/** The texts of a screen as they stand: where the glyphs are, line by line. Read as text before checks.ts, which uses it. */

interface ShownText {
  readonly node: Text;
  readonly element: Element;
  readonly box: DOMRect;
}

/** One line of a text: the box that its glyphs fill, and the line they stand on. */
interface InkLine {
  readonly box: DOMRect;
  readonly baseline: number;
}

function visibleTexts(): ShownText[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: ShownText[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!element || node.textContent?.trim() === '' || element.closest('.said, #recharts_measurement_span')) continue;
    if (document.querySelector('.menu-shade') && !element.closest('.menu-shade, .rail, .status-bar, .top-bar, .bars, .training-band')) continue;
    const box = rangeOf(node).getBoundingClientRect();
    if (box.width > 0 && getComputedStyle(element).visibility === 'visible') found.push({ node: node as Text, element, box });
  }
  return found;
}

function rangeOf(node: Node): Range {
  const range = document.createRange();
  range.selectNodeContents(node);
  return range;
}

const measuring = document.createElement('canvas').getContext('2d');

/** The glyphs' own boxes: a line's box says little of a word of 200 px, whose glyphs may stand above it. */
function inkLines({ node, element }: ShownText): InkLine[] {
  if (!measuring) throw new Error('no canvas');
  const style = getComputedStyle(element);
  measuring.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const metrics = measuring.measureText(node.data);
  return [...rangeOf(node).getClientRects()].map((line) => {
    const baseline = line.top + Math.round(metrics.fontBoundingBoxAscent);
    const height = metrics.actualBoundingBoxAscent + metrics.actualBoundingBoxDescent;
    return { box: new DOMRect(line.x, baseline - metrics.actualBoundingBoxAscent, line.width, height), baseline };
  });
}

function shared(first: DOMRect, second: DOMRect): number {
  const wide = Math.min(first.right, second.right) - Math.max(first.left, second.left);
  const high = Math.min(first.bottom, second.bottom) - Math.max(first.top, second.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}
