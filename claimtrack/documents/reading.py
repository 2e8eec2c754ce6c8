"""Files, folders and standard input -> documents; what cannot be read is said and the rest goes on."""

import hashlib
import os
import posixpath
import re
import stat
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import BinaryIO

from claimtrack.documents.decoding import decode
from claimtrack.documents.header import Article, Header
from claimtrack.documents.junk import find_junk, without_overlap
from claimtrack.documents.language import ENGLISH, find_language
from claimtrack.documents.page_header import host_of
from claimtrack.documents.pages import is_page, read_page
from claimtrack.documents.places import FilePlace, find_files
from claimtrack.documents.plain import read_markdown, read_plain
from claimtrack.errors import InputError
from claimtrack.models import Document, Value
from claimtrack.settings import Settings
