"""The desk's page of complaints: their verbs and their answers on the case page."""

from complaints.admin.grievances import ComplaintDesk

__all__ = ["ComplaintDesk"]
