/** The look of the phone's page: 390 px wide as a phone, larger beside a counter for a real scanner. */

export const phoneStyle = `
:root { color-scheme: light; --counter: #E7EBE9; --paper: #FFFFFF; --ink: #101816; --ink2: #3F4A46; --edge: #75827C; --focus: #1A4FD6; --train: #5B2BB3; --module: 2px; --dot: 4px; }
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
body { background: var(--counter); color: var(--ink); font: 16px/1.35 Barlow, "Noto Sans SC", "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", system-ui, sans-serif; font-feature-settings: "tnum"; }
.band { background: var(--train); color: #FFFFFF; font-weight: 700; text-align: center; padding: 8px 16px 7px; min-height: 36px; }
main { width: 100%; max-width: 390px; margin: 0 auto; padding: 12px 16px 32px; display: grid; gap: 12px; }
fieldset { border: 0; padding: 0; min-width: 0; }
legend { font-weight: 700; font-size: 16px; padding: 0; margin-bottom: 9px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.card { background: var(--paper); border-radius: 8px; padding: 12px 16px 8px; overflow: hidden; }
.wallets { display: flex; }
.wallets label { flex: 0 1 auto; display: flex; align-items: center; gap: 7px; min-height: 44px; padding: 0 11px 0 9px; border: 2px solid transparent; border-radius: 6px; color: var(--ink2); cursor: pointer; white-space: nowrap; }
.mark { width: 24px; height: 24px; flex: none; border: 1.5px solid currentColor; display: grid; place-items: center; font-size: 13px; font-weight: 700; line-height: 1; }
.mark.wechat { border-radius: 50%; } .mark.alipay { border-radius: 4px; } .mark.unionpay { border-radius: 0 12px 0 0; }
label:has(input:checked) { border-color: var(--ink); color: var(--ink); font-weight: 700; }
.wallets input { position: absolute; opacity: 0; }
label:has(input:focus-visible), button:focus-visible, a:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.bars { display: block; height: 66px; width: calc(var(--bars, 154) * var(--module)); max-width: calc(100% + 32px); margin: 10px 50% 0; transform: translateX(-50%); image-rendering: pixelated; background: #FFFFFF; }
.digits { text-align: center; font-size: 19px; letter-spacing: 0.04em; margin: 6px 0 8px; white-space: nowrap; }
.lower { display: flex; align-items: center; gap: 14px; margin-left: -12px; }
.qr { display: block; width: calc(var(--dots, 29) * var(--dot)); height: calc(var(--dots, 29) * var(--dot)); image-rendering: pixelated; flex: none; }
.lower button { font: inherit; color: var(--ink2); background: none; border: 0; padding: 4px 6px; margin: 0 -6px; border-radius: 4px; cursor: pointer; display: block; text-align: left; }
.countdown { display: block; font-size: 28px; font-weight: 600; line-height: 1.1; color: var(--ink); }
.money { color: var(--ink2); margin-top: 6px; } .money b { color: var(--ink); font-weight: 600; }
.charge { background: var(--ink); color: #FFFFFF; border-radius: 8px; padding: 14px 16px; }
.charge.quiet { background: var(--paper); color: var(--ink2); }
.amount { font-size: 46px; font-weight: 600; line-height: 1.15; margin: 2px 0 12px; overflow-wrap: anywhere; }
.amount small { font-size: 0.52em; vertical-align: 0.62em; margin-right: 3px; font-weight: 600; }
.quiet .amount { font-size: 30px; color: var(--ink); margin: 0; }
.decide { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
.decide button { font: inherit; font-size: 18px; font-weight: 700; min-height: 48px; border-radius: 8px; border: 1.5px solid #FFFFFF; background: transparent; color: #FFFFFF; cursor: pointer; }
.decide button.pay { background: #FFFFFF; color: var(--ink); }
.charge button:focus-visible { outline-color: #8FB6FF; }
.shown { display: grid; gap: 8px; } .shown h2 { font-size: 16px; font-weight: 700; }
.shown button { font: inherit; font-weight: 600; text-align: left; min-height: 48px; padding: 4px 14px; border-radius: 8px; border: 1.5px solid var(--ink); background: var(--paper); color: var(--ink); cursor: pointer; overflow-wrap: anywhere; }
.choices { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
.choices label { display: flex; align-items: center; gap: 9px; min-height: 44px; padding: 4px 10px; background: var(--paper); border: 1px solid var(--edge); border-radius: 6px; line-height: 1.15; text-wrap: balance; cursor: pointer; }
.choices label:has(input:checked) { box-shadow: inset 0 0 0 1px var(--ink); }
.choices input { appearance: none; flex: none; width: 16px; height: 16px; border: 2px solid var(--ink); background: var(--paper); outline: none; }
.choices input[type="radio"] { border-radius: 50%; } .choices input[type="checkbox"] { border-radius: 2px; }
.choices input[type="radio"]:checked { border-width: 5px; }
.choices input[type="checkbox"]:checked { background: var(--ink) url("tick.svg") center / 12px no-repeat; }
.away { background: #FFF0C7; color: #6E4700; padding: 10px 12px; border-radius: 8px; }
.foot { color: var(--ink2); font-size: 15px; } .foot a { color: inherit; display: inline-block; padding: 8px 0; border-radius: 4px; }
@media (min-width: 900px) {
  :root { --module: 3px; --dot: 9px; }
  main { max-width: 1080px; grid-template-columns: 600px 1fr; column-gap: 24px; align-items: start; padding-top: 24px; }
  .card { grid-row: 1 / span 6; padding: 20px 24px 28px; }
  .bars { height: 120px; margin-top: 12px; }
  .digits { font-size: 26px; margin: 10px 0 12px; }
  .lower { margin-left: 0; gap: 24px; justify-content: center; }
  .countdown { font-size: 40px; }
}
@media (forced-colors: active) {
  .choices label:has(input:checked), .wallets label:has(input:checked) { border: 3px solid Highlight; }
  .choices input:checked { forced-color-adjust: none; }
  .bars, .qr { forced-color-adjust: none; }
}
`;

export const tickImage = '<svg xmlns="http://www.w3.org/2000/svg" width="12" height="12" viewBox="0 0 12 12"><path d="M2 6.2 4.8 9 10 3.2" fill="none" stroke="#fff" stroke-width="2"/></svg>';
