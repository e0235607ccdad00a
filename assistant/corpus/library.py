"""The regulations at hand: those that come with the program and those that its users brought.

A brought one is a folder ``<data>/regulations/<id>``: the file byte for byte as it came (``original.*``, its hash beside it), the text
read from it (``regulation.txt``) and ``source.yaml`` with that text's hash, the same form as in corpus/. A folder is written beside and
comes into force by one rename, so a failure leaves the library as it was.
"""

import datetime
import hashlib
import re
import shutil
import tempfile
from pathlib import Path

from assistant.corpus.files import read_file
from assistant.corpus.load import SOURCE, TEXT, load
from assistant.corpus.parser import Reading, parse, read
from assistant.corpus.regulation import Regulation
from assistant.errors import BadInput, Unavailable
from assistant.paths import corpus_dir

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_LONG, _EMPTY = 3000, 2


class Library:
    """Regulations in ``data_dir``/regulations beside the built-in ones of corpus/."""

    def __init__(self, data_dir: Path) -> None:
        self._home = data_dir / "regulations"

    def brought(self) -> list[str]:
        """Ids of the users' own regulations, sorted."""
        return sorted(p.name for p in self._home.glob("[!.]*") if (p / TEXT).is_file()) if self._home.is_dir() else []

    def built_in(self) -> list[str]:
        """Ids of the regulations in corpus/, sorted."""
        return sorted(path.parent.name for path in corpus_dir().glob(f"*/{SOURCE}"))

    def load(self, name: str) -> Regulation:
        """The regulation ``name``; raises BadInput saying which there are."""
        if name in self.brought():
            return load(self._home / name)
        if name in self.built_in():
            return load(name)
        raise BadInput(f"没有“{name}”这部制度：现有 {'、'.join([*self.built_in(), *self.brought()])}")

    def prepare(self, path: Path, name: str) -> tuple[bytes, str, Reading]:
        """What adding ``path`` as ``name`` would store: its bytes, its text and how the text reads; nothing is written."""
        if not _ID.fullmatch(name):
            raise BadInput(f"编号“{name}”不能用：只用小写字母、数字和短横线，例如 penalty-2010")
        if name in self.brought() or name in self.built_in():
            raise BadInput(f"编号“{name}”已经用过：请换一个，或先 corpus remove {name}")
        data, text = read_file(path)
        return data, text, read(text)

    def add(self, path: Path, name: str) -> Regulation:
        """Store ``path`` as ``name``; raises BadInput, BadRegulation for gaps and repeats in the numbering, Unavailable."""
        data, text, _ = self.prepare(path, name)
        stored = text.encode("utf-8")
        sha256 = hashlib.sha256(stored).hexdigest()
        regulation = parse(text, id=name, sha256=sha256)
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            draft = Path(tempfile.mkdtemp(prefix=".adding-", dir=self._home))
        except OSError as error:
            raise Unavailable(f"{self._home} 不能写入（{error.strerror}）：请换一个可写的数据文件夹") from None
        try:
            (draft / f"original{path.suffix.lower()}").write_bytes(data)
            (draft / "original.sha256").write_text(hashlib.sha256(data).hexdigest() + "\n", encoding="ascii")
            (draft / TEXT).write_bytes(stored)
            (draft / SOURCE).write_text(_source(regulation, sha256), encoding="utf-8")
            draft.rename(self._home / name)
        except OSError as error:
            shutil.rmtree(draft, ignore_errors=True)
            raise Unavailable(f"{self._home} 不能写入（{error.strerror}）：制度没有加入") from None
        return load(self._home / name)

    def remove(self, name: str) -> None:
        """Take a user's regulation out; raises BadInput for a built-in or unknown one."""
        if name in self.built_in():
            raise BadInput(f"“{name}”是程序自带的，不能去掉")
        if name not in self.brought():
            raise BadInput(f"没有“{name}”这部制度：自己加入的有 {'、'.join(self.brought()) or '（无）'}")
        (self._home / name / TEXT).unlink()  # from here on it is not listed
        shutil.rmtree(self._home / name)


def _source(regulation: Regulation, sha256: str) -> str:
    import yaml

    found: dict[str, str | datetime.date | None] = {
        "title": regulation.title or regulation.id,
        "issuer": regulation.issuer,
        "date": regulation.date,
        "sha256": sha256,
    }
    return yaml.safe_dump(found, allow_unicode=True, sort_keys=False)


def remarks(reading: Reading) -> list[str]:
    """What a person should look at before trusting a reading: numbering, empty and suspiciously long articles."""
    found = [str(problem) for problem in reading.problems]
    for article in reading.regulation.articles:
        if len(article.text) <= _EMPTY:
            found.append(f"{article.mark}没有内容")
        elif len(article.text) > _LONG:
            found.append(f"{article.mark}有 {len(article.text)} 个字，像是几条连在了一起")
        found += [f"{article.mark}{item.mark}没有内容" for item in article.items if len(item.text) <= _EMPTY]
    return found
