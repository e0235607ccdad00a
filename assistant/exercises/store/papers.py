"""Papers that a trainer keeps: built once, found again, edited, duplicated, deleted."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import BadInput
from assistant.exercises.model import Paper
from assistant.exercises.store.opening import Store
from assistant.exercises.store.tables import PaperRow

TITLE_LENGTH = 100
_CASES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A paper in a list: ``size`` is the number of its cases."""

    id: int
    title: str
    size: int
    created: datetime


class Papers:
    """All kept papers of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, paper: Paper) -> int:
        """Keep a new paper; its id. Raises BadInput for one without cases or with too many."""
        title, body = sealed(paper)
        row = PaperRow(title=title, body=body, size=len(paper.cases))
        with self._store.writing() as session:
            session.add(row)
            session.flush()
            return row.id

    def list(self) -> tuple[PaperLine, ...]:
        """All papers, the latest first."""
        columns = (PaperRow.id, PaperRow.title, PaperRow.size, PaperRow.created)
        with self._store.reading() as session:
            rows = session.execute(select(*columns).order_by(PaperRow.id.desc())).all()
        return tuple(PaperLine(id=row.id, title=row.title, size=row.size, created=row.created) for row in rows)

    def get(self, paper_id: int) -> Paper:
        """One paper; raises BadInput when it isn't there."""
        with self._store.reading() as session:
            return unsealed(_row(session, paper_id).body)

    def edit(self, paper_id: int, paper: Paper) -> None:
        """Put ``paper`` in the place of the kept one; rooms under way keep theirs. Raises BadInput."""
        title, body = sealed(paper)
        with self._store.writing() as session:
            row = _row(session, paper_id)
            row.title, row.body, row.size = title, body, len(paper.cases)

    def duplicate(self, paper_id: int) -> int:
        """Keep a copy, its title marked 副本; the copy's id. Raises BadInput when the paper isn't there."""
        paper = self.get(paper_id)
        title = f"{paper.title[: TITLE_LENGTH - 4]}（副本）"
        return self.keep(msgspec.structs.replace(paper, title=title))

    def delete(self, paper_id: int) -> None:
        """Delete a paper; rooms opened with it keep their copy. Raises BadInput when it isn't there."""
        with self._store.writing() as session:
            session.delete(_row(session, paper_id))


def sealed(paper: Paper) -> tuple[str, str]:
    """Title and JSON as kept; raises BadInput for a paper that cannot be used."""
    if not paper.cases and not paper.refused:
        raise BadInput(f"试卷“{paper.title}”里没有题目：请先出题")
    if len(paper.cases) > _CASES:
        raise BadInput(f"试卷有 {len(paper.cases)} 题：一份最多 {_CASES} 题，请分成几份")
    title = " ".join("".join(sign if sign.isprintable() else " " for sign in paper.title).split()) or "未命名试卷"
    if len(title) > TITLE_LENGTH:
        raise BadInput(f"试卷标题太长（{len(title)} 个字）：请写在 {TITLE_LENGTH} 个字以内")
    return title, msgspec.json.encode(msgspec.structs.replace(paper, title=title)).decode("utf-8")


def unsealed(body: str) -> Paper:
    """A kept paper; raises BadInput when its JSON is not of this program."""
    try:
        return msgspec.json.decode(body, type=Paper)
    except msgspec.MsgspecError as error:
        raise BadInput(f"库里的这份试卷读不懂：{error}") from None


def _row(session: Session, paper_id: int) -> PaperRow:
    row = session.get(PaperRow, paper_id)
    if row is None:
        raise BadInput("这份试卷已不在库里：请刷新列表")
    return row
