"""The report in a browser: figures, captions, ledger, statistics and configuration are there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from mbl.catalogue import catalogue
from mbl.ledger.verdicts import Word
from mbl.registry import Claim, Figure

pytestmark = [pytest.mark.workflow, pytest.mark.browser]

LEDGER = list(catalogue()[Claim].values())
DEBIAN = "apt-get install chromium chromium-driver"
SWITCHES = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--window-size=1600,1000"
)


def install_browser():
    """On the throw-away machines of continuous integration the browser may be missing."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get -qq update", f"{DEBIAN} -qq -y --no-install-recommends"):
        subprocess.run(command.split(), env=environment, check=True, capture_output=True)


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    if os.environ.get("CI") == "true" and os.geteuid() == 0 and not shutil.which("chromedriver"):
        install_browser()
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (chromium and driver):
        pytest.skip(f"needs Chromium and its driver: {DEBIAN}")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for switch in SWITCHES.split():
        options.add_argument(switch)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(options, Service(driver))
    yield opened
    opened.quit()


@pytest.fixture(scope="module")
def report(published, browser):
    browser.get((published.results / "smoke" / "report.html").as_uri())
    wait(browser, "return document.querySelectorAll('nav li').length > 5")
    return browser


def wait(browser, script, *arguments):
    """Value of a script once it is true."""
    return WebDriverWait(browser, 20).until(lambda b: b.execute_script(script, *arguments))


def click(browser, by, what):
    """Click once it is there: after each click the page draws its menu anew."""
    redrawn = (NoSuchElementException, StaleElementReferenceException)
    WebDriverWait(browser, 20, ignored_exceptions=redrawn).until(
        lambda b: b.find_element(by, what).click() or True
    )


def results(browser):
    return browser.execute_script("return results")


def look_at(browser, path, kind):
    browser.execute_script(
        "app.setView({navbarMode: 'resultinfo', resultPath: arguments[0], content: arguments[1],"
        " contentPath: results[arguments[0]].data_uri})",
        path,
        kind,
    )


def caption(name):
    """Title and text of a figure's caption."""
    figure = catalogue()[Figure][name]
    return figure.title.removesuffix("."), " ".join(figure.text.split())


def test_every_figure_is_displayed_with_what_the_paper_shows_and_what_we_find(report):
    figures = {path for path, result in results(report).items() if path.endswith(".svg")}
    assert figures == {f"results/smoke/figures/{name}.svg" for name in catalogue()[Figure]}
    for path in sorted(figures):
        *_, paper, name = Path(path).with_suffix("").parts
        look_at(report, path, "img")
        size = "let i = document.querySelector('#app img[src^=\"data:image/svg\"]:not(nav img)');"
        size += "return i && i.src == results[arguments[0]].data_uri && i.complete ? "
        size += "i.naturalWidth : 0"
        assert wait(report, size, path) > 300
        shown = " ".join(report.find_element(By.CSS_SELECTOR, "nav li.prose").text.split())
        assert all(part in shown for part in caption(f"{paper}/{name}"))
        claims = [claim for claim in LEDGER if claim.figure == f"{paper}/{name}"]
        for claim in claims:
            assert claim.title in shown
        found = shown.partition("What we find.")[2] or shown
        assert claims or "No claim of the ledger rests on this figure." in found
        words = [f"{str(word).capitalize()}:" for word in Word]
        assert sum(found.count(word) for word in words) == len(claims)
        assert "System Message" not in shown  # as docutils reports markup that it cannot read


def test_clicks_lead_from_the_landing_page_to_a_figure(report):
    report.refresh()
    wait(report, "return document.querySelectorAll('nav li').length > 5")
    assert report.find_element(By.TAG_NAME, "h1").is_displayed()
    heading = report.find_element(By.CSS_SELECTOR, ".prose h1")
    assert heading.text == "Many-body localization, figure by figure"
    assert heading.rect["y"] >= 0
    empirical = sum(not claim.exact for claim in LEDGER)
    assert f"{empirical} empirical claims: " in report.find_element(By.CSS_SELECTOR, ".prose").text
    click(report, By.PARTIAL_LINK_TEXT, "couplings")
    wait(report, "return document.querySelector('.grow img')?.naturalWidth > 0")
    shown = report.find_element(By.CSS_SELECTOR, "nav li.prose").text
    assert all(part in " ".join(shown.split()) for part in caption("huse2014/couplings"))
    click(report, By.LINK_TEXT, "ledger")
    click(report, By.XPATH, "//nav//tr[contains(., 'claims and verdicts')]//a")  # the eye
    wait(report, "return document.querySelector('iframe') !== null")


def test_the_ledger_is_a_table_of_all_claims(report):
    look_at(report, "results/smoke/claims.html", "html")
    frame = wait(report, "return document.querySelector('iframe')")
    report.switch_to.frame(frame)
    try:
        assert len(report.find_elements(By.CSS_SELECTOR, "tbody tr")) == len(LEDGER)
        verdicts = report.find_elements(By.CSS_SELECTOR, "td.verdict")
        assert all(one.is_displayed() and one.text for one in verdicts)
        links = {one.get_attribute("href") for one in report.find_elements(By.TAG_NAME, "a")}
        assert "https://doi.org/10.1103/PhysRevB.97.134202" in links
    finally:
        report.switch_to.default_content()


def test_the_configuration_is_the_one_that_was_run(report, published):
    look_at(report, "results/smoke/configuration.html", "html")
    report.switch_to.frame(wait(report, "return document.querySelector('iframe')"))
    try:
        shown = yaml.safe_load(report.find_element(By.TAG_NAME, "pre").text)
    finally:
        report.switch_to.default_content()
    smoke = yaml.safe_load((published.path / "config" / "smoke.yaml").read_text())
    assert shown["ensembles"]["ring"]["sizes"] == smoke["ensembles"]["ring"]["sizes"]
    assert shown["ring"]["labelling"] == "sorted"  # of the defaults
    assert shown["pathvars"]["results"] == "results/smoke"


def test_the_statistics_show_every_rule(report):
    report.execute_script("app.setView({navbarMode: 'menu', content: 'stats'})")
    drawn = "return [...document.querySelectorAll('#runtimes canvas, #timeline canvas')]"
    drawn += ".filter(c => c.width > 100).length == 2"
    assert wait(report, drawn)
    rules = report.execute_script("return Object.keys(rules)")
    assert {"smoke_diagonalize_ring", "smoke_goihl2018_fig2", "smoke_claims"} <= set(rules)


def test_nothing_goes_wrong_in_the_console(report):
    entries = report.get_log("browser")
    assert not [entry for entry in entries if entry["level"] == "SEVERE"]
