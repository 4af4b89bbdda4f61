"""The office's register of accounts: read from a file, compared with what is known, written out."""

from textcheck.register.changes import Change, ChangeKind, Changes, changes, suspects
from textcheck.register.read import Register, load_register, read_register
from textcheck.register.workbook import register_xlsx

__all__ = [
    "Change",
    "ChangeKind",
    "Changes",
    "Register",
    "changes",
    "load_register",
    "read_register",
    "register_xlsx",
    "suspects",
]
