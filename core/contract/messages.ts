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
  paymentUnreadable: {
    'zh-CN': '账本里 {number} 读不出来，没有再查它。它收没收到钱不知道：先别交货，别重收。到网关的后台核对，并打电话给技术支持。',
    en: 'Payment {number} can’t be read from the journal, so nothing asks about it. Whether its money arrived is not known: keep its goods, charge nothing again. Look in the gateway’s portal, and call support.',
  },
  unreadableBefore: {
    'zh-CN': '{number} 是同一个码或同样的金额，账本里读不出来。这次没有收款。先到网关的后台看那一笔有没有付。',
    en: 'Payment {number}, of this code or amount, can’t be read from the journal. Nothing was charged. First see in the gateway’s portal whether that one was paid.',
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
  walletNotTakenShow: {
    'zh-CN': '没有网关收这种付款码。没有扣款。换微信、支付宝或云闪付，或按 * 出示二维码。',
    en: 'No gateway here takes this code. Nothing was taken. Use WeChat, Alipay or UnionPay, or press * to show a QR.',
  },
  walletNotShown: {
    'zh-CN': '{gateway}出示不了这个钱包的码。没有收款。换一个钱包，或按设置里的出示。',
    en: '{gateway} has no code for this wallet. Nothing was charged. Name another wallet, or none for what the settings say.',
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
  saidPaidAndNot: {
    'zh-CN': '{gateway}先说已付，又说没付。结果未知，先别交货，不要再收。按“要店长来看”办。',
    en: '{gateway} said paid, and then that it is not. Not known yet: keep the goods, do not charge again. Have the owner look.',
  },
  wrongKey: {
    'zh-CN': '{gateway}说密钥不对。这笔没有扣款，新的也收不了。店长改好设置里的密钥（{key}）。',
    en: '{gateway} says the key is wrong. This one was not charged, and no new one can be. Owner: correct the key in the settings ({key}).',
  },
  wrongKeyActivated: {
    'zh-CN': '{gateway}说密钥不对。这笔没有扣款，新的也收不了。店长到设置 2 重新激活。',
    en: '{gateway} says the key is wrong. This one was not charged, and no new one can be. Owner: Settings 2, activate again.',
  },
  keyRefusedActivated: {
    'zh-CN': '{gateway}不认现在的密钥，没有结果的也查不了。那些货先别交。店长到设置 2 重新激活。',
    en: '{gateway} refuses the key, so what is open cannot be asked about. Keep those goods. Owner: Settings 2, activate again.',
  },
  keyRefused: {
    'zh-CN': '{gateway}不认现在的密钥，没有结果的也查不了。那些货先别交。店长改好设置里的密钥（{key}）。',
    en: '{gateway} refuses the key, so what is open cannot be asked about. Keep those goods. Owner: correct the key in the settings ({key}).',
  },
  anotherTill: {
    'zh-CN': '终端号被另一台收银机用了，{gateway}不再认这一台。没有扣款，新的也收不了。请店长给每台机器各激活一个终端。',
    en: 'Another till uses this terminal number, so {gateway} no longer takes this one. This was not charged, and no new one can be. The owner activates a terminal for each till.',
  },
  clockOff: {
    'zh-CN': '本机时钟差了 {n} 分钟，{gateway}不接受。没有扣款。校准系统时间，再扫。',
    en: 'This till’s clock is {n} minutes off and {gateway} refuses it. Nothing was taken. Set the system time, then scan again.',
  },
  clockRefused: {
    'zh-CN': '{gateway}不接受本机报的时间。没有扣款。看看系统时间和网络，再扫。',
    en: '{gateway} refuses the time that this till sends. Nothing was taken. Check the system time and the network, then scan again.',
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
    'zh-CN': '撤销以后网关又说付了。顾客可能付了 {amount}。按 Enter 退款，或交货后由店长记录。',
    en: 'After the undo the gateway says paid. The customer may have paid {amount}. Enter refunds it; or hand over and let the owner record it.',
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
  journalOlder: {
    'zh-CN': '账本是旧版程序写的。数据都在，没有改动。打开一次收银程序，再看。',
    en: 'The journal was written by an older version. All data is there, unchanged. Open the till once, then look again.',
  },
  quitWithOpen: {
    'zh-CN': '还有 {n} 笔结果未知。钱可能已扣；退出后没人查，下次开机才接着查。按 Enter 继续等，按 − 仍然退出。',
    en: '{n} not known yet. They may be paid, and after quitting nobody asks until the next start. Enter keeps waiting, − quits anyway.',
  },
  paidAfterDecline: {
    'zh-CN': '{gateway}先说没付，现在又说付了 {amount}。顾客可能付了钱。按 Enter 退款，或交货后由店长记录。',
    en: '{gateway} had said not paid, and now says paid: {amount}. The customer may have paid. Enter refunds it; or hand over and let the owner record it.',
  },
  paidAfterGivingUp: {
    'zh-CN': '不等了以后网关说付了 {amount}。钱收到了。交货，或退给顾客：按 Enter。',
    en: 'After you stopped waiting the gateway says paid: {amount}. The money is here. Hand over the goods, or give it back: Enter.',
  },
  paidTwice: {
    'zh-CN': '同一笔又付了一次 {amount}。顾客可能付了两次。按 Enter 退一次。',
    en: 'This sale was paid a second time: {amount}. The customer may have paid twice. Enter gives one back.',
  },
  paidNotWanted: {
    'zh-CN': '记过另外付了，网关又说付了 {amount}。顾客可能付了两次。按 Enter 退一次。',
    en: 'It was noted as paid otherwise, and the gateway now says paid: {amount}. The customer may have paid twice. Enter gives one back.',
  },
  cannotUndo: {
    'zh-CN': '{gateway}没有给出结果，也不能撤销。钱可能已扣，先别交货。请店长打电话给{gateway}。',
    en: '{gateway} gave no outcome and has no undo. It may be paid: keep the goods. The owner calls {gateway}.',
  },
  cannotShow: {
    'zh-CN': '没有网关能出示二维码。没有收款。扫顾客的付款码，或收现金。',
    en: 'No gateway here can show a QR code. Nothing was charged. Scan the customer’s code, or take cash.',
  },
  noCodeToPrint: {
    'zh-CN': '这个二维码已经不能付了。没有打印，也没有收款。要收款就换一个新码。',
    en: 'This QR code can no longer be paid. Nothing was printed and nothing charged. Make a new code to charge.',
  },
  codeAsked: {
    'zh-CN': '正在向{gateway}要二维码。钱还没到，先别交货。码一来就请顾客扫。',
    en: '{gateway} is being asked for a QR code. No money has arrived: keep the goods. Ask the customer to scan it as soon as it is there.',
  },
  codeShown: {
    'zh-CN': '二维码已出示，顾客还没有付。钱还没到，先别交货。请顾客扫码付款。',
    en: 'The QR code is shown and not paid yet. No money has arrived: keep the goods. Ask the customer to scan it.',
  },
  codeScanned: {
    'zh-CN': '顾客已经扫了码，还没有付完。钱还没到，先别交货。请顾客在手机上确认。',
    en: 'The customer has scanned the QR code and has not paid yet. No money has arrived: keep the goods. The customer confirms on the phone.',
  },
  payerIsPaying: {
    'zh-CN': '这个二维码关不掉，{gateway}说有人正在付。钱可能会到：先别交货，也不要再收。等顾客付完或退出，我们接着查。',
    en: 'This QR code could not be closed, and {gateway} says that somebody is paying it right now. Money may still arrive: keep the goods, do not charge again. Let the customer finish or leave it; we keep asking.',
  },
  codeNotClosed: {
    'zh-CN': '这个二维码没能关掉，还没有人付。没有收到钱，先别交货。不用等，万一有人付了会提示。',
    en: 'This QR code could not be closed, and nobody has paid it. No money has arrived: keep the goods. No need to wait; should it be paid after all, you are told.',
  },
  codeNeverShown: {
    'zh-CN': '二维码没有拿到，没有出示过，也关不掉。没有收到钱，先别交货。重新收这一笔；万一有钱进来会提示。',
    en: 'The QR code never came, was shown to nobody, and could not be closed. No money is known of: keep the goods. Charge this sale anew; should money come in, you are told.',
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
    'zh-CN': '付款的那天已经过了，撤销不了。顾客可能付了 {amount}。按 Enter 退款，或请店长打电话给{gateway}。',
    en: 'The day of the payment is over, so it cannot be undone. The customer may have paid {amount}. Enter refunds it, or the owner calls {gateway}.',
  },
  terminalKeyRefused: {
    'zh-CN': '{gateway}不认这台收银机的密钥了。付没付还不知道，先别交货。请店长重新激活终端。',
    en: '{gateway} no longer takes this till’s key. Not known yet: keep the goods. The owner activates the terminal again.',
  },
  identityMissing: {
    'zh-CN': '这笔是用终端 {n}（{address}）收的，设置里没有它了。结果未知，先别交货。店长把它放回设置。',
    en: 'This one was sent under terminal {n} at {address}, which the settings no longer have. Not known yet: keep the goods. Owner: put it back.',
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
    'zh-CN': '{gateway}不认识本店或这台收银机的号码。这笔没有扣款，新的也收不了。店长看看设置里的号码（{key}）。',
    en: '{gateway} does not know the number of this shop or till. This one was not charged, and no new one can be. Owner: check the number in the settings ({key}).',
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
  paymentDisputed: {
    'zh-CN': '{gateway}通知：付款人对 {number} 拒付。这里没有动钱，但{gateway}可能会从店里扣回。到它的后台核对。',
    en: '{gateway} says that the payer disputes {number}. Nothing was moved here; {gateway} may take the money back from the shop. Look in its portal.',
  },
  paymentsDisputed: {
    'zh-CN': '{gateway}通知：有 {n} 笔被付款人拒付，最新的是 {number}。这里没有动钱，但{gateway}可能会从店里扣回。到它的后台核对。',
    en: '{gateway} says that payers dispute {n} payments, the newest {number}. Nothing was moved here; {gateway} may take the money back from the shop. Look in its portal.',
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
  settingsNotHere: {
    'zh-CN': '这里改不了设置。没有改动，收款不受影响。在收银机上改 settings.json，再重新打开本程序。',
    en: 'Settings can’t be changed here. Nothing was changed, and payments are not affected. Change settings.json on the till, then open the program again.',
  },
  settingsUnreadable: {
    'zh-CN': '设置文件现在读不出来（{key}）。没有改动，收款照旧。店长把 settings.json 改好，再回到这里。',
    en: 'The settings file can’t be read now ({key}). Nothing was changed, and payments go on. Owner: put settings.json right, then come back here.',
  },
  terminalActivated: {
    'zh-CN': '终端 {n} 已激活。密钥存在本机，不写进设置，也不会显示。新的收款从现在起用它。',
    en: 'Terminal {n} is active. Its key is kept on this machine, outside the settings, and never shown. New payments use it from now on.',
  },
  terminalActivatedNotSaved: {
    'zh-CN': '终端 {n} 已激活，但设置没有写进去。收款还和以前一样。检查磁盘，再用同一个激活码激活一次。',
    en: 'Terminal {n} is active, but the settings could not be written. Payments go on as before. Check the disk, then activate with the same code again.',
  },
  activationCodeRefused: {
    'zh-CN': '激活码不对，或者过期、用完了。什么都没有改，收款不受影响。再要一个激活码。',
    en: 'The code is wrong, too old or used up. Nothing was changed, and payments go on. Ask for another code.',
  },
  activationKeyRefused: {
    'zh-CN': '{gateway}不认服务商密钥。什么都没有改，收款不受影响。核对服务商号和密钥。',
    en: '{gateway} does not take the vendor’s key. Nothing was changed, and payments go on. Compare the vendor’s number and key.',
  },
  activationRefused: {
    'zh-CN': '{gateway}拒绝了激活。什么都没有改，收款不受影响。看右边的原话。',
    en: '{gateway} refused the activation. Nothing was changed, and payments go on. See its own words on the right.',
  },
  activationUnknown: {
    'zh-CN': '{gateway}没有可靠的回答。激活码可能用掉了一次，没有收款受影响。用同一个激活码再试一次。',
    en: '{gateway} gave no reliable answer. The code may have been used once; no payment is affected. Try the same code again.',
  },
  activationBusy: {
    'zh-CN': '{gateway}还有一笔没有结束。什么都没有改。等它有了结果，再激活。',
    en: 'A payment or refund at {gateway} is still under way. Nothing was changed. Activate once it has its outcome.',
  },
  terminalKeyNotKept: {
    'zh-CN': '密钥存不进本机。什么都没有用上，收款不受影响。检查磁盘和权限，再试一次。',
    en: 'The key can not be kept on this machine. Nothing was put to use, and payments go on. Check the disk and its permissions, then try again.',
  },
  settingsChangedMeanwhile: {
    'zh-CN': '设置文件刚被别处改过。这次没有保存，收款照旧。看看现在的内容，再改一次。',
    en: 'The settings file was changed elsewhere meanwhile. This was not saved, and payments go on. Look at what stands now, then change it again.',
  },
  settingsNotWritten: {
    'zh-CN': '设置写不进文件（磁盘满或没有权限）。没有改动，收款照旧。清理磁盘，再保存一次。',
    en: 'The settings can’t be written (disk full or no permission). Nothing was changed, and payments go on. Free some space, then save again.',
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
  refundTooMuch: {
    'zh-CN': '最多还能退 {max}。没有退款。改小金额。',
    en: 'At most {max} can still be refunded. Nothing was given back. Type a smaller amount.',
  },
  refundUnknown: {
    'zh-CN': '退款结果未知。不要给现金，否则会退两次。我们在查。',
    en: 'The refund’s outcome is not known yet. Give no cash, or it is refunded twice. We are asking.',
  },
  refundProbablyDone: {
    'zh-CN': '回答丢了；再发时{gateway}说没有这么多可退，第一次多半已退成。不要给现金，否则会退两次。店长在{gateway}的后台看，看到就记录结果。',
    en: 'The answer was lost, and {gateway} then said that so much is not left: the first one probably went through. Give no cash, or it is refunded twice. The owner looks in {gateway}’s portal and records what it shows.',
  },
  refundPending: {
    'zh-CN': '{gateway}已受理，还没退到。不要给现金，否则会退两次。我们一直在问。',
    en: '{gateway} accepted the refund; it has not arrived. Give no cash, or it is refunded twice. We keep asking.',
  },
  refundDone: {
    'zh-CN': '{amount} 已退。钱原路退回顾客的钱包。不用给现金。',
    en: '{amount} was refunded. The money goes back to the wallet it came from. Give no cash.',
  },
  refundCashDone: {
    'zh-CN': '{amount} 用现金退了。钱从钱箱里出。数好给顾客。',
    en: '{amount} was refunded in cash. The money comes out of the drawer. Count it out to the customer.',
  },
  refundOutsideDone: {
    'zh-CN': '{amount} 记为在别处退了。这里没有动钱。凭据留好。',
    en: '{amount} is recorded as given back elsewhere. No money moved here. Keep the proof.',
  },
  refundNotSupported: {
    'zh-CN': '{gateway}不能退款。钱没有退。在别处退了以后，到这里记一笔。',
    en: '{gateway} cannot refund. Nothing was given back. Give it back elsewhere, then record it here.',
  },
  refundSupported: {
    'zh-CN': '{gateway}能退款。没有记。请用退款，钱原路退回。',
    en: '{gateway} can refund. Nothing was recorded. Use Refund, so that the money goes back the way it came.',
  },
  refundReview: {
    'zh-CN': '退款还没有结果，要人来看。不要给现金，否则会退两次。请店长打电话给{gateway}。',
    en: 'The refund has no outcome, and a person must look. Give no cash, or it is refunded twice. The owner calls {gateway}.',
  },
  refundOpen: {
    'zh-CN': '这一笔有一个退款还没有结果。没有再退。有了结果，才能再退。',
    en: 'A refund of this payment has no outcome yet. Nothing more was given back. The next one waits for it.',
  },
  refundWhileUndoing: {
    'zh-CN': '这一笔正在撤销。没有退款。等撤销有了结果。',
    en: 'This payment is being undone. Nothing was given back. Wait for the undo to end.',
  },
  refundNotPaid: {
    'zh-CN': '这一笔没有付成。没有退款。没有钱可退。',
    en: 'This payment is not paid. Nothing was given back. There is nothing to refund.',
  },
  refundNotKnown: {
    'zh-CN': '这一笔还不知道付没付。没有退款。等结果，或请店长看。',
    en: 'It is not known whether this payment is paid. Nothing was given back. Wait for its outcome, or have the owner look.',
  },
  refundNothingLeft: {
    'zh-CN': '这一笔已经全退了。没有再退。看它的退款记录。',
    en: 'All of this payment was given back already. Nothing more was given back. Look at its refunds.',
  },
  refundWholeOnly: {
    'zh-CN': '这一笔只能全额退 {max}。没有退款。退全额，或不退。',
    en: 'Only all of it, {max}, can be refunded. Nothing was given back. Refund all of it or nothing.',
  },
  refundTooOld: {
    'zh-CN': '付款超过 {n} 天，{gateway}不退了。钱没有退。在别处退了以后，到这里记一笔。',
    en: 'The payment is more than {n} days old and {gateway} refunds it no more. Nothing was given back. Give it back elsewhere, then record it here.',
  },
  refundNoGatewayRef: {
    'zh-CN': '还不知道{gateway}的单号，退不了。没有退款。领班从商户后台抄来单号，再退。',
    en: 'The number at {gateway} is not known, so it cannot be refunded. Nothing was given back. A supervisor looks the number up in the portal first.',
  },
  refundIdentityMissing: {
    'zh-CN': '这笔是用终端 {n}（{address}）收的，设置里没有它了。没有退款。店长把它放回设置。',
    en: 'This one was sent under terminal {n} at {address}, which the settings no longer have. Nothing was given back. Owner: put it back.',
  },
  refundSameAmount: {
    'zh-CN': '刚给这一笔退过 {amount}。没有再退。还要再退一次就再按一次。',
    en: '{amount} of this payment was refunded a moment ago. Nothing more was given back. Ask once more to refund it again.',
  },
  refundRefusedAmount: {
    'zh-CN': '{gateway}说退的比剩下的多。没有退款。改小金额，或看看是不是退过了。',
    en: '{gateway} says that this is more than is left. Nothing was given back. Type less, or check whether it was refunded before.',
  },
  refundRefusedBalance: {
    'zh-CN': '本店在{gateway}的余额不够。没有退款。小票还给顾客，有了余额再退。',
    en: 'The shop’s balance at {gateway} is too low. Nothing was given back. Hand the receipt back: it can be refunded later.',
  },
  refundRefusedOld: {
    'zh-CN': '付款太久了，{gateway}不退了。没有退款。在别处退了以后，到这里记一笔。',
    en: 'The payment is too old and {gateway} refused. Nothing was given back. Give it back elsewhere, then record it here.',
  },
  refundRefusedState: {
    'zh-CN': '{gateway}说这一笔现在不能退。没有退款。看看是不是退过了，或打电话给{gateway}。',
    en: '{gateway} says that this payment cannot be refunded now. Nothing was given back. Check whether it was refunded before, or call {gateway}.',
  },
  refundRefusedUnknownOrder: {
    'zh-CN': '{gateway}找不到这一笔。没有退款。打电话给{gateway}，报单号。',
    en: '{gateway} does not find this payment. Nothing was given back. Call {gateway} with the number.',
  },
  refundRefusedOther: {
    'zh-CN': '{gateway}没有退成。没有退款。小票还给顾客，过一会儿再试。',
    en: '{gateway} did not refund it. Nothing was given back. Hand the receipt back and try again later.',
  },
  refundUnreachable: {
    'zh-CN': '连不上{gateway}，退款没有发出。没有退款。看看网络，再试一次。',
    en: '{gateway} cannot be reached and the refund was not sent. Nothing was given back. Check the network, then try again.',
  },
  refundSubmitting: {
    'zh-CN': '正在退款。钱还没退到，别给现金。等一下。',
    en: 'It is being refunded. The money has not gone back yet: give no cash. Wait a moment.',
  },
  refundSettledDone: {
    'zh-CN': '店长记为已经退了。钱不再从这里退。网关说的不一样，会重新打开。',
    en: 'Recorded as given back. Nothing more goes back from here. If the gateway says otherwise, it opens again.',
  },
  refundSettledNot: {
    'zh-CN': '店长记为没有退。钱没有退给顾客。要退就再退一次。',
    en: 'Recorded as not given back. The customer did not get the money. Refund it again if it is wanted.',
  },
  refundAfterRestore: {
    'zh-CN': '账本是旧的备份，可能已经退过。没有退款。先对账，再退。',
    en: 'The journal is an older backup, and this may be refunded already. Nothing was given back. Reconcile first, then refund.',
  },
  reasonMissing: {
    'zh-CN': '还没有选原因。没有退款。选一个原因。',
    en: 'No reason is chosen. Nothing was given back. Choose one.',
  },
  approvalSupervisor: {
    'zh-CN': '这要领班或店长同意。什么都没有做。请他输 PIN，或刷工牌。',
    en: 'This needs a supervisor or the owner. Nothing was done. They type a PIN or scan a badge.',
  },
  approvalOwner: {
    'zh-CN': '这要店长同意。什么都没有做。请店长输 PIN，或刷工牌。',
    en: 'This needs the owner. Nothing was done. The owner types a PIN or scans a badge.',
  },
  approvalCashier: {
    'zh-CN': '要知道是谁做的。什么都没有做。输 PIN，或刷工牌。',
    en: 'The journal must know who does this. Nothing was done. Type a PIN or scan a badge.',
  },
  wrongPin: {
    'zh-CN': 'PIN 不对，还能试 {n} 次。什么都没有做。再输一次。',
    en: 'Wrong PIN, {n} tries left. Nothing was done. Type it again.',
  },
  pinWait: {
    'zh-CN': 'PIN 错了太多次。什么都没有做。{n} 秒后再试，或刷工牌。',
    en: 'Too many wrong PINs. Nothing was done. Try again in {n} s, or scan a badge.',
  },
  badgeUnknown: {
    'zh-CN': '这个工牌不是本店的。什么都没有做。输 PIN，或请店长登记工牌。',
    en: 'This badge is nobody’s here. Nothing was done. Type a PIN, or have the owner register it.',
  },
  signInFirst: {
    'zh-CN': '还没有人上班。没有收款。输 PIN，或刷工牌。',
    en: 'Nobody is signed in. Nothing was charged. Type a PIN or scan a badge.',
  },
  tillLocked: {
    'zh-CN': '收银台锁着。没有收款。输 PIN，或刷工牌。',
    en: 'The till is locked. Nothing was charged. Type a PIN or scan a badge.',
  },
  shiftClosed: {
    'zh-CN': '还没有开班。没有收款。按 / 5 先开班。',
    en: 'No shift is open. Nothing was charged. Press / 5 and open one first.',
  },
  shiftAlreadyOpen: {
    'zh-CN': '班已经开了。钱没有变动。要换班先交班。',
    en: 'A shift is open already. No money moved. Close it before opening another.',
  },
  shiftNotOpen: {
    'zh-CN': '没有开着的班。钱没有变动。先开班。',
    en: 'No shift is open. No money moved. Open one first.',
  },
  countFirst: {
    'zh-CN': '还没有数钱。班还开着。先数钱箱，再交班。',
    en: 'The drawer has not been counted. The shift is still open. Count it, then close.',
  },
  recountUsed: {
    'zh-CN': '已经重数过一次。第二次数的算数。写下差额的原因。',
    en: 'It was recounted once already. The second count stands. Write down why it differs.',
  },
  differenceReasonMissing: {
    'zh-CN': '数得的和应有的不一样。班还开着。写下原因，再交班。',
    en: 'What was counted differs from what it should be. The shift is still open. Give a reason, then close.',
  },
  takingsTooMuch: {
    'zh-CN': '取出的比钱箱里的多。班还开着。改小取出的数。',
    en: 'More would be taken out than the drawer holds. The shift is still open. Take out less.',
  },
  cashOff: {
    'zh-CN': '本店不收现金。没有收款。扫顾客的付款码。',
    en: 'This shop takes no cash. Nothing was booked. Scan the customer’s code.',
  },
  cashShort: {
    'zh-CN': '还差 {x}。现金还没有记。再收 {x}，或让顾客扫码。',
    en: '{x} short. No cash is booked yet. Take {x} more, or let the customer scan.',
  },
  cashWhileOpen: {
    'zh-CN': '这一笔的扫码付款还没有结果。现金没有记。等结果，或按 + 放一边，再按 * 记“另外付过了”。',
    en: 'The scanned payment of this sale has no outcome yet. No cash is booked. Wait, or park it with + and note that it was paid otherwise.',
  },
  cashReturnTooLate: {
    'zh-CN': '后面已经收过钱了。现金没有退。用退款，从钱箱里给。',
    en: 'Another sale came after it. The cash was not taken back. Refund it out of the drawer instead.',
  },
  cashTaken: {
    'zh-CN': '现金已记。钱在钱箱里。找零给顾客。',
    en: 'The cash is booked. The money is in the drawer. Give the change.',
  },
  cashReturned: {
    'zh-CN': '现金改回去了。这一笔没有收现金。让顾客扫码，或重新收。',
    en: 'The cash was taken back. Nothing is booked for this sale. Let the customer scan, or take cash again.',
  },
  drawerNotOpened: {
    'zh-CN': '钱箱没开。现金已记好。用钥匙开，看钱箱线插好没有。',
    en: 'The drawer did not open. The cash is booked. Use its key, and check the drawer’s cable.',
  },
  notOurReceipt: {
    'zh-CN': '这张小票不在本机账本里。没有退款。我们在问{gateway}；退要领班同意。',
    en: 'This receipt is not in our journal. Nothing was given back. {gateway} is being asked; a supervisor must approve.',
  },
  lookUpNotFound: {
    'zh-CN': '没找到 {key}。没有退款。看看单号，或到收它的那台收银台退。',
    en: 'Nothing found for {key}. Nothing was given back. Check the number, or refund it at the till that took it.',
  },
  lookUpNotKnown: {
    'zh-CN': '{gateway}没有说清。没有退款。过一会儿再扫一次。',
    en: '{gateway} gave no clear answer. Nothing was given back. Scan it again in a while.',
  },
  foreignTouched: {
    'zh-CN': '{gateway}说这一笔退过、没付或已关。没有退款。到收它的那台收银台看。',
    en: '{gateway} says that this one was refunded, not paid, or closed. Nothing was given back. Look at the till that took it.',
  },
  lookUpExpired: {
    'zh-CN': '这是早些时候查的。没有退款。再扫一次小票。',
    en: 'This was looked up a while ago. Nothing was given back. Scan the receipt again.',
  },
  pinTooEasy: {
    'zh-CN': '这个 PIN 太容易猜。没有改。换一个。',
    en: 'This PIN is too easy to guess. Nothing was changed. Choose another.',
  },
  pinLength: {
    'zh-CN': 'PIN 要 {n} 位数字。没有改。再输一次。',
    en: 'A PIN has {n} digits. Nothing was changed. Type it again.',
  },
  badgeTaken: {
    'zh-CN': '这个工牌是别人的。没有改。换一个工牌。',
    en: 'This badge is somebody else’s. Nothing was changed. Take another badge.',
  },
  firstIsOwner: {
    'zh-CN': '第一个人要是店长。没有加。先加店长。',
    en: 'The first person must be the owner. Nobody was added. Add the owner first.',
  },
  lastOwner: {
    'zh-CN': '这是最后一个店长。没有改。先请另一个人当店长。',
    en: 'This is the last owner. Nothing was changed. Make somebody else an owner first.',
  },
  ownerPinFirst: {
    'zh-CN': '店长还没有 PIN。没有加。先给店长设 PIN。',
    en: 'The owner has no PIN yet. Nobody was added. Set the owner’s PIN first.',
  },
  personNotFound: {
    'zh-CN': '没有这个人。没有改。看看名单。',
    en: 'There is no such person. Nothing was changed. Look at the list.',
  },
  pinsLost: {
    'zh-CN': 'PIN 的钥匙丢了。钱没有变动，但谁的 PIN 都不认了。店长用工牌，或在这台电脑上重设 PIN。',
    en: 'The key of the PINs was lost. No money moved, but no PIN is recognised. The owner uses a badge, or sets PINs anew on this computer.',
  },
  settleNotOpen: {
    'zh-CN': '这一笔已经有结果。什么都没有记。看它的记录。',
    en: 'This one has its outcome already. Nothing was recorded. Look at its timeline.',
  },
  settledOtherwise: {
    'zh-CN': '上一次的结果已经记好了，和这一次不同。这一次没有记，钱没有变动。看它的记录；还开着，就再记一次。',
    en: 'The word before this one is recorded, and it was another one. This one was not recorded, and no money moved. Look at its timeline; if it is still open, record it again.',
  },
  settlePaidThere: {
    'zh-CN': '{gateway}刚说这笔已付。没有记成没付。货可以交；要退，就做退款；还是要记，再做一次。',
    en: '{gateway} has just said that this one is paid. It was not recorded as not paid. Hand over the goods, or give the money back with a refund; to record it all the same, do it again.',
  },
  settleReason: {
    'zh-CN': '还没有说怎么知道的。什么都没有记。选一个，或写一句话。',
    en: 'How it is known is missing. Nothing was recorded. Choose one, or write a sentence.',
  },
  settledPaid: {
    'zh-CN': '{name}记为付了 {amount}。网关没有确认，总数里单独列。货可以交。',
    en: '{name} recorded {amount} as paid. The gateway has not confirmed it, and totals list it apart. The goods may go.',
  },
  settledPaidConfirmed: {
    'zh-CN': '{name}记为付了 {amount}，{gateway}也说付了。总数里单独列。货可以交。',
    en: '{name} recorded {amount} as paid, and {gateway} says so too. Totals list it apart. The goods may go.',
  },
  settledNotPaid: {
    'zh-CN': '{name}记为没付。网关没有确认，总数里单独列。货留下。',
    en: '{name} recorded it as not paid. The gateway has not confirmed it, and totals list it apart. Keep the goods.',
  },
  historyMissing: {
    'zh-CN': '账本是旧的备份，这一笔后来的记录缺了。可能已付，也可能已撤销，先别交货。请店长打电话给{gateway}。',
    en: 'The journal is an older backup, and the later rows of this one are missing. It may be paid, or undone: keep the goods. The owner calls {gateway}.',
  },
  settledContradicted: {
    'zh-CN': '{name}记过结果，网关现在说的不一样：{amount}。顾客可能付了。请店长再看。',
    en: '{name} had recorded an outcome, and the gateway now says otherwise: {amount}. The customer may have paid. The owner looks again.',
  },
  drawerMovedOtherwise: {
    'zh-CN': '上一次的存取已经记好了，和这一次不同。这一次没有记，钱箱的账没有再变。看 X 报告，还要记就再记一次。',
    en: 'The cash movement before this one is booked, and it was another one. This one was not booked, and the drawer’s sum is as it was. Look at the X report, then book it if it is still due.',
  },
  backupFailed: {
    'zh-CN': '备份写不到{folder}。收款和交班都不受影响。插好 U 盘，下次交班会再写。',
    en: 'The backup could not be written to {folder}. Sales and the close are not affected. Plug the stick in; the next close writes again.',
  },
  notificationsPortTaken: {
    'zh-CN': '网关的通知收不到：{place} 被另一个程序占着。收款和退款照常，结果由收银机自己去问。关掉那个程序，或在 settings.json 改 notifications.port。',
    en: 'Notices from gateways cannot come in: another program has {place}. Sales and refunds go on, the till asks by itself. Close that program, or change notifications.port in settings.json.',
  },
  notificationsNotTaken: {
    'zh-CN': '网关的通知收不到：{place} 用不了。收款和退款照常，结果由收银机自己去问。在 settings.json 核对 notifications。',
    en: 'Notices from gateways cannot come in: {place} cannot be used. Sales and refunds go on, the till asks by itself. Check notifications in settings.json.',
  },
  statementUnreadable: {
    'zh-CN': '这个文件认不出金额列。账本没有改动。选出哪一列是金额，或换一个文件。',
    en: 'No amount column was recognised in this file. The journal is unchanged. Choose the column, or take another file.',
  },
  statementNotRead: {
    'zh-CN': '这个文件读不了。账本没有改动。换一个文件，或从商户后台再下载一次。',
    en: 'This file cannot be read. The journal is unchanged. Take another file, or download it again from the portal.',
  },
  statementNoUnit: {
    'zh-CN': '不知道金额是元还是分。账本没有改动。选一个单位，再核对。',
    en: 'Whether the amounts are yuan or fen is not known. The journal is unchanged. Choose the unit, then match.',
  },
  exportFailed: {
    'zh-CN': '文件写不到{folder}。账本没有改动，没写完的文件已删掉。换一个文件夹，或腾出空间。',
    en: 'The file could not be written to {folder}. The journal is unchanged and the unfinished file is gone. Choose another folder, or free some space.',
  },
  exportDone: {
    'zh-CN': '已导出 {n} 行。账本没有改动。文件在 {folder}。',
    en: '{n} rows exported. The journal is unchanged. The file is {folder}.',
  },
  exportDoneElsewhere: {
    'zh-CN': '{gone} 不在了。已导出 {n} 行，账本没有改动。文件在 {folder}。',
    en: '{gone} is not there any more. {n} rows were exported, and the journal is unchanged. The file is {folder}.',
  },
  exportCancelled: {
    'zh-CN': '导出取消了。账本没有改动。没写完的文件已删掉。',
    en: 'The export was cancelled. The journal is unchanged. The unfinished file was removed.',
  },
  taskBusy: {
    'zh-CN': '同样的工作正在做。账本没有改动。等它做完，或取消它。',
    en: 'The same work is running already. The journal is unchanged. Wait for it, or cancel it.',
  },
  reconcileDone: {
    'zh-CN': '核对了 {n} 行。账本没有改动。看看不一样的。',
    en: '{n} rows were matched. The journal is unchanged. Look at what differs.',
  },
  zPrintedLater: {
    'zh-CN': 'Z 报告还没打。班已交，号码有效。按 + 再打。',
    en: 'The Z report is not printed. The shift is closed and the number stands. Press + to print it.',
  },
  zNotFound: {
    'zh-CN': '没有这个 Z 报告。账本没有改动。看看号码。',
    en: 'There is no such Z report. The journal is unchanged. Check the number.',
  },
  refundWaitsForOutcome: {
    'zh-CN': '上一笔退款还没有结果。这一次扫码没有退款。等结果，或按 + 放一边。',
    en: 'The refund on screen has no outcome yet. This scan gave nothing back. Wait, or press + to park it.',
  },
  notCashPayment: {
    'zh-CN': '这一笔不是现金。什么都没有改。用退款。',
    en: 'This one was not paid in cash. Nothing was changed. Use Refund.',
  },
  restoredWorld: {
    'zh-CN': '账本是旧的备份：比上次交班少 {n} 条。收款照常；退款先停。店长先对账。',
    en: 'The journal is an older backup, {n} entries behind the last close. Sales go on; refunds wait. The owner reconciles first.',
  },
  restoredDays: {
    'zh-CN': '{gateway}的退款还停着。收款照常。对账单要包括 {from} 到 {to}：下载这几天的，再对一次。',
    en: 'Refunds at {gateway} still wait. Sales go on. Its statement must cover {from} to {to}: take those days, and match again.',
  },
  restoredNotAll: {
    'zh-CN': '这份{gateway}对账单里少了这台的收款或退款。收款照常，退款还停着。请下载同一商户号的完整对账单，再对一次。',
    en: 'This statement of {gateway} lacks payments or refunds of this till. Sales go on; refunds still wait. Take the whole one of the same merchant number, and match again.',
  },
  restoredNotHeld: {
    'zh-CN': '{gateway}的对账单上有一笔退款，这里找不到它的收款。收款照常，退款还停着。打电话给技术支持。',
    en: 'The statement of {gateway} has a refund that fits no payment here. Sales go on; refunds still wait. Call support.',
  },
  onStatement: {
    'zh-CN': '{gateway}的对账单上有这一笔 {amount}，这里记的是没付。顾客可能付了。请店长看，或退给顾客。',
    en: 'The statement of {gateway} has this one, {amount}, which ended here as not paid. The customer may have paid. The owner looks, or refunds it.',
  },
  refundWrongKeyActivated: {
    'zh-CN': '{gateway}说密钥不对。没有退款。店长到设置 2 重新激活，再退。',
    en: '{gateway} says the key is wrong. Nothing was given back. Owner: Settings 2, activate again, then refund.',
  },
  refundNumberUnknown: {
    'zh-CN': '{gateway}不认识本店或这台收银机的号码。没有退款。店长看看设置里的号码（{key}），再退。',
    en: '{gateway} does not know the number of this shop or till. Nothing was given back. Owner: check the number in the settings ({key}), then refund.',
  },
  refundClockOff: {
    'zh-CN': '{gateway}不接受本机报的时间。没有退款。看看系统时间和网络，再退。',
    en: '{gateway} refuses the time that this till sends. Nothing was given back. Check the system time and the network, then refund.',
  },
  refundMerchantBlocked: {
    'zh-CN': '{gateway}停用了本店的商户号。没有退款。打电话给{gateway}，小票还给顾客。',
    en: '{gateway} has suspended this shop. Nothing was given back. Call {gateway}, and hand the receipt back.',
  },
  refundWrongKey: {
    'zh-CN': '{gateway}说密钥不对。没有退款。店长改好设置里的密钥（{key}），再退。',
    en: '{gateway} says the key is wrong. Nothing was given back. Owner: correct the key in the settings ({key}), then refund.',
  },
  refundIdentityMissingOpen: {
    'zh-CN': '这个退款是用终端 {n}（{address}）发的，设置里没有它了。不要给现金，否则会退两次。店长把它放回设置。',
    en: 'This refund was sent under terminal {n} at {address}, which the settings no longer have. Give no cash, or it is refunded twice. Owner: put it back.',
  },
  pinNotChecked: {
    'zh-CN': '现在查不了 PIN。什么都没有做。用工牌，或重新打开收银程序。',
    en: 'PINs cannot be checked now. Nothing was done. Use a badge, or start the till again.',
  },
  exportTooLarge: {
    'zh-CN': '{n} 行太多，这种文件最多 {most} 行。账本没有改动。选短一点的日期，或导出 CSV。',
    en: '{n} rows are too many: this kind of file takes {most}. The journal is unchanged. Choose fewer days, or export CSV.',
  },
  reconcileCancelled: {
    'zh-CN': '核对取消了。账本没有改动。要结果就再核对一次。',
    en: 'The match was cancelled. The journal is unchanged. Match again to see the result.',
  },
  settleAsking: {
    'zh-CN': '正在问网关。什么都没有记。等它回答，再记。',
    en: 'The gateway is being asked right now. Nothing was recorded. Wait for its answer, then record.',
  },
  refundOnlyRecorded: {
    'zh-CN': '这一笔是店长记为付了的，{gateway}没有确认。没有退款。在别处退了以后，到这里记一笔。',
    en: 'This one was recorded as paid by a person; {gateway} never confirmed it. Nothing was given back. Give it back elsewhere, then record it here.',
  },
  foreignLookUp: {
    'zh-CN': '这是别的收银台收的。没有退款。扫它的小票，先问网关。',
    en: 'Another till took this one. Nothing was given back. Scan its receipt, so that the gateway is asked first.',
  },
  badgeTooShort: {
    'zh-CN': '这个工牌的号码太短。没有改。换一个工牌。',
    en: 'The number on this badge is too short. Nothing was changed. Take another badge.',
  },
  orderNumberNotWanted: {
    'zh-CN': '这一笔不缺{gateway}的单号。什么都没有记。看它的记录。',
    en: 'This payment lacks no number of {gateway}’s. Nothing was recorded. Look at its timeline.',
  },
  orderNumberTaken: {
    'zh-CN': '这个号是另一笔的。什么都没有记。从商户后台重新抄一遍。',
    en: 'This number belongs to another payment here. Nothing was recorded. Copy it from the portal again.',
  },
  orderNumberFormat: {
    'zh-CN': '这不是{gateway}的单号。什么都没有记。从商户后台抄订单号，不要抄付款码。',
    en: 'This is no order number of {gateway}’s. Nothing was recorded. Copy the order number from the portal, never a payment code.',
  },
  orderNumberAsking: {
    'zh-CN': '单号记下了，正在问{gateway}。钱的结果没有变。等它回答。',
    en: 'The number is noted, and {gateway} is being asked. Nothing about the money has changed. Wait for its answer.',
  },
  orderNumberFound: {
    'zh-CN': '{gateway}确认这个单号是这一笔的。以{gateway}说的结果为准。现在可以查询，付了的可以退款。',
    en: '{gateway} confirmed that the number is this payment’s. The outcome is what {gateway} says. It can be asked about now, and refunded once paid.',
  },
  orderNumberWrong: {
    'zh-CN': '{gateway}说这个单号不是这一笔的。钱的结果没有变，号码不算数。从商户后台重新抄一遍。',
    en: '{gateway} says that this number is not this payment’s. Nothing about the money has changed, and the number is forgotten. Copy it from the portal again.',
  },
  orderNumberUnanswered: {
    'zh-CN': '{gateway}没有回答这个单号。钱的结果没有变，号码不算数。过一会儿再录入。',
    en: '{gateway} gave no answer about this number. Nothing about the money has changed, and the number is forgotten. Enter it again later.',
  },
  tillEnding: {
    'zh-CN': '收银程序正在退出。没有做任何事。重新打开再做。',
    en: 'The till is closing. Nothing was done. Open it again first.',
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
