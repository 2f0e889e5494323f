/** What else holds on paper: light, A4, small type; what is folded stays so, and is told by its title. */
export const PAPER = `
@page{size:A4;margin:12mm 12mm 14mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#57606c}@bottom-left{font:8pt system-ui,sans-serif;color:#57606c}}
@media print{:root{color-scheme:light;--paper:#fff}
body{font-size:8.4pt;line-height:1.3;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.masthead,main,body>footer{max-width:none;padding-inline:0}.masthead{padding-block:0 6px;font-size:8pt}
.glance{display:none}.hero{padding:8px 12px;margin-bottom:8px}h1{font-size:14pt}.hero .word,.hero.incident .word{font-size:15pt}.hero .headline{font-size:9.4pt}.chart-link{padding:2px 4px 0}
.first{grid-template-columns:1.4fr 1fr .8fr;gap:8px;margin-bottom:8px}.panel{padding:7px 9px}.panel h2{font-size:9.4pt}.panel li{font-size:7.8pt;padding:3px 0;line-height:1.3}.panel .how,.panel .all,.panel summary{display:none}
.steps{margin-bottom:8px}.steps a{padding:4px 7px}.steps .name,.steps .state{font-size:7.6pt}.steps .found{font-size:7pt}
.step{border:0;border-radius:0;border-top:1.2pt solid var(--line-strong);padding:6px 0 0;margin-bottom:8px}
.step>header{padding-bottom:4px}.step h2{font-size:11pt}.step>header p{font-size:7.6pt}h3{font-size:8.6pt;margin:7px 0 2px}
.step>header,h3,thead{break-after:avoid}.step>header{break-inside:avoid}tr,figure,.judgement,.panel li,.hero,.todo ol li{break-inside:avoid}thead{display:table-header-group}
.filter,.data,.panel details,.todo summary{display:none}.todo details::details-content{content-visibility:visible;display:block;height:auto}
.todo>li{padding:3px 0;font-size:8pt}.todo ol .line{font-size:7.6pt}.todo ol li{padding:1px 0}.todo .about{font-size:7pt}.how{font-size:7pt;margin-top:0}
.command{white-space:normal;border:0;background:none;padding:0;font-size:6.6pt}
summary{color:inherit;font-size:7.6pt;padding:1px 0;list-style:none}
table{font-size:7.4pt;line-height:1.28}.table{overflow:visible}time,thead th{white-space:normal}thead th{font-size:7pt}.chip{font-size:6.8pt;padding:0 5px 0 4px;white-space:nowrap}.severity{font-size:7pt}.status .severity{margin:1px 0 0 5px}.meta,.pairs dt,.pairs dd{font-size:6.8pt}.id{font-size:6.6pt}
.pairs div{display:inline}.pairs div::after{content:" · ";color:var(--muted)}.pairs dt,.pairs dd{display:inline;max-width:none}.pairs dt::after{content:" "}
.entries .evidence,.entries .remedy,.go,.how:not(:has(.ask)){display:none}.entries::before{content:"Evidence and remedies: in the page, and in report.json.";font-size:6.8pt;color:var(--muted)}
.status{width:104px}.at{width:84px}.looked{width:70px}tbody th,td,thead th{padding:2px 7px 2px 0}.facts{font-size:7.8pt;gap:1px 10px;margin-top:4px}
.judgement{margin-top:6px;padding:6px 10px}.pair{gap:0 14px}
a{color:inherit;text-decoration:none}}
`;
