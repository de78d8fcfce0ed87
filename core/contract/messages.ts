/** The sentences that the till says to a person: what happened, what it means for the money, what to do next (SCREENS.md 6). */

const messages = {
  scannerGone: {
    'zh-CN': '扫码枪断开了。没有收款受影响。插紧 USB 线；急的话按 {key} 手输付款码。',
    en: 'The scanner is unplugged. No payment is affected. Push the USB plug in; in a hurry press {key} and type the code.',
  },
  scannerGarbled: {
    'zh-CN': '只扫到一半。没有收款。请再扫一次。',
    en: 'Only part of the code was read. Nothing was charged. Scan again.',
  },
  notAPaymentCode: {
    'zh-CN': '这不是付款码，也不是我们的小票。没有收款。请顾客打开“付款码”。',
    en: 'This is neither a payment code nor our receipt. Nothing was charged. Ask the customer to open the payment code.',
  },
  codeExpired: {
    'zh-CN': '付款码过期了。没有扣款。请顾客刷新付款码，再扫。',
    en: 'The code has expired. Nothing was taken. Ask for a fresh code and scan it.',
  },
  codeUsedTwice: {
    'zh-CN': '这个码刚扫过，那一笔还没有结果。没有再收一次。等那一笔出结果。',
    en: 'This code was just scanned and that payment is still open. It was not charged again. Wait for its outcome.',
  },
  alreadyPaid: {
    'zh-CN': '这个码刚付过 {amount}（{time}）。这次没有再收。接下一位请先输金额。',
    en: 'This code has just paid {amount} at {time}. It was not charged again. Type the next amount first.',
  },
  scanWhileOpen: {
    'zh-CN': '上一笔还没有结果。这一次扫码没有收款。等结果，或按 + 放一边。',
    en: 'The payment on screen has no outcome yet. This scan charged nothing. Wait, or press + to park it.',
  },
  insufficientBalance: {
    'zh-CN': '余额不足。没有扣款。请顾客换一张卡或换一个钱包，再扫。',
    en: 'Not enough balance. Nothing was taken. Ask for another card or wallet, then scan again.',
  },
  payerCancelled: {
    'zh-CN': '顾客取消了付款。没有扣款。要付就再扫一次。',
    en: 'The customer cancelled. Nothing was taken. Scan again to pay.',
  },
  walletLimit: {
    'zh-CN': '超过顾客钱包的限额。没有扣款。分两次付，或换一个钱包。',
    en: 'Above the customer’s wallet limit. Nothing was taken. Split it in two, or use another wallet.',
  },
  amountTooLarge: {
    'zh-CN': '金额超过本店上限 {max}。没有收款。看看是不是多按了 0；要改上限，店长在设置里改。',
    en: 'Above this shop’s limit of {max}. Nothing was charged. Check for an extra 0; the owner can raise the limit in Settings.',
  },
  amountMissing: {
    'zh-CN': '还没有金额。没有收款。先输金额。',
    en: 'There is no amount yet. Nothing was charged. Type the amount first.',
  },
  walletNotTaken: {
    'zh-CN': '没有网关收这种付款码。没有扣款。换微信、支付宝或云闪付，再扫。',
    en: 'No gateway here takes this code. Nothing was taken. Use WeChat, Alipay or UnionPay, then scan again.',
  },
  gatewayUnreachable: {
    'zh-CN': '连不上{gateway}，请求没有发出。没有扣款。看看网络，再扫一次。',
    en: '{gateway} cannot be reached and nothing was sent. Nothing was taken. Check the network, then scan again.',
  },
  answerLost: {
    'zh-CN': '{gateway}没有回答。钱可能已扣，先别交货。我们在查，不要再收。',
    en: '{gateway} did not answer. It may be paid: keep the goods. We are asking; do not charge again.',
  },
  answerMismatch: {
    'zh-CN': '回答的金额和单号对不上。结果未知，先别交货。按“要店长来看”办。',
    en: 'The answer’s amount or number does not match. Not known yet: keep the goods. Have the owner look.',
  },
  wrongKey: {
    'zh-CN': '{gateway}说密钥不对。这笔没有扣款，新的也收不了。店长改好设置里的密钥（{key}）。',
    en: '{gateway} says the key is wrong. This one was not charged, and no new one can be. Owner: correct the key in the settings ({key}).',
  },
  clockOff: {
    'zh-CN': '本机时钟差了 {n} 分钟，{gateway}不接受。没有扣款。校准系统时间，再扫。',
    en: 'This till’s clock is {n} minutes off and {gateway} refuses it. Nothing was taken. Set the system time, then scan again.',
  },
  merchantBlocked: {
    'zh-CN': '{gateway}停用了本店的商户号。没有扣款。换一个网关，并打电话给{gateway}。',
    en: '{gateway} has suspended this shop. Nothing was taken. Use another gateway and call {gateway}.',
  },
  reverseFailing: {
    'zh-CN': '撤销还没有成功。钱可能已扣，先别交货。我们会一直试，断电也不会忘。',
    en: 'The undo has not worked yet. It may be paid: keep the goods. We go on trying, even after a power cut.',
  },
  paidAfterUndo: {
    'zh-CN': '撤销以后网关又说付了。顾客可能付了 {amount}。先别再收，请店长打电话给{gateway}。',
    en: 'After the undo the gateway says paid. The customer may have paid {amount}. Do not charge again; the owner calls {gateway}.',
  },
  paperOut: {
    'zh-CN': '小票机没纸了。收款不受影响。装好纸：没开始打的会自己补打，打到一半的按 + 再打。',
    en: 'The printer is out of paper. Payments are not affected. Load a roll: receipts that had not begun print by themselves; for a half-printed one press +.',
  },
  printerGone: {
    'zh-CN': '连不上小票机。收款不受影响，小票已存好。看电源和网线，好了会补打。',
    en: 'The printer cannot be reached. Payments are not affected and receipts are kept. Check power and cable; they print later.',
  },
  journalNotWritable: {
    'zh-CN': '账本写不进去（磁盘满或没有权限）。没有发出任何收款，现在不能收款。清理磁盘，再按 Enter 重试。',
    en: 'The journal cannot be written (disk full or no permission). Nothing was sent, and no sale can be made. Free some space, then press Enter.',
  },
  journalInUse: {
    'zh-CN': '另一个收银程序正在用这本账。没有收款。关掉那一个，再按 Enter。',
    en: 'Another till uses this journal. Nothing was charged. Close that one, then press Enter.',
  },
  journalBroken: {
    'zh-CN': '账本第 {n} 条对不上。以前的收款以网关为准，先不要收新的。打电话给技术支持，并备份。',
    en: 'Journal entry {n} does not add up. The gateways still hold your payments; sell nothing new. Call support and back up.',
  },
  journalNewer: {
    'zh-CN': '账本是新版程序写的。数据都在，没有改动。请装最新的版本。',
    en: 'The journal was written by a newer version. All data is there, unchanged. Install the newest version.',
  },
  quitWithOpen: {
    'zh-CN': '还有 {n} 笔结果未知。钱可能已扣；退出后没人查，下次开机才接着查。按 Enter 继续等，按 − 仍然退出。',
    en: '{n} not known yet. They may be paid, and after quitting nobody asks until the next start. Enter keeps waiting, − quits anyway.',
  },
  paidAfterDecline: {
    'zh-CN': '{gateway}先说没付，现在又说付了 {amount}。顾客可能付了钱。先别再收，请店长打电话给{gateway}。',
    en: '{gateway} had said not paid, and now says paid: {amount}. The customer may have paid. Do not charge again; the owner calls {gateway}.',
  },
  paidAfterGivingUp: {
    'zh-CN': '不等了以后网关说付了 {amount}。钱收到了。交货，或请店长退给顾客。',
    en: 'After you stopped waiting the gateway says paid: {amount}. The money is here. Hand over the goods, or have the owner give it back.',
  },
  paidTwice: {
    'zh-CN': '同一笔又付了一次 {amount}。顾客可能付了两次。请店长打电话给{gateway}退一次。',
    en: 'This sale was paid a second time: {amount}. The customer may have paid twice. The owner calls {gateway} to give one back.',
  },
  paidNotWanted: {
    'zh-CN': '记过另外付了，网关又说付了 {amount}。顾客可能付了两次。请店长打电话给{gateway}退一次。',
    en: 'It was noted as paid otherwise, and the gateway now says paid: {amount}. The customer may have paid twice. The owner calls {gateway} to give it back.',
  },
  cannotUndo: {
    'zh-CN': '{gateway}没有给出结果，也不能撤销。钱可能已扣，先别交货。请店长打电话给{gateway}。',
    en: '{gateway} gave no outcome and has no undo. It may be paid: keep the goods. The owner calls {gateway}.',
  },
  reversalFailed: {
    'zh-CN': '撤销试了 {n} 次都没有确认。钱可能已扣，先别交货。请店长打电话给{gateway}。',
    en: '{n} tries to undo had no confirmation. It may be paid: keep the goods. The owner calls {gateway}.',
  },
  numberInUse: {
    'zh-CN': '{gateway}说这个单号已经用过。结果未知，先别交货。请店长打电话给{gateway}。',
    en: '{gateway} says that this number is in use. Not known yet: keep the goods. The owner calls {gateway}.',
  },
  dayIsOver: {
    'zh-CN': '付款的那天已经过了，撤销不了。顾客可能付了 {amount}。请店长打电话给{gateway}。',
    en: 'The day of the payment is over, so it cannot be undone. The customer may have paid {amount}. The owner calls {gateway}.',
  },
  identityMissing: {
    'zh-CN': '这笔是用终端 {n} 收的，设置里没有它了。结果未知，先别交货。店长把终端 {n} 放回设置。',
    en: 'This one was sent under terminal {n}, which the settings no longer have. Not known yet: keep the goods. Owner: put terminal {n} back.',
  },
  waitingForPayer: {
    'zh-CN': '顾客还没有付。钱还没到，先别交货。等顾客在手机上确认。',
    en: 'The customer has not paid yet. No money has arrived: keep the goods. Wait for the customer to confirm.',
  },
  undoing: {
    'zh-CN': '正在撤销，还没有确认。钱可能已扣，先别交货。确认以前不要再收一次。',
    en: 'It is being undone, not confirmed yet. It may be paid: keep the goods. Do not charge again until it is confirmed.',
  },
  submitting: {
    'zh-CN': '正在收款。结果还不知道，先别交货。等一下。',
    en: 'It is being charged. Not known yet: keep the goods. Wait a moment.',
  },
  stillAsking: {
    'zh-CN': '{gateway}的回答看不懂。钱可能已扣，先别交货。我们在查，不要再收。',
    en: '{gateway} answered something that cannot be relied on. It may be paid: keep the goods. We are asking; do not charge again.',
  },
  undone: {
    'zh-CN': '这一笔已经撤销。没有扣款，或已退回。要付就再扫一次。',
    en: 'This payment was undone. Nothing was taken, or it was given back. Scan again to pay.',
  },
  paid: {
    'zh-CN': '收款成功。钱到了。可以交货。',
    en: 'Paid. The money has arrived. Hand over the goods.',
  },
  codeInvalid: {
    'zh-CN': '付款码不对。没有扣款。请顾客刷新付款码，再扫。',
    en: 'The code is not valid. Nothing was taken. Ask for a fresh code and scan it.',
  },
  codeFormat: {
    'zh-CN': '付款码要 {n} 位数字。没有收款。再扫一次，或照着数字输。',
    en: 'A payment code has {n} digits. Nothing was charged. Scan again, or type the digits.',
  },
  cardNotSupported: {
    'zh-CN': '这张卡在这里不能用。没有扣款。请顾客换一张卡，再扫。',
    en: 'This card cannot be used here. Nothing was taken. Ask for another card, then scan again.',
  },
  shopLimit: {
    'zh-CN': '超过{gateway}给本店的限额。没有扣款。用别的方式收，并打电话给{gateway}。',
    en: 'Above what {gateway} lets this shop take. Nothing was taken. Take it another way and call {gateway}.',
  },
  amountRefused: {
    'zh-CN': '{gateway}不收这个金额。没有扣款。看看金额，再扫。',
    en: '{gateway} does not take this amount. Nothing was taken. Check the amount, then scan again.',
  },
  terminalUnknown: {
    'zh-CN': '{gateway}不认识这台终端。这笔没有扣款，新的也收不了。店长看看设置里的终端号（{key}）。',
    en: '{gateway} does not know this terminal. This one was not charged, and no new one can be. Owner: check the terminal number in the settings ({key}).',
  },
  requestRefused: {
    'zh-CN': '{gateway}没有接受这笔请求。没有扣款。再扫一次；还不行就打电话给{gateway}。',
    en: '{gateway} did not accept this request. Nothing was taken. Scan again; if it stays so, call {gateway}.',
  },
  closed: {
    'zh-CN': '这一笔已经关闭。没有扣款。要付就再扫一次。',
    en: 'This payment was closed. Nothing was taken. Scan again to pay.',
  },
  neverArrived: {
    'zh-CN': '{gateway}没有收到这一笔。没有扣款。再扫一次。',
    en: '{gateway} never received this payment. Nothing was taken. Scan again.',
  },
  declinedOther: {
    'zh-CN': '{gateway}没有收成。没有扣款。请顾客换一个钱包，再扫。',
    en: '{gateway} did not take the payment. Nothing was taken. Ask for another wallet, then scan again.',
  },
  saleRefUsed: {
    'zh-CN': '单号 {key} 的一笔已经付了，或还没有结果。这次没有收款。先看那一笔。',
    en: 'The sale {key} is paid or still open. Nothing was charged this time. Look at that payment first.',
  },
  amountInvalid: {
    'zh-CN': '金额不对：{key}。没有收款。输数字，最多 {n} 位小数，不能是 0。',
    en: 'Not an amount: {key}. Nothing was charged. Type digits, at most {n} decimals, more than 0.',
  },
  trainingCodeOnly: {
    'zh-CN': '练习模式不收真钱。没有扣款。用模拟手机上的付款码。',
    en: 'Training takes no real money. Nothing was charged. Use a code of the simulated phone.',
  },
  receiptScanned: {
    'zh-CN': '这是小票 {key} 的码，不是付款码。没有收款。收款请扫顾客的付款码。',
    en: 'This is the code of receipt {key}, not a payment code. Nothing was charged. To sell, scan the customer’s payment code.',
  },
  scanExpired: {
    'zh-CN': '这个码是早些时候扫的。没有收款。请再扫一次。',
    en: 'This code was scanned a while ago. Nothing was charged. Scan again.',
  },
  recovering: {
    'zh-CN': '上次没有结果的正在查。没有收新的。查过一遍就可以收。',
    en: 'What was left open is being asked. Nothing new was charged. Selling begins when each was asked once.',
  },
  nothingToAsk: {
    'zh-CN': '这一笔已经有结果。钱没有变动。不用再问。',
    en: 'This payment has its outcome. No money moved now. Nothing needs to be asked.',
  },
  tooSoon: {
    'zh-CN': '刚刚问过。钱没有变动。过两秒再按。',
    en: 'It was asked a moment ago. No money moved. Press again in two seconds.',
  },
  cannotGiveUp: {
    'zh-CN': '这一笔现在不能撤销。钱没有变动。等结果。',
    en: 'This payment cannot be given up now. No money moved. Wait for its outcome.',
  },
  paymentNotFound: {
    'zh-CN': '账本里没有这一笔。没有收款。看看单号。',
    en: 'The journal has no such payment. Nothing was charged. Check the number.',
  },
  printerAbsent: {
    'zh-CN': '没有接小票机。收款不受影响，小票已存好。接上就能打。',
    en: 'No printer is set up. Payments are not affected and receipts are kept. Set one up to print.',
  },
  printerPermission: {
    'zh-CN': '没有权限用小票机。收款不受影响，小票已存好。把本机用户加进打印机组（{key}）。',
    en: 'The printer may not be used by this account. Payments are not affected and receipts are kept. Add this user to the printer’s group ({key}).',
  },
  printInterrupted: {
    'zh-CN': '小票只打了一半。收款不受影响。按 + 再打一张，会印“副本”。',
    en: 'The receipt was only half printed. The payment is not affected. Press + to print it again; it says copy.',
  },
  scannerAttention: {
    'zh-CN': '扫码枪用不了：{key}。没有收款受影响。修好会自动恢复；急的话手输付款码。',
    en: 'The scanner cannot be used: {key}. No payment is affected. It comes back by itself; in a hurry type the code.',
  },
  devicesRestarting: {
    'zh-CN': '扫码枪和小票机正在重新连接。没有收款受影响。等几秒。',
    en: 'Scanner and printer are being connected again. No payment is affected. Wait a few seconds.',
  },
  gatewaySilent: {
    'zh-CN': '{gateway}没有回答。没有结果的还在查，那些货先别交。看看网络。',
    en: '{gateway} does not answer. What is open is still being asked: keep those goods. Check the network.',
  },
  journalStoppedWithOpen: {
    'zh-CN': '账本写不进去（磁盘满或没有权限）。{n} 笔已经发出，结果未知，先别交货；现在不能收新的。清理磁盘，再按 Enter 重试。',
    en: 'The journal cannot be written (disk full or no permission). {n} sent already are not known yet: keep those goods, and no new sale can be made. Free some space, then press Enter.',
  },
  gatewayNotSet: {
    'zh-CN': '{gateway}没有设置。没有收款。店长在设置里填好。',
    en: '{gateway} is not set up. Nothing was charged. The owner sets it up.',
  },
  likelyDuplicate: {
    'zh-CN': '同一位顾客 10 分钟内付了两次 {amount}。可能多付了一次。问问顾客，多付的请店长退。',
    en: 'The same customer paid {amount} twice within 10 minutes. It may be one too many. Ask the customer; the owner gives one back.',
  },
  codeHashLost: {
    'zh-CN': '付款码的校验钥匙丢了。钱没有变动，但重复扫的码认不出来。多留意同一位顾客。',
    en: 'The key that recognises codes was lost. No money moved, but a code scanned twice is not noticed. Watch for the same customer.',
  },
  settingsWrong: {
    'zh-CN': 'settings.json 不对：{key}。没有收款。店长改好，再按 Enter。',
    en: 'settings.json is wrong: {key}. Nothing was charged. The owner corrects it, then press Enter.',
  },
  noReceiptYet: {
    'zh-CN': '这一笔没有付成，没有小票。钱没有变动。要凭据就打印凭据。',
    en: 'This payment is not paid, so it has no receipt. No money moved now. Print the evidence instead.',
  },
  saleAlreadyPaid: {
    'zh-CN': '这一笔已经付了。这次没有再收。接下一位请先输金额。',
    en: 'This sale is paid already. It was not charged again. Type the next amount first.',
  },
  journalRestored: {
    'zh-CN': '账本是旧的备份。缺的那一段要问网关。先对账，再收款。',
    en: 'The journal is an older backup. The missing part is at the gateways. Reconcile before you sell.',
  },
} as const;

export type MessageKey = keyof typeof messages;

/** One message with the values that its sentences name. Values are ready to show: no secret ever goes in. */
export interface Message {
  readonly key: MessageKey;
  readonly values: Readonly<Record<string, string>>;
}

export function message(key: MessageKey, values: Readonly<Record<string, string>> = {}): Message {
  return { key, values };
}

/** Names of gateways by id and language; the value `gateway` of a message is an id where it stands here. */
export type GatewayNames = Readonly<Record<string, Readonly<Record<'zh-CN' | 'en', string>>>>;

/** The message in one language. A value that is missing stays as its placeholder, so that a test finds it. */
export function messageText(said: Message, locale: 'zh-CN' | 'en', gatewayNames: GatewayNames = {}): string {
  return messages[said.key][locale].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = said.values[name];
    if (value === undefined) return whole;
    return name === 'gateway' && Object.hasOwn(gatewayNames, value) ? (gatewayNames[value]?.[locale] ?? value) : value;
  });
}

/** Every message of both languages, for the check that each has three sentences and the same values. */
export const allMessages: Readonly<Record<MessageKey, Readonly<Record<'zh-CN' | 'en', string>>>> = messages;
