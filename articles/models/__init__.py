"""Rows and their QuerySets. Import models from here; reads are QuerySet methods named as an editor speaks.

No row decides anything about itself: what a person does is in ``actions``, what comes in is in ``intake``.
"""

from articles.models.agreement import BlindRequest, BlindTag, BlindTagging
from articles.models.article import Article, LogEntry, Note
from articles.models.entities import Entity, EntityAlias, EntityLogEntry, Office, RememberedName
from articles.models.facts import Attribution, Field, Flag, Restriction
from articles.models.ledger import Block, Edit
from articles.models.memory import DecidedLine, RememberedFact, RememberedLine, RememberedOutlet
from articles.models.outlets import Outlet, OutletAlias, OutletApart, OutletDomain, OutletLogEntry
from articles.models.proposals import Proposal
from articles.models.publication import FeedVersion, Publication, PublishedTag
from articles.models.stories import Indexed, Membership, Relation, Shingle, Story, StoryLogEntry
from articles.models.tag_files import TagFile, TagReceipt
from articles.models.tags import Mention
from articles.models.tokens import Delivery, ScraperToken
from articles.models.upload import FilePiece, Original, Receipt, Upload, UploadFile, UploadLogEntry
from articles.models.watching import WatchedFile
from articles.models.workers import Worker

__all__ = [
    "Article",
    "Attribution",
    "BlindRequest",
    "BlindTag",
    "BlindTagging",
    "Block",
    "DecidedLine",
    "Delivery",
    "Edit",
    "Entity",
    "EntityAlias",
    "EntityLogEntry",
    "FeedVersion",
    "Field",
    "FilePiece",
    "Flag",
    "Indexed",
    "LogEntry",
    "Membership",
    "Mention",
    "Note",
    "Office",
    "Original",
    "Outlet",
    "OutletAlias",
    "OutletApart",
    "OutletDomain",
    "OutletLogEntry",
    "Proposal",
    "Publication",
    "PublishedTag",
    "Receipt",
    "Relation",
    "RememberedFact",
    "RememberedLine",
    "RememberedName",
    "RememberedOutlet",
    "Restriction",
    "ScraperToken",
    "Shingle",
    "Story",
    "StoryLogEntry",
    "TagFile",
    "TagReceipt",
    "Upload",
    "UploadFile",
    "UploadLogEntry",
    "WatchedFile",
    "Worker",
]
