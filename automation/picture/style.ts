/** Colours by their use. Text has a contrast of 4.5 to 1 and more on each of the grounds that it stands on. */
const light = `
--ground:#f6f7f8;--card:#fff;--inset:#f6f7f8;--line:#d9dee3;--text:#1b2229;--quiet:#55606b;--link:#0b5cad;
--good:#13693a;--good-ground:#e3f3e8;--doubtful:#7a4b00;--doubtful-ground:#fdf0d2;--bad:#a8201a;--bad-ground:#fce8e6;
--quiet-ground:#eceff2;--bar:#5b7fa6;--bar-phase:#8fa3b8;--stage-1:#c3d3e6;--stage-2:#7ea3cd;--stage-3:#3c6ea8;
--bar-good:#3f9a62;--bar-bad:#cf3b33;--bar-unfinished:#c98a1b;`;
const dark = `
--ground:#11161b;--card:#192026;--inset:#141a20;--line:#303a44;--text:#e7ebee;--quiet:#a3b0bc;--link:#7db7f5;
--good:#6fd596;--good-ground:#143524;--doubtful:#f0c36a;--doubtful-ground:#3a2c0d;--bad:#ff9a92;--bad-ground:#431c1a;
--quiet-ground:#262f38;--bar:#7fa6d1;--bar-phase:#6f8296;--stage-1:#38506b;--stage-2:#5a86b8;--stage-3:#9cc4f0;
--bar-good:#4fae74;--bar-bad:#ef6a62;--bar-unfinished:#d9a441;`;

/** The look of the page. It names no font and no file that would have to be fetched. */
export const style = `
:root{color-scheme:light dark;${light}}
@media screen and (prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main,header,footer{max-width:1360px;margin:0 auto;padding:0 clamp(16px,3vw,40px)}
header{padding-top:clamp(20px,4vw,48px)}
h1{font-size:clamp(26px,4vw,36px);line-height:1.2;margin:0;letter-spacing:-.01em}
h2{font-size:20px;line-height:1.3;margin:40px 0 12px}
h3{font-size:15px;margin:0 0 8px}
h3 small{font-weight:400;color:var(--quiet);font-size:13px;margin-left:6px}
p,ul,dl,dd{margin:0;padding:0}
ul{list-style:none}
code{font:12.5px/1.5 ui-monospace,monospace}
.quiet,.empty,.kind,dt,.frame{color:var(--quiet)}
.kind{font-size:13px;margin-bottom:2px}
.title,.host-name,.run-head{display:flex;flex-wrap:wrap;align-items:center;gap:4px 10px}
.host-name .badge{margin-left:auto}
.badge{font-size:12px;line-height:1.4;font-weight:600;padding:2px 9px;border-radius:20px;white-space:normal}
.badge.good{color:var(--good);background:var(--good-ground)}
.badge.doubtful{color:var(--doubtful);background:var(--doubtful-ground)}
.badge.bad{color:var(--bad);background:var(--bad-ground)}
.badge.quiet{color:var(--quiet);background:var(--quiet-ground)}
.title .badge{font-size:14px;padding:3px 12px}
.card,.vpc,.service,.facts,.loose{background:var(--card);border:1px solid var(--line);border-radius:10px}
.card,.loose{padding:16px}
.facts{display:grid;grid-template-columns:repeat(10,1fr);gap:14px 24px;padding:16px;margin-top:20px}
.facts>div{grid-column:span 2}
.facts>.wide{grid-column:span 5}
.card .facts{border:0;padding:0;margin-top:12px;grid-template-columns:repeat(auto-fit,minmax(min(100%,200px),1fr))}
.card .facts>div{grid-column:auto}
dt{font-size:12.5px}
dd{font-variant-numeric:tabular-nums}
.remarks{margin-top:12px;padding:12px 16px;border-radius:10px;background:var(--doubtful-ground);color:var(--doubtful)}
.notice{margin:12px 0;padding:10px 14px;border-radius:8px;background:var(--doubtful-ground);color:var(--doubtful)}
.vpc{padding:16px;margin-bottom:16px}
.frame{font-size:13px;margin-bottom:10px}
.frame span{margin-left:8px;display:inline-block}
.zones{display:grid;gap:16px}
.zones.several{grid-template-columns:repeat(auto-fit,minmax(min(100%,330px),1fr))}
.subnet{background:var(--inset);border:1px solid var(--line);border-radius:8px;padding:12px}
.subnet+.subnet{margin-top:12px}
.hosts,.cards{display:grid;gap:10px;grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr))}
.host,.service{padding:12px 14px}
.host{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--bar-good);border-radius:8px}
.host.doubtful{border-left-color:var(--bar-unfinished)}
.host.bad{border-left-color:var(--bar-bad)}
.lacks{font-size:13px;margin-top:6px}
.small{display:grid;grid-template-columns:auto 1fr;gap:2px 12px;font-size:13px;margin-top:8px}
.small dt{font-size:13px}
.chips{display:flex;flex-wrap:wrap;gap:6px;margin-top:10px;font-size:12.5px}
.chips li{border:1px solid var(--line);border-radius:5px;padding:1px 8px;background:var(--inset)}
.chips .none{border-color:transparent;background:none;color:var(--quiet);padding-left:0}
.loose{margin-top:16px}
details>summary{cursor:pointer}
summary:focus-visible,button:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:4px}
.subnet details{margin-top:10px}
.subnet summary,.service summary{color:var(--link);font-size:13px}
.subnet details .hosts{margin-top:10px}
section>h3{margin:24px 0 10px}
details.card{padding:12px 16px;margin-top:8px}
details.card>summary{list-style:none}
details.card>summary::-webkit-details-marker{display:none}
details.card>summary .run-head::before{content:"▸";color:var(--quiet)}
details.card[open]>summary .run-head::before{content:"▾"}
.gantt{margin-top:14px;font-size:13px}
.gantt .row{display:grid;grid-template-columns:minmax(0,270px) minmax(0,1fr) 165px;gap:0 14px;align-items:center;min-height:24px;padding:1px 0}
.took{text-align:right;color:var(--quiet);font-variant-numeric:tabular-nums}
.gantt summary{font-weight:600;list-style:none}
.gantt summary::-webkit-details-marker{display:none}
.gantt summary .label::before{content:"▸";display:inline-block;width:16px;color:var(--quiet)}
.gantt details[open]>summary .label::before{content:"▾"}
.gantt details .rows .label{padding-left:32px}
.gantt>.rows{padding-bottom:6px;margin-bottom:6px;border-bottom:1px solid var(--line)}
.gantt>.rows .label{padding-left:16px}
.track{width:100%;height:18px;display:block;overflow:hidden}
.track line{stroke:var(--line);stroke-width:1}
.track text{fill:var(--quiet);font-size:11.5px}
rect.done{fill:var(--bar)}rect.phase{fill:var(--bar-phase)}rect.failed,rect.stopped{fill:var(--bar-bad)}
rect.unfinished{fill:var(--bar-unfinished)}rect.starting{fill:var(--stage-1)}rect.booting{fill:var(--stage-2)}
rect.joining{fill:var(--stage-3)}rect.ready{fill:var(--bar-good)}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;margin-top:12px;padding-left:16px;color:var(--quiet)}
.swatch{display:inline-block;width:12px;height:12px;border-radius:2px;margin-right:6px;vertical-align:-1px}
.swatch.starting{background:var(--stage-1)}.swatch.booting{background:var(--stage-2)}
.swatch.joining{background:var(--stage-3)}.swatch.ready{background:var(--bar-good)}
button{font:inherit;font-size:13px;color:var(--link);background:none;border:1px solid var(--line);border-radius:6px;padding:4px 12px;cursor:pointer}
.tools{margin-top:14px}
footer{padding-top:24px;padding-bottom:40px;font-size:13px;color:var(--quiet)}
@media (max-width:1040px){.zones.several{grid-template-columns:1fr}}
@media (max-width:960px){
.facts{grid-template-columns:repeat(2,1fr)}
.facts>div{grid-column:auto}
.facts>.wide{grid-column:1/-1}
}
@media (max-width:800px){
.gantt .row{grid-template-columns:minmax(0,1fr) auto;padding:4px 0}
.gantt .track{grid-row:2;grid-column:1/-1}
.gantt .axis{min-height:0}
.gantt .axis .took{display:none}
.host-name .badge{margin-left:0}
}
@media print{
@page{margin:14mm}
body{font-size:10.5pt;background:#fff}
.tools{display:none}
main,header,footer{max-width:none;padding:0}
details::details-content{content-visibility:visible;display:block;block-size:auto}
.host,.service,.gantt .row,.facts{break-inside:avoid}
h2,h3,summary{break-after:avoid}
.badge,rect,.swatch,.host,.chips li{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
