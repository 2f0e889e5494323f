/** The page's style sheet: system faces, one scale of space, tones that hold 4.5:1 in light and dark, and paper. */
export const STYLES = `
:root{color-scheme:light dark;
--paper:#f6f7f8;--surface:#fff;--sunken:#f3f4f6;--ink:#171b21;--muted:#57606c;--line:#e4e7eb;--line-strong:#c3c9d1;--link:#1f5aa6;
--good:#17683f;--good-bg:#e4f4eb;--wait:#1f5aa6;--wait-bg:#e7f0fb;--warn:#835000;--warn-bg:#fdf0d9;--bad:#a5182a;--bad-bg:#fde9eb;--quiet:#535b66;--quiet-bg:#eceff2;
--bar:#5b86c4;--bar-after:#c4283c;--bar-related:#7d8794;--blind:#dde1e6;
--heat-0:#f0f2f4;--heat-1:#d5e3f5;--heat-2:#a9c7ea;--heat-3:#6c9bd2;--heat-4:#3a70b3;--heat-5:#1b4887;--heat-ink:#fff;
--mono:ui-monospace,SFMono-Regular,"Cascadia Mono","Segoe UI Mono",Menlo,Consolas,"Liberation Mono",monospace}
@media screen and (prefers-color-scheme:dark){:root{
--paper:#0f1216;--surface:#171b21;--sunken:#1d222a;--ink:#e7eaee;--muted:#9aa4b1;--line:#2a313a;--line-strong:#48515d;--link:#8db8f2;
--good:#6fd39e;--good-bg:#12301f;--wait:#8db8f2;--wait-bg:#152a45;--warn:#f0bd63;--warn-bg:#37280c;--bad:#ff939f;--bad-bg:#411318;--quiet:#a7b0bb;--quiet-bg:#252b33;
--bar:#5b86c4;--bar-after:#e4596a;--bar-related:#8b96a4;--blind:#353d47;
--heat-0:#1f252d;--heat-1:#1b3554;--heat-2:#234b7c;--heat-3:#3a6fb0;--heat-4:#699bd8;--heat-5:#a9cbf3;--heat-ink:#0b0f14}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
p,ul,ol,dl,dd,figure,h1,h2,h3{margin:0;padding:0}ul,ol{list-style:none}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:2px}
a:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
code{font-family:var(--mono);font-size:.92em}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.icon{width:1em;height:1em;flex:none;fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.none,.meta,small{color:var(--muted)}
.masthead,main,body>footer{max-width:1200px;margin:0 auto;padding-inline:28px}
.masthead{display:flex;flex-wrap:wrap;gap:4px 22px;padding-block:12px;color:var(--muted);font-size:12.5px}
.masthead .product{margin-right:auto;font-weight:650;color:var(--ink);letter-spacing:.01em}
.hero,.panel,.step{background:var(--surface);border:1px solid var(--line);border-radius:10px}
.hero{padding:14px 20px;margin-bottom:12px;border-left:5px solid var(--line-strong)}
.hero.good{border-left-color:var(--good)}.hero.wait{border-left-color:var(--wait)}.hero.warn{border-left-color:var(--warn)}.hero.bad{border-left-color:var(--bad)}
.hero.incident{background:var(--bad-bg);border:2px solid var(--bad);border-left-width:10px}
.eyebrow{color:var(--muted);font-size:12px;font-weight:400;letter-spacing:.02em;display:block}
h1{font-size:22px;line-height:1.2;font-weight:680;letter-spacing:-.015em;margin:2px 0 4px}
.hero .word{display:flex;flex-wrap:wrap;gap:2px 22px;font-size:22px;line-height:1.25;letter-spacing:-.01em}
.hero.incident .word{font-size:26px}.hero h1,.hero .headline{color:var(--ink)}.since span{margin-right:14px}
.hero .word span{display:flex;align-items:center;gap:8px}.hero .word strong{font-weight:700}
.hero .headline{font-size:15px;line-height:1.42;text-wrap:pretty;max-width:110ch}
.hero.charted{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.3fr);gap:8px 20px;align-items:center}
.chart-link{display:block;color:inherit;padding:4px 6px 0 20px;background:var(--surface);border-radius:8px}.chart-link svg{overflow:visible}.chart-link text{font-size:18px!important}
.glance{display:none}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:3px 14px;font-size:13px;margin-top:10px}
.facts dt{color:var(--muted)}
.good{color:var(--good)}.wait{color:var(--wait)}.warn{color:var(--warn)}.bad{color:var(--bad)}.quiet{color:var(--quiet)}
.steps{margin:0 0 18px}
.steps ol{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));background:var(--surface);border:1px solid var(--line);border-radius:10px;overflow:hidden}
.steps li+li{border-left:1px solid var(--line)}
.steps a{display:grid;gap:1px;padding:9px 14px;color:inherit;text-decoration:none;height:100%}
.steps a:hover .name{text-decoration:underline}
.steps .name{color:var(--ink);font-weight:600;font-size:13px}
.steps .state{display:flex;align-items:center;gap:5px;font-weight:600;font-size:13px}
.steps .good .state{color:var(--good)}.steps .wait .state{color:var(--wait)}.steps .warn .state{color:var(--warn)}.steps .bad .state{color:var(--bad)}
.steps .found{color:var(--muted);font-size:12px}
.first{display:grid;grid-template-columns:minmax(0,1.5fr) minmax(0,1.1fr) minmax(0,.8fr);gap:12px;align-items:start;margin-bottom:12px}
.panel{padding:12px 16px 12px;color:var(--ink);border-top:3px solid var(--line-strong)}
.panel.good{border-top-color:var(--good)}.panel.warn{border-top-color:var(--warn)}.panel.next{border-top-color:var(--wait)}
.panel h2{font-size:15px;font-weight:680;margin-bottom:5px;display:flex;gap:8px;align-items:baseline}
.panel .number{color:var(--muted);font-weight:500}
.panel li{padding:5px 0;border-top:1px solid var(--line);font-size:13px;line-height:1.4}
.panel li:first-child{border-top:0;padding-top:0}
.panel .line{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden;text-wrap:pretty}.panel details .line,.panel li:focus-within .line,.panel li:hover .line{-webkit-line-clamp:none}
.panel summary{border-top:1px solid var(--line)}.panel .all{font-size:13px;padding-top:5px;border-top:1px solid var(--line)}
summary{cursor:pointer;color:var(--link);font-size:13px;padding:5px 0 3px}
.ask{color:var(--ink)}.how{font-size:12px;color:var(--muted);margin-top:2px}
.command{display:inline-block;max-width:100%;vertical-align:bottom;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;user-select:all;background:var(--sunken);border:1px solid var(--line);border-radius:4px;padding:0 5px;color:var(--ink)}
.command:is(:focus,:hover,:active){white-space:pre-wrap}
.digest{display:inline-block;max-width:13ch;vertical-align:bottom;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.digest:is(:focus,:hover,:active){max-width:none;white-space:normal}
.filter{border:0;margin:10px 0 2px;padding:0;display:flex;flex-wrap:wrap;gap:6px}
.filter label{display:flex;gap:6px;align-items:center;font-size:13px;padding:4px 10px;border:1px solid var(--line-strong);border-radius:99px;cursor:pointer}
.filter label:has(:checked){background:var(--wait-bg);border-color:var(--wait)}.filter label:has(:focus-visible){outline:2px solid var(--link);outline-offset:2px}
.filter input{margin:0;accent-color:var(--wait)}
.todo>li{padding:9px 0;border-top:1px solid var(--line);font-size:13.5px}.todo>li:first-child{border-top:0}
.todo .about{font-size:12px;color:var(--muted)}
.todo ol{list-style:decimal;padding-left:22px}.todo ol li{padding:3px 0}.todo ol .line{font-size:13px}
.severity{font-size:11.5px;font-weight:650;color:var(--muted)}
.severity.critical,.severity.high{color:var(--bad)}.severity.medium{color:var(--warn)}
.step{padding:18px 20px 20px;margin-bottom:18px}
.step>header{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center;padding-bottom:10px;margin-bottom:2px;border-bottom:1px solid var(--line)}
.step h2{font-size:19px;font-weight:680;letter-spacing:-.01em}
.step>header p{color:var(--muted);font-size:13px;margin-left:auto}
h3{font-size:13.5px;font-weight:650;margin:18px 0 6px}
.chip{display:inline-flex;align-items:center;gap:5px;padding:1.5px 8px 1.5px 6px;border-radius:99px;font-size:12px;font-weight:600;line-height:1.4;background:var(--quiet-bg)}
.chip.good{background:var(--good-bg)}.chip.wait{background:var(--wait-bg)}.chip.warn{background:var(--warn-bg)}.chip.bad{background:var(--bad-bg)}
.table{overflow-x:auto}
table{border-collapse:collapse;table-layout:fixed;width:100%;font-size:13px;line-height:1.42}
th{font-weight:inherit;text-align:left}
thead th{color:var(--muted);font-size:12px;font-weight:600;padding:5px 12px 5px 0;border-bottom:1px solid var(--line-strong);white-space:nowrap}
tbody th,td{padding:8px 12px 8px 0;border-bottom:1px solid var(--line);vertical-align:top}
tbody tr:last-child>*{border-bottom:0}
.status{width:170px}.status .severity{display:block;margin:3px 0 0 7px}
details.unread{margin:8px 0}.unread summary{cursor:pointer}.unread dl{margin:6px 0 10px 18px}
.evidence{width:30%}.remedy{width:22%}.at{width:158px}.source{width:30%}.looked{width:120px}
.request{width:19%}
td p+p,th p+p{margin-top:3px}
.title{font-weight:620}
.meta{font-size:12px}.meta .id{margin-left:6px}
.id{font-family:var(--mono);font-size:11.5px;white-space:nowrap}time{white-space:nowrap}
.error{color:var(--bad)}
.pairs div{display:flex;gap:8px}.pairs dt{color:var(--muted);flex:0 0 auto;max-width:50%;font-size:12px}.pairs dd{min-width:0;font-size:12px}
#evidence tbody th,#evidence td{padding-block:3px}#evidence code{font-size:11px}th.sha,td.sha{width:150px}
.alarm{margin-top:12px;padding:9px 12px;background:var(--bad-bg);border-radius:8px}
.judgement{margin-top:12px;padding:12px 16px;background:var(--sunken);border-radius:8px}
.judgement .word{display:flex;gap:8px;align-items:center;font-weight:650}
.judgement ul{list-style:disc;padding-left:20px;margin:6px 0}
.judgement li{margin:2px 0}
.chart{display:block;width:100%;height:auto;font-family:inherit}
figcaption{display:flex;flex-wrap:wrap;gap:0 18px;align-items:baseline}
.legend{display:flex;flex-wrap:wrap;gap:2px 16px;color:var(--muted);font-size:12px}
.legend i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:6px}
i.bar{background:var(--bar)}i.bar-after{background:var(--bar-after)}i.bar-related{background:var(--bar-related);height:2px;vertical-align:middle}i.blind{background:var(--blind);border:1px solid var(--line-strong)}
i.status-pass{background:var(--good)}i.status-fail{background:var(--bar-after)}i.status-unknown{background:repeating-linear-gradient(45deg,var(--warn) 0 2px,var(--warn-bg) 2px 5px)}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:4px 24px}
body>footer{color:var(--muted);font-size:12px;padding-block:4px 28px}
@media screen and (max-width:860px){.first,.pair,.hero.charted{grid-template-columns:minmax(0,1fr)}.steps ol{grid-template-columns:repeat(3,minmax(0,1fr))}.steps li:nth-child(4){border-left:0}.steps li:nth-child(n+4){border-top:1px solid var(--line)}.masthead,main,body>footer{padding-inline:12px}.masthead{padding-block:8px;gap:2px 12px;font-size:11.5px}
.chart-link text{font-size:15px!important}.hero{padding:8px 12px}.masthead .product,.hero .eyebrow{display:none}
.glance{display:grid;grid-template-columns:1fr 1fr;gap:8px;margin-bottom:10px;font-size:12.5px;line-height:1.35}.glance li{background:var(--surface);border:1px solid var(--line);border-top:3px solid var(--good);border-radius:8px;padding:6px 10px}.glance li+li{border-top-color:var(--warn)}.glance .line{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
.hero .headline{font-size:14px}.hero .word,.hero.incident .word{font-size:20px}h1{font-size:18px}
.entries table,.entries tbody,.entries tr,.entries th,.entries td{display:block;width:auto}.entries thead{display:none}.entries tr{padding:8px 0;border-bottom:1px solid var(--line-strong)}.entries tbody th,.entries td{border:0;padding:2px 0}.entries tbody th p{display:inline-block}.entries .evidence::before{content:"Evidence"}.entries .remedy::before{content:"Remedy"}.entries td::before{display:block;color:var(--muted);font-size:11.5px;font-weight:600;margin-top:4px}
.table:not(.entries){overflow-x:auto}.table:not(.entries) table{min-width:560px}.step{padding:14px}.step>header p{margin-left:0}.facts{grid-template-columns:minmax(0,1fr);gap:0}.facts dd{margin-bottom:4px}}
@media screen and (max-width:520px){.chart-link text{font-size:26px!important}.steps ol{grid-template-columns:repeat(2,minmax(0,1fr))}.steps li{border-top:1px solid var(--line)}.steps li:nth-child(odd){border-left:0}.steps li:nth-child(4){border-left:1px solid var(--line)}}
@media (forced-colors:active){.hero.incident{border-color:Mark;border-width:4px 4px 4px 12px}.chip,.command,.filter label{border:1px solid}.filter label:has(:checked){outline:2px solid Highlight}.chart-link,.chart,.legend i{forced-color-adjust:none}}
`;
