"""Tickets with the runbook that fits them, as judged by hand: the sample's stories, and the scenarios of practice."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import workbench.sample
from workbench.practice.shelf import read_shelf

JUDGED: Final = {
    "account-locked": ["locked-out"],
    "backup-failed": ["backup-failed"],
    "card-terminal": ["card-terminal"],
    "certificate-expiring": ["vpn-cert", "cert-broker"],
    "checkout-5xx": ["checkout-surge"],
    "credentials-entered": ["phishing-clicked"],
    "disk-full": ["disk-full", "log-noise"],
    "dns-old-answer": ["dns-stale"],
    "dock-and-screens": ["bluescreen-dock", "screen-black"],
    "folder-access": ["folder-access", "groups-by-hand"],
    "hotline-closed": ["hotline-menu"],
    "internet-line-down": ["line-down"],
    "label-printer": ["label-printer"],
    "laptop-slow": ["laptop-slow"],
    "leaver": ["leaver"],
    "machine-unresponsive": ["vm-unresponsive"],
    "mail-delayed": ["mail-delay"],
    "memory-after-load": ["memory-leak"],
    "mfa-new-phone": ["new-phone-mfa"],
    "new-starter": ["joiner"],
    "offline-in-the-morning": ["reopened-past"],
    "one-way-audio": ["phones-one-way"],
    "outbound-traffic": ["outbound-traffic"],
    "outbox-stuck": ["mail-stuck-outbox"],
    "password-expired-away": ["password-expired-at-home"],
    "phishing-reported": ["phishing-report", "bidi-attachment"],
    "posting-period-closed": ["erp-posting"],
    "queue-stuck": ["print-queue-stuck"],
    "record-locked": ["case-manager-save"],
    "reports-slow": ["slow-reports"],
    "restore-file": ["restore-file"],
    "scan-to-mail": ["scanner-to-mail"],
    "shared-mailbox-cannot-send": ["shared-mailbox-rights"],
    "sign-in-blocked-by-policy": ["conditional-access"],
    "socket-dead": ["switch-port", "socket-again"],
    "update-broke-program": ["patch-broke"],
    "vpn-drops": ["vpn-drops"],
    "wifi-dead-spot": ["wifi-place", "waiting-for-ticket"],
}
"""The stories that each runbook of the starter library is for."""

_STORIES: Final = Path(workbench.sample.__file__).parent / "stories"


class Judged(NamedTuple):
    """Words of a ticket of one kind, and the runbook for it; None where no runbook is."""

    kind: str
    subject: str
    body: str
    component: str | None
    runbook: str | None


def stories() -> Iterator[Judged]:
    """Every subject with every body of each story, with what is filled in left out."""
    right = {story: runbook for runbook, kinds in JUDGED.items() for story in kinds}
    for path in sorted(_STORIES.glob("*.toml")):
        for name, told in tomllib.loads(path.read_text("utf-8")).items():
            for subject in told["subjects"]:
                for body in told["bodies"]:
                    yield Judged(name, _plain(subject), _plain(body), told["component"], right.get(name))


def scenarios() -> Iterator[Judged]:
    """The tickets of the scenarios that come with the program."""
    for each in (shipped.scenario for shipped in read_shelf(Path("no own ones")).scenarios.values()):
        yield Judged(each.name, each.subject, each.body, each.truth.component, each.truth.runbook)


def _plain(text: str) -> str:
    return re.sub(r"\$\w+", "", text)
