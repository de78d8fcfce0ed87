/** What the tests need from the system: a browser, a virtual display, readers of barcodes. Installed by apt as root, else named. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

const tools = [
  { package: 'chromium', has: () => existsSync('/usr/bin/chromium') },
  { package: 'fonts-noto-cjk', has: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') },
  { package: 'xvfb', has: () => existsSync('/usr/bin/Xvfb') },
  { package: 'xauth', has: () => existsSync('/usr/bin/xauth') },
  { package: 'socat', has: () => existsSync('/usr/bin/socat') },
  { package: 'zbar-tools', has: () => existsSync('/usr/bin/zbarimg') },
  { package: 'strace', has: () => existsSync('/usr/bin/strace') },
  { package: 'udev', has: () => existsSync('/usr/bin/udevadm') || existsSync('/bin/udevadm') },
  { package: 'libusb-1.0-0', has: () => existsSync('/usr/lib/x86_64-linux-gnu/libusb-1.0.so.0') || existsSync('/usr/lib/aarch64-linux-gnu/libusb-1.0.so.0') },
];

export function installTestTools() {
  if (process.platform !== 'linux') return;
  const missing = tools.filter((tool) => !tool.has()).map((tool) => tool.package);
  if (missing.length === 0) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) {
    console.log(`missing for some tests, which will be skipped or fail; install: ${missing.join(' ')}`);
    return;
  }
  console.log(`installing for the tests with apt: ${missing.join(' ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env: environment });
  const result = spawnSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...missing], { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  if (result.status !== 0) console.log(`apt could not install: ${missing.join(' ')}`);
}
