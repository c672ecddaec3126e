"""What a stranger who opens an evidence bundle reads: what it is, and what happened."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from responder.documents.timeline import line
from responder.domain.record import Entry
from responder.domain.site import Site

README = """\
{firm_zh} · {incident} · 存证包
{firm_en} · {incident} · evidence bundle

核验 / Verify
  python3 verify.py            Python 3.9+，不联网 / Python 3.9 or newer, no network

  完好则退出码为 0；否则为 1，并指出第一条有问题的记录或文件。
  Exit status 0 if nothing was changed; 1 if so, naming the first broken entry or file.
  请将所显示的签名公钥与机构公布的核对。
  Compare the key it prints with the one the firm made known.

内容 / What is here
  data/timeline.zh.txt         处置记录 / the record in Chinese
  data/timeline.en.txt         the same in English
  data/reports/                已报出的监管报告（PDF 与 JSON）/ reports submitted to regulators
  data/notices/                已签发的公告与各渠道全文 / released notices, as each outlet had them
  data/agreed-line.json        统一解释口径各版本与审批 / the agreed line, every version
  data/evidence.json           存证清单与保管交接 / the evidence, and who had custody when
  data/files/                  存证文件 / the files of evidence
  data/ledger.jsonl            处置记录原文与哈希链 / the entries as they are chained
  keys/                        公钥（PEM）/ the public keys
  signature.dsse.json          签名清单（DSSE，Ed25519）/ the signed list of all files
  signature.dsse.json.tsr      时间戳（RFC 3161），如有 / the time stamp of that, where there is one
  manifest-sha256.txt …        BagIt（RFC 8493），sha256sum -c manifest-sha256.txt
"""


def readme(incident: str, site: Site) -> str:
    """The text, for one incident of a firm."""
    firm = site.firm.name
    return README.format(firm_zh=firm.said("zh"), firm_en=firm.said("en"), incident=incident)


def timeline(entries: Iterable[Entry], site: Site, language: str) -> str:
    """A line an entry: its number, its time with the zone, what it says."""
    zone = ZoneInfo(site.time_zone)
    return "".join(
        f"{entry.seq}  {entry.at.astimezone(zone).isoformat(' ', 'seconds')}"
        f"  {' / '.join(line(entry, site, language).splitlines())}\n"
        for entry in entries
    )
