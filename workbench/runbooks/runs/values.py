"""What a ticket says that a command may ask for: its own fields, and the hosts that its text names."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address
from typing import Final

from workbench.organisation.model import Contact
from workbench.runbooks.runs.placeholders import is_plain
from workbench.tickets.model import Ticket

_LOOKED_AT: Final = 20_000
"""Characters of a text in which hosts are looked for; behind them come logs."""
_LONGEST_HOST: Final = 253
"""Characters of a host name (RFC 1035)."""

_TOKEN: Final = re.compile(r"(?:(?<=//)|(?<![\w@\\/.-]))[A-Za-z0-9][A-Za-z0-9.-]*+(?![\w@(\\])")
"""A word that is no part of a mail address, a path or a call."""
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?P<last>[a-z]{2,24})", re.IGNORECASE)
_MACHINE: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*-[a-z]{1,8}\d{1,4}|[a-z]{2,15}0\d{1,3}", re.IGNORECASE)
_WITH_NUMBER: Final = re.compile(r"[a-z][a-z0-9-]*\d[a-z0-9-]*", re.IGNORECASE)
_KINDS: Final = frozenset({"host", "server", "machine", "node", "printer", "laptop", "device"})
"""Words that say what the next one names."""
_FILES: Final = (
    *("bat", "cfg", "conf", "csv", "dll", "doc", "docx", "exe", "gif", "gz", "htm", "html", "ini", "jpeg", "jpg", "js"),
    *("json", "log", "md", "msi", "net", "pdf", "php", "png", "ppt", "pptx", "ps1", "py", "sh", "sql", "tar", "tmp"),
    *("toml", "txt", "xls", "xlsx", "xml", "yaml", "yml", "zip"),
)
"""Endings that make a file, or a product, of what looks like a domain name."""


def ticket_values(ticket: Ticket, contact: Contact | None, who: str) -> dict[str, str]:
    """What the ticket knows, by the names that commands use; what it does not know is left out.

    Of a contact's account we know no more than the address, whose first part it is in most places.
    """
    found = {
        "ref": str(ticket.ref),
        "client": ticket.client,
        "contact": ticket.contact,
        "component": ticket.component,
        "external": ticket.external,
        "priority": ticket.priority.value,
        "team": ticket.team,
        "assignee": ticket.assignee,
        "me": who,
        "email": contact.email if contact else None,
        "user": contact.email.partition("@")[0] if contact else None,
        "host": next(hosts_in(f"{ticket.subject}\n{ticket.body[:_LOOKED_AT]}"), None),
    }
    return {name: value for name, value in found.items() if value and is_plain(value)}


def hosts_in(text: str) -> Iterator[str]:
    """What looks like a host, in the order of the text: addresses, domain names, `BRW-LT042`, `web01`, `server db2`."""
    kind = ""
    for token in _TOKEN.finditer(text[:_LOOKED_AT]):
        name = token[0].rstrip(".-")
        named_so = kind in _KINDS and _WITH_NUMBER.fullmatch(name)
        if len(name) <= _LONGEST_HOST and (named_so or _is_host(name)):
            yield name
        kind = name.lower()


def _is_host(name: str) -> bool:
    domain = _DOMAIN.fullmatch(name)
    if domain:
        return domain["last"].lower() not in _FILES
    return bool(_MACHINE.fullmatch(name)) or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        IPv4Address(name)
    except ValueError:
        return False
    return True
