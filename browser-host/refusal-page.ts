/** The page for whoever comes without a session: says how to get in, and nothing about the till. */

const english = 'This address has been used already, or is not complete. Nothing was charged. Stop the till (Ctrl+C) and start it again: it prints a new address.';
const chinese = '这个地址已经用过，或者不完整。没有收款。停止收银程序（Ctrl+C）再启动，会显示新的地址。';

export const refusalPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>ScanTill</title>
<p lang="zh-CN">${chinese}</p>
<p>${english}</p>
</html>
`;
