/** What the pages lead to is there: links, files, the rooms and core's folders on docs/architecture.md, and decisions without a gap. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const decisions = readdirSync(join(root, 'docs', 'decisions')).toSorted();
const pages = ['README.md', 'CHANGELOG.md', 'bench/README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`), ...decisions.map((name) => `docs/decisions/${name}`)];
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');
const foldersOf = (folder: string): readonly string[] => readdirSync(join(root, folder)).filter((name) => statSync(join(root, folder, name)).isDirectory());

/** The anchor that a heading gets. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '').trim().replaceAll(' ', '-');
}

test.each(pages)('%s: every link leads somewhere', (page) => {
  const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^https?:/.test(link));
  const broken = links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? join(root, page) : join(root, dirname(page), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && ![...readFileSync(target, 'utf8').matchAll(/^#+ (.+)$/gm)].some(([, heading = '']) => anchorOf(heading) === anchor);
  });
  expect(broken).toEqual([]);
});

describe('docs/architecture.md', () => {
  const page = textOf('docs/architecture.md');

  test('has every room, and every folder of core', () => {
    const ignored = new Set(textOf('.gitignore').split('\n').map((line) => line.replaceAll('/', '')));
    const rooms = foldersOf('.').filter((name) => !name.startsWith('.') && name !== 'docs' && !ignored.has(name));
    expect(rooms.length).toBeGreaterThan(10);
    expect([...rooms, ...foldersOf('core')].filter((name) => !page.includes(`\`${name}/\``))).toEqual([]);
  });

  test('names no folder and no file that is not there', () => {
    const places = ['', 'core', 'core/payment', 'core/refund', 'core/journal', 'renderer', 'simulation'];
    const named = [...page.matchAll(/`([a-z-]+(?:\/[a-z-]+)*(?:\/|\.tsx?|\.mjs))`/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((name) => !places.some((place) => existsSync(join(root, place, name))))).toEqual([]);
  });
});

test('decisions are numbered without a gap, and each says so', () => {
  expect(decisions.map((name) => Number(name.slice(0, 4)))).toEqual(decisions.map((_name, index) => index + 1));
  for (const name of decisions) expect(textOf(`docs/decisions/${name}`), name).toMatch(new RegExp(`^# ${Number(name.slice(0, 4))}\\. .+\n\n`));
});
