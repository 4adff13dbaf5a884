"""The certificate as one page of HTML to print: no script, nothing from outside, every value escaped."""

from collections.abc import Mapping

from jinja2 import Environment, select_autoescape
from onewindow_contracts.common import instant_text, share_text
from onewindow_contracts.entries import Codelist
from onewindow_contracts.models import housing as api

POLICY = "default-src 'none'; style-src 'unsafe-inline'"

_TEMPLATE = Environment(autoescape=select_autoescape(default=True, default_for_string=True)).from_string(
    """<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<title>不动产权证书</title>
<style>
  body { font: 16px/1.6 serif; max-width: 42em; margin: 3em auto; }
  h1 { text-align: center; letter-spacing: .5em; }
  table { width: 100%; border-collapse: collapse; }
  th, td { border: 1px solid #000; padding: .4em .8em; text-align: left; vertical-align: top; }
  th { width: 9em; font-weight: normal; }
  footer { margin-top: 2em; font-size: 13px; }
</style>
<h1>不动产权证书</h1>
<p>{{ c.certificate_number }}</p>
<table>
{% for label, value in lines %}<tr><th>{{ label }}</th><td>{{ value }}</td></tr>
{% endfor %}</table>
<footer>{{ c.authority }} · {{ issued }} · 核验编号 {{ c.id }}</footer>
</html>
"""
)


def page(certificate: api.Certificate, codelists: Mapping[str, Codelist]) -> str:
    """The certificate's page; codes are written out in Chinese as their lists say."""
    use = codelists["housing.uses"].codes.get(certificate.use)
    holders = (f"{h.name}（{share_text(h.share)}）" if h.share else h.name for h in certificate.holders)
    lines = [
        ("权利人", "、".join(holders)),
        ("共有情况", codelists["housing.ownership"].codes[certificate.ownership].zh),
        ("坐落", certificate.address),
        ("不动产单元号", certificate.unit_code),
        ("用途", use.zh if use else certificate.use),
        ("面积", f"{certificate.area_m2} 平方米"),
        ("登记日期", certificate.registered_on.isoformat()),
        ("抵押", f"{certificate.mortgages} 项" if certificate.mortgages else "无"),
        ("查封", "有" if certificate.frozen else "无"),
    ]
    return _TEMPLATE.render(c=certificate, lines=lines, issued=instant_text(certificate.issued_at))
