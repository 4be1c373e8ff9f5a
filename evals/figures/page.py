"""A page of a report: one file, light or dark as the reader's machine is, readable without scripts, loading nothing.

Whatever stands in a cell comes escaped: `text` does that, and `tag` takes what is HTML already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.show.words import UNSHOWABLE

STYLE = """
:root{color-scheme:light dark;--ink:#1c2126;--soft:#56606b;--line:#cfd5db;--paper:#fff;--band:#f3f5f7;
--first:#1f5f99;--second:#b3541e;--good:#1c6b3c;--bad:#a32424}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#a3adb8;--line:#434b54;--paper:#15181b;--band:#20252a;
--first:#7db7ea;--second:#eb9a63;--good:#7cc997;--bad:#f08e8e}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem;max-width:72rem;background:var(--paper);color:var(--ink);
font:15px/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif}
h1{font-size:1.6rem;margin:0 0 .3rem}h2{font-size:1.2rem;margin:2.2rem 0 .5rem;padding-top:.6rem;
border-top:1px solid var(--line)}h3{font-size:1rem;margin:1.2rem 0 .3rem}
p{max-width:48rem;margin:.3rem 0 .7rem}.soft{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad)}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.4rem 0 1rem}
td{white-space:nowrap}
th,td{padding:.25rem .7rem;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
th:first-child,td:first-child{text-align:left;padding-left:0;min-width:8.5rem;
white-space:normal}
nav{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin:.8rem 0}a{color:var(--first)}
thead th{color:var(--soft);font-weight:600}
.words td,.words th{text-align:left;white-space:normal;min-width:8.5rem}
.bar{display:inline-block;width:4.5rem;height:.6rem;margin-left:.5rem;background:var(--band);
border:1px solid var(--line);vertical-align:baseline}.bar i{display:block;height:100%;background:var(--first)}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(19rem,1fr));gap:1rem}
figure{margin:0;max-width:36rem}figure svg{width:100%;height:auto}figcaption{color:var(--soft)}
details{border-bottom:1px solid var(--line);padding:.35rem 0}summary{cursor:pointer}
summary:focus-visible,input:focus-visible,select:focus-visible{outline:2px solid var(--first);outline-offset:2px}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--band);padding:.7rem;margin:.4rem 0;
font:13px/1.45 ui-monospace,Menlo,Consolas,monospace;max-height:26rem;overflow-y:auto}
blockquote{max-width:48rem;margin:.2rem 0;padding:.1rem .8rem;border-left:3px solid var(--line)}
.tags{color:var(--soft);font-size:.85rem;margin-left:.5rem}ul{margin:.2rem 0;padding-left:1.2rem}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:1rem}@media (max-width:48rem){.sides{grid-template-columns:1fr}}
form{display:flex;flex-wrap:wrap;gap:1rem;align-items:center;margin:.6rem 0}
label{display:inline-flex;gap:.4rem;align-items:center}
input,select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);padding:.2rem .4rem}
.only-script{display:none}.script .only-script{display:flex}[hidden]{display:none}
@media print{pre{max-height:none}.only-script{display:none!important}}
"""
# The form hides what does not fit; without scripts it is not there, and every case is.
SCRIPT = """
document.documentElement.classList.add("script");
const form=document.getElementById("filter"),cases=[...document.querySelectorAll("details.case")];
if(form){const shown=document.getElementById("shown");
const apply=()=>{const words=form.words.value.toLowerCase().trim(),tag=form.tag.value,only=form.only.checked;let n=0;
for(const each of cases){const fits=(!words||each.textContent.toLowerCase().includes(words))
&&(!tag||each.dataset.tags.split("|").includes(tag))&&(!only||each.dataset.missed!=="0");each.hidden=!fits;n+=fits}
shown.textContent=n+" of "+cases.length};
form.addEventListener("input",apply);form.addEventListener("submit",event=>event.preventDefault());apply()}
"""


def page(title: str, body: str) -> str:
    """The whole file. `title` is text, `body` HTML."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Whatever a document or a model smuggled in: nothing is loaded, nothing is sent.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'; form-action 'none'\">\n"
        f"<title>{text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n<script>{SCRIPT}</script>\n"
        "</body>\n</html>\n"
    )


def text(words: str) -> str:
    """Text as HTML: escaped, without characters that act on a screen; lines stay."""
    return escape(UNSHOWABLE.sub("", words), quote=True)


def parts(sections: Mapping[str, Iterable[str]]) -> str:
    """Sections of HTML under their heads, those that hold nothing left out, with links to them before the first."""
    kept = {head: html for head, pieces in sections.items() if (html := "\n".join(pieces))}
    places = {head: re.sub(r"\W+", "-", head.lower()) for head in kept}
    links = "".join(f'<a href="#{places[head]}">{text(head)}</a>' for head in kept)
    body = (f'<h2 id="{places[head]}">{text(head)}</h2>\n{html}' for head, html in kept.items())
    return f"<nav>{links}</nav>\n" + "\n".join(body)


def tag(name: str, inner: str, css: str = "") -> str:
    """An element around HTML."""
    return f'<{name} class="{css}">{inner}</{name}>' if css else f"<{name}>{inner}</{name}>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], words: bool = False) -> str:
    """Heads are text, cells HTML; `words`: cells that hold words, not numbers."""
    top = "".join(tag("th", text(words)) for words in head)
    body = "\n".join(tag("tr", "".join(tag("td", cell) for cell in row)) for row in rows)
    css = ' class="words"' if words else ""
    return f'<div class="scroll"><table{css}><thead><tr>{top}</tr></thead>\n<tbody>{body}</tbody></table></div>'


def bar(value: float | None) -> str:
    """A share 0..1 as a small bar; nothing for what is undefined."""
    if value is None:
        return '<span class="bar" aria-hidden="true"></span>'
    width = round(100 * min(max(value, 0.0), 1.0))
    return f'<span class="bar" aria-hidden="true"><i style="width:{width}%"></i></span>'


def filter_form(tags: Iterable[str], only: str) -> str:
    """Above a list of cases; `only` says what the box leaves over."""
    options = "".join(f'<option value="{text(each)}">{text(each)}</option>' for each in tags)
    return (
        '<form id="filter" class="only-script"><label>words <input name="words" type="search"></label>'
        f'<label>tag <select name="tag"><option value="">all</option>{options}</select></label>'
        f'<label><input name="only" type="checkbox"> {text(only)}</label>'
        '<span id="shown" class="soft" aria-live="polite"></span></form>'
    )
