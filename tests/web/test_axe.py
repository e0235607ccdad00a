"""axe-core on every tab, light and dark: no serious or critical violation."""

from pathlib import Path

import pytest

from tests.web.conftest import Visit

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_tab_has_a_serious_violation(visit: Visit, scheme: str, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    visitor = visit(scheme=scheme)
    visitor.say("3月5日小王立案后也没个说法就把案子撤了，后来他主动承认并马上改正了")
    table = tmp_path / "台账.csv"
    table.write_text(
        "编号,案情\n1,小王立案后也没个说法就把案子撤了\n2,\n3,城管把早点摊的炉子收走了\n", encoding="utf-8"
    )
    visitor.bring(table)
    visitor.page.click("#batch-start")
    visitor.page.wait_for_selector("#batch-rows table")
    found = []
    for tab in visitor.tabs():
        visitor.open(tab)
        for violation in Axe().run(visitor.page).response["violations"]:
            places = [
                " ".join(map(str, node["target"])) + " " + node["failureSummary"] for node in violation["nodes"][:3]
            ]
            if violation["impact"] in GRAVE:
                found.append(f"{tab}: {violation['id']} ({violation['impact']}): {places}")
    assert found == []
