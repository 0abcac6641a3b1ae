"""Reading mail, by the standard library alone and without a database."""

from intake.mime.mail import File, Mail, Unreadable, identity, read

__all__ = ["File", "Mail", "Unreadable", "identity", "read"]
