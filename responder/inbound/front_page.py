"""The page at `/`: what this is, how it does, and what to do next. No names, no numbers."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.6 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
       color: #1a1a1a; background: #fff; }}
h1 {{ font-size: 1.4rem; }} h2 {{ font-size: 1.1rem; margin-top: 2rem; }}
pre {{ background: #f2f2f2; padding: .75rem; overflow-x: auto; }}
.state {{ padding: .5rem .75rem; border-left: .4rem solid; }}
.up {{ border-color: #1b7a3d; }} .down {{ border-color: #b3261e; }}
.en {{ color: #555; }}
@media (prefers-color-scheme: dark) {{
  body {{ color: #eee; background: #16181b; }} pre {{ background: #26292e; }} .en {{ color: #aaa; }}
}}
</style>
</head>
<body>
<h1>{name_zh} · 应急处置机器人 <span class="en">Responder</span></h1>
<p>发起事件即启动预案：呼叫关键岗位，递补决策，留下不可更改的处置记录。<br>
<span class="en">{name_en}: declare an incident and the plan is active. Key posts are paged,
decisions are handed down, and everything is kept on a record nobody can alter.</span></p>
<p class="state {style}">{state_zh}<br><span class="en">{state_en}</span></p>
<ul>{channels}</ul>
<h2>下一步 <span class="en">What to do next</span></h2>
<pre>{commands}</pre>
<p class="en">{release} · <a href="/readyz">/readyz</a> · <a href="/metrics">/metrics</a></p>
</body>
</html>
"""
SENDING = {
    "running": ("服务正常，消息正在外发。", "All is well; messages go out."),
    "halted": ("外发已被停止（halt）。", "Everything outgoing is halted."),
    "stopped": ("没有服务在外发消息。", "No engine is sending anything."),
}
CHANNELS = {
    "real": ("真实通道", "real"),
    "sandbox": ("沙箱：不会离开本机", "sandbox: nothing leaves this machine"),
    "by hand": ("由人联络", "done by a human"),
}


def front_page(
    name_zh: str, name_en: str, vitals: Mapping[str, Any], commands: Iterable[str], release: str
) -> str:
    """The page, in both languages, whoever looks."""
    zh, en = SENDING.get(
        str(vitals["sending"]), ("数据库没有应答。", "The database does not answer.")
    )
    good = vitals["ready"] and vitals["sending"] == "running"
    return PAGE.format(
        title=escape(f"{name_zh} · Responder"),
        name_zh=escape(name_zh),
        name_en=escape(name_en),
        style="up" if good else "down",
        state_zh=("✓ " if good else "✗ ") + escape(zh),
        state_en=escape("; ".join([en, *vitals["troubles"]])),
        channels="".join(_channel(name, kind) for name, kind in vitals["channels"].items()),
        commands=escape("\n".join(commands)),
        release=escape(release),
    )


def _channel(name: str, kind: str) -> str:
    zh, en = CHANNELS.get(kind, (kind, kind))
    return f'<li>{escape(name)}：{escape(zh)} <span class="en">{escape(en)}</span></li>'
