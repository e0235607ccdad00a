"""A record as it will stand in Word, shown on the page before it is taken away."""

from assistant.web.panels.linked import esc, lines
from assistant.web.record import Grid, Line, Record

NOTHING = (
    '<div class="record empty"><p role="status">还没有案情：先到“咨询研判”说说发生了什么，再回来做核查记录。</p></div>'
)


def record_panel(record: Record) -> str:
    """The whole record; every text in it is escaped."""
    body = "".join(
        f"<section><h3>{esc(section.title)}</h3>{''.join(map(_block, section.blocks))}</section>"
        for section in record.sections
    )
    return (
        f'<div class="record" tabindex="0" role="region" aria-label="核查记录预览"><p class="mark">{esc(record.mark)}</p>'
        f"<h2>{esc(record.title)}</h2><p><b>{esc(record.notice)}</b></p>{body}</div>"
    )


def _block(block: Line | Grid) -> str:
    if isinstance(block, Line):
        return f'<p class="{block.kind}">{lines(block.text)}</p>'
    heads = "".join(f"<th scope=col>{esc(head)}</th>" for head in block.heads)
    rows = "".join("<tr>" + "".join(f"<td>{lines(value)}</td>" for value in row) + "</tr>" for row in block.rows)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{esc(block.heads[0])}"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
