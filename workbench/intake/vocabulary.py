"""The words of other help desks: how their exports name columns, states, priorities, impact and urgency.

Gathered from the exports of Zendesk, Freshdesk, Jira Service Management, ServiceNow, osTicket, GLPI, Zammad, OTRS and
Znuny, HubSpot and Spiceworks, with the German, French and Spanish names that some of them write. All names and words
stand here as `plain` leaves them.
"""

import re
import unicodedata
from typing import Final

from workbench.tickets.vocabulary import Impact, Priority, State, Urgency, WaitingFor

_OTHER = re.compile(r"[^a-z0-9]+")
_CUSTOM = re.compile(r"custom field \((.*)\)", re.I)
_COUNTED = re.compile(r"^(?:p|sev ?)?\d+ (?=\D)")


def plain(name: str) -> str:
    """A name without case, accents, punctuation and Jira's `Custom field (…)`: `Créé le` is `cree le`."""
    bare = _CUSTOM.sub(r"\1", name.strip())
    bare = unicodedata.normalize("NFKD", bare.casefold())
    return _OTHER.sub(" ", "".join(letter for letter in bare if not unicodedata.combining(letter))).strip()


def plain_word(value: str) -> str:
    """A value as `plain` leaves it, without the rank that some tools write before it: `1 - Critical` is `critical`."""
    return _COUNTED.sub("", plain(value))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


COLUMN_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "number": _names("ref"),
    "external": _names(
        "external, issue key, key, ticket number, incident number, case number, ticket id, "
        "ticketnumber, ticketnummer, number, case id, incident id, issue id, id, ticket, ticket no, nummer, numero, "
        "numero de ticket, tn, external id"
    ),
    "subject": _names(
        "subject, short description, summary, ticket subject, ticket name, title, name, betreff, titel, "
        "titre, objet, sujet, asunto, titulo"
    ),
    "body": _names(
        "body, description, ticket description, details, message, content, text, beschreibung, inhalt, "
        "contenu, descripcion"
    ),
    "state": _names(
        "state, ticket state, status, ticket status, current status, incident state, zustand, statut, etat, estado"
    ),
    "priority": _names("priority, ticket priority, prio, severity, sev, prioritat, priorite, prioridad"),
    "impact": _names("impact, auswirkung, impacto"),
    "urgency": _names("urgency, dringlichkeit, urgence, urgencia"),
    "client": _names(
        "client, customer company, company name, company, organization, organisation, ticket organization "
        "name, organization name, organisation name, organizations, requester company, associated company, "
        "primary company, account, account name, customer id, customerid, customer organization, entity, "
        "entite, kunde, mandant, firma, entreprise, empresa, entidad"
    ),
    "contact": _names(
        "contact, requester name, requester, requester requester, contact name, associated contact, primary "
        "contact, customer name, customername, full name, caller, caller id, opened for, reporter, customer, "
        "created by, from, submitter, user name, requester email, from email, email, anforderer, "
        "antragsteller, melder, demandeur, demandeur demandeur, solicitante"
    ),
    "team": _names(
        "team, assignment group, assigned group, assignee group, group, group name, ticket group, queue, "
        "queue name, assigned to technician group, team assigned, department, support group, assigned team, "
        "bearbeitergruppe, gruppe, zustandige gruppe, equipe, groupe, attribue a groupe de techniciens, "
        "grupo, equipo, cola"
    ),
    "tier": _names("tier, support tier, support level, escalation level, level, line, stufe, ebene, niveau, nivel"),
    "assignee": _names(
        "assignee, assigned to, assignee name, assigned to technician, assigned agent, agent assigned, agent, "
        "agent name, ticket owner, owner, technician, responsible, bearbeiter, zustandig, besitzer, attribue "
        "a technicien, attribue a, technicien, asignado a, tecnico"
    ),
    "component": _names(
        "component, components, component s, configuration item, cmdb ci, ci, affected ci, business service, "
        "service, product, application, affected service, help topic, category, komponente, dienst, "
        "kategorie, composant, categorie, componente, servicio, categoria"
    ),
    "tags": _names("tags, tag, labels, label, u tags, ticket tags, schlagworte, etiquettes, etiquetas"),
    "opened_at": _names(
        "opened at, opened, created at, created, created time, created on, create date, date created, "
        "creation date, sys created on, opening date, date opened, submitted, erstellt, erstellt am, "
        "eroffnet, eroffnungsdatum, date d ouverture, date de creation, fecha de apertura, fecha de creacion, "
        "creado"
    ),
    "resolved_at": _names(
        "resolved at, resolved, resolved time, resolved on, solved at, solved, resolution date, resolution "
        "time, solved date, date resolved, gelost, gelost am, losungsdatum, date de resolution, date de "
        "solution, fecha de resolucion"
    ),
    "closed_at": _names(
        "closed at, closed, closed time, closed on, close at, close date, closing date, date closed, closed "
        "date, geschlossen, geschlossen am, abschlussdatum, date de cloture, fecha de cierre, cerrado"
    ),
    "waiting_for": _names("waiting for, pending for, wartet auf, en attente de, esperando a"),
    "waiting_reason": _names(
        "waiting reason, pending reason, hold reason, on hold reason, wartegrund, motif d attente, motivo de espera"
    ),
    "waiting_until": _names(
        "waiting until, pending until, pending till, pending time, on hold until, follow up, wiedervorlage, "
        "en attente jusqu a"
    ),
}
"""For each field of a ticket the names that its column has, the better first."""

_STATE_WORDS: Final[dict[tuple[State, WaitingFor | None], tuple[str, ...]]] = {
    (State.NEW, None): _names(
        "new, created, submitted, unassigned, to do, todo, backlog, queued, untriaged, awaiting assignment, "
        "neu, nouveau, nueva, nuevo"
    ),
    (State.OPEN, None): _names(
        "open, opened, in progress, progress, work in progress, wip, active, assigned, accepted, processing, "
        "processing assigned, reopened, re opened, escalated, in review, under review, under investigation, "
        "investigating, working, in bearbeitung, offen, zugewiesen, en cours, en cours attribue, ouvert, "
        "abierto, abierta, en curso, in process, contacted, waiting for support, waiting on us, answered, "
        "customer responded, responded"
    ),
    (State.WAITING, WaitingFor.REQUESTER): _names(
        "waiting, waiting on contact, waiting for contact, pending, pending reminder, pending customer, on "
        "hold, hold, onhold, waiting for customer, waiting on customer, awaiting customer, awaiting caller, "
        "awaiting user info, awaiting reply, waiting for user, waiting on user, waiting for reply, waiting "
        "for requester, pending requester, awaiting user, awaiting response, wartend, warten, warten auf "
        "kunde, warten auf kunden, en attente, pendiente, en espera, pending input, need more info, waiting "
        "for information"
    ),
    (State.WAITING, WaitingFor.VENDOR): _names(
        "waiting on third party, waiting for third party, waiting on vendor, waiting for vendor, awaiting "
        "vendor, pending vendor, awaiting supplier, waiting for supplier, warten auf lieferant, waiting third "
        "party, vendor"
    ),
    (State.WAITING, WaitingFor.CHANGE): _names(
        "awaiting change, waiting for change, pending change, scheduled, planned, processing planned, pending "
        "deployment, waiting for approval, pending approval, geplant, planifie, en cours planifie, "
        "planificado"
    ),
    (State.WAITING, WaitingFor.TICKET): _names("awaiting problem, waiting for ticket, blocked, pending problem"),
    (State.RESOLVED, None): _names(
        "resolved, solved, done, completed, complete, fixed, gelost, erledigt, resolu, resuelto, resuelta, "
        "closed pending confirmation"
    ),
    (State.CLOSED, None): _names(
        "closed, canceled, cancelled, rejected, declined, duplicate, won t do, wont do, wont fix, won t fix, "
        "archived, closed successful, closed unsuccessful, merged, removed, closed complete, closed "
        "incomplete, closed skipped, pending auto close, geschlossen, abgeschlossen, storniert, clos, ferme, "
        "cerrado, cerrada, cancelado"
    ),
}

STATES: Final = {word: meaning for meaning, words in _STATE_WORDS.items() for word in words}
"""What a word for a state means: the state, and whom a waiting ticket waits for."""

_PRIORITY_WORDS: Final = {
    Priority.P1: _names(
        "p1, sev1, sev 1, urgent, critical, highest, blocker, very high, emergency, top, kritisch, sehr hoch, "
        "dringend, critique, tres haute, critica, muy alta, urgente, 1"
    ),
    Priority.P2: _names("p2, sev2, sev 2, high, major, hoch, haute, alta, 2"),
    Priority.P3: _names("p3, sev3, sev 3, normal, medium, moderate, middle, standard, mittel, moyenne, media, 3"),
    Priority.P4: _names(
        "p4, p5, sev4, sev 4, sev5, sev 5, low, lowest, minor, trivial, planning, very low, niedrig, sehr "
        "niedrig, gering, basse, tres basse, baja, muy baja, 4, 5"
    ),
}
PRIORITIES: Final = {word: priority for priority, words in _PRIORITY_WORDS.items() for word in words}
"""What a word for a priority means. A bare number counts as ITIL does: 1 is the most pressing."""

_IMPACT_WORDS: Final = {
    Impact.ONE: _names("one, one person, low, minor, minor localized, very low, user, niedrig, gering, basse, baja, 3"),
    Impact.TEAM: _names("team, a team, medium, moderate, moderate limited, department, mittel, moyenne, media, 2"),
    Impact.CLIENT: _names("client, a client or site, site, high, significant, significant large, hoch, haute, alta, 1"),
    Impact.EVERYONE: _names(
        "everyone, all, very high, major, critical, extensive, extensive widespread, enterprise, sehr hoch, tres haute"
    ),
}
IMPACTS: Final = {word: impact for impact, words in _IMPACT_WORDS.items() for word in words}
"""What a word for the impact means."""

_URGENCY_WORDS: Final = {
    Urgency.WAIT: _names("wait, can wait, low, very low, niedrig, gering, basse, baja, 3"),
    Urgency.HAMPERED: _names("hampered, medium, moderate, normal, mittel, moyenne, media, 2"),
    Urgency.BLOCKED: _names("blocked, high, very high, critical, urgent, hoch, sehr hoch, haute, tres haute, alta, 1"),
}
URGENCIES: Final = {word: urgency for urgency, words in _URGENCY_WORDS.items() for word in words}
"""What a word for the urgency means."""

_WAITING_WORDS: Final = {
    WaitingFor.REQUESTER: _names(
        "requester, customer, user, caller, client, contact, awaiting caller, kunde, demandeur"
    ),
    WaitingFor.VENDOR: _names("vendor, supplier, third party, awaiting vendor, lieferant, fournisseur, proveedor"),
    WaitingFor.CHANGE: _names("change, change window, awaiting change, deployment, approval"),
    WaitingFor.TICKET: _names("ticket, another ticket, problem, awaiting problem"),
}
WAITING_FOR: Final = {word: whom for whom, words in _WAITING_WORDS.items() for word in words}
"""What a word for whom a ticket waits for means."""

NOTHING: Final = frozenset(
    {
        "",
        "none",
        "null",
        "n a",
        "not set",
        "unset",
        "undefined",
        "unassigned",
        "nobody",
        "no agent",
        "no group",
        "no company",
    }
)
"""What stands in a cell that says nothing."""
